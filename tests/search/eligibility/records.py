"""Smallest records that can be judged, to be changed by tests."""

from collections.abc import Callable
from typing import Any

import pytest

from search.eligibility.refusal import FactsRefused


def need(**changes: Any) -> dict[str, Any]:
    """A need of 1,000 euros for rent in Lithuania."""
    return {
        "category": "fixed_costs.rent",
        "country": "LT",
        "amount_requested": euros("1000.00"),
        **changes,
    }


def organisation(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "cso",
        "legal_statuses": ["registered_abroad"],
        "base_country": "LT",
        **changes,
    }


def offer(**changes: Any) -> dict[str, Any]:
    return {
        "instrument": "grant",
        "budget": euros("5000.00"),
        "flexibility": "core",
        "status": "open",
        **changes,
    }


def line(
    on: str = "2026-05-04",
    *,
    need: dict[str, Any] | None = None,
    organisation: dict[str, Any] | None = None,
    offer: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A line to be judged, of the smallest records with these fields changed."""
    return {
        "need": _need(**(need or {})),
        "organisation": _organisation(**(organisation or {})),
        "offer": _offer(**(offer or {})),
        "on": on,
    }


def euros(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def units(amount: str, unit: str = "hours") -> dict[str, str]:
    return {"amount": amount, "unit": unit}


def faults_of(read: Callable[[Any], object], record: object) -> list[tuple[str, str]]:
    """Return (code, field) of every fault that the record is refused for."""
    with pytest.raises(FactsRefused) as refused:
        read(record)
    assert all(each.message.endswith(".") for each in refused.value.errors)
    return [(each.code, each.field) for each in refused.value.errors]


_need, _organisation, _offer = need, organisation, offer
