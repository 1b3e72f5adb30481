"""The demonstration files, read line by line, with their days counted from one fixed day."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

DEMO = Path(__file__).parents[3] / "registry" / "demo"
LOADED_ON = date(2026, 3, 2)
DAY_FIELDS = frozenset({"needed_by", "useful_until", "opens_on", "closes_on"})

Records = list[dict[str, Any]]


def read_lines(name: str) -> Records:
    lines = (DEMO / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def resolve_days(record: dict[str, Any]) -> dict[str, Any]:
    """Turn "+90d" into the day 90 days after loading, in day fields only."""
    return {name: _resolve(name, value) for name, value in record.items()}


def _resolve(name: str, value: Any) -> Any:
    if name not in DAY_FIELDS:
        return value
    assert re.fullmatch(r"[+-]\d+d", value), f"{name} is no distance from the day of loading"
    return (LOADED_ON + timedelta(days=int(value[:-1]))).isoformat()


@pytest.fixture(scope="session")
def loaded_on() -> date:
    return LOADED_ON


@pytest.fixture(scope="session")
def organisations() -> Records:
    return [resolve_days(record) for record in read_lines("organisations")]


@pytest.fixture(scope="session")
def donors() -> Records:
    return [resolve_days(record) for record in read_lines("donors")]


@pytest.fixture(scope="session")
def needs() -> Records:
    return [resolve_days(record) for record in read_lines("needs")]


@pytest.fixture(scope="session")
def offers() -> Records:
    return [resolve_days(record) for record in read_lines("offers")]
