"""The demonstration files as rows: their days are counted from the day on which they are loaded."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from registry.services.imports.json_lines import read_json_lines
from registry.services.imports.source_row import SourceRow

DEMO = Path(__file__).parents[2] / "demo"
DAY_FIELDS = ("needed_by", "useful_until", "opens_on", "closes_on")

_DISTANCE = re.compile(r"[+-][0-9]{1,4}d")


def read_demo_rows(plural: str, today: date) -> Iterator[SourceRow]:
    """Yield the demonstration records of a kind, with real days in place of distances."""
    for row in read_json_lines(DEMO / f"{plural}.jsonl"):
        record = row.record
        yield replace(row, record=resolve_days(record, today)) if record else row


def resolve_days(record: dict[str, Any], today: date) -> dict[str, Any]:
    """Turn `"+90d"` into the day 90 days after `today`, in fields that are days."""
    return {
        name: _resolve(value, today) if name in DAY_FIELDS else value
        for name, value in record.items()
    }


def _resolve(value: Any, today: date) -> Any:
    if not isinstance(value, str) or not _DISTANCE.fullmatch(value):
        return value
    return (today + timedelta(days=int(value[:-1]))).isoformat()
