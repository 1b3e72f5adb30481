"""The last day on which a need or an offer is of use: what begins now must not end before."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from registry.domain.errors import FieldProblem, RecordRefusedError
from search.codes import MATCHED_NEED_STATUSES, OfferStatus


def refuse_past_need(
    record: Mapping[str, Any], today: date, changed: Mapping[str, Any] | None = None
) -> None:
    """Let a need pass that would not be over the moment it opens; a draft may say any day.

    Args:
        record: the need as it would be.
        today: the day it is.
        changed: what changes of it; None where all of it is new.

    Raises:
        RecordRefusedError: at the field that holds its last day.
    """
    field = "useful_until" if record.get("useful_until") else "needed_by"
    if record.get("status") in MATCHED_NEED_STATUSES:
        _refuse(record.get(field), today, field, changed, ("status", "useful_until", "needed_by"))


def refuse_past_offer(
    record: Mapping[str, Any], today: date, changed: Mapping[str, Any] | None = None
) -> None:
    """Let an offer pass that would not be over the moment it opens; see `refuse_past_need`.

    Raises:
        RecordRefusedError: at `closes_on`.
    """
    if record.get("status") == OfferStatus.OPEN:
        _refuse(record.get("closes_on"), today, "closes_on", changed, ("status", "closes_on"))


def _refuse(
    last_day: date | None,
    today: date,
    field: str,
    changed: Mapping[str, Any] | None,
    bearing: tuple[str, ...],
) -> None:
    touched = changed is None or any(name in changed for name in bearing)
    if touched and last_day is not None and last_day < today:
        raise RecordRefusedError([FieldProblem(field, "in_the_past")])
