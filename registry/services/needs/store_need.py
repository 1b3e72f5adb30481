"""Writing a need's row, and the amount by which it is filtered and sorted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from registry.config import Settings
from registry.services.references import take_external_id
from registry.services.topics import NEED_CHANGED
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.outbox import put_outbox
from registry.storage.records import write_record
from search.codes import NeedStatus
from search.money import Money, convert

CLOSED = (NeedStatus.MET, NeedStatus.EXPIRED, NeedStatus.WITHDRAWN)
"""States from whose day on the time runs after which a need is deleted."""


def write_need(session: RegistrySession, need: Need, record: Mapping[str, Any], scope: str) -> None:
    """Write a new need; without an external id of its own it goes by its id.

    Raises:
        AlreadyExistsError: another need of this scope has the external id.
    """
    external_id = record.get("external_id") or need.id
    take_external_id(session, need, external_id, scope)
    store_fields(session, need, {**record, "external_id": external_id})
    session.add(need)
    session.flush()
    put_outbox(session, NEED_CHANGED, need.id)


def store_fields(session: RegistrySession, need: Need, record: Mapping[str, Any]) -> None:
    """Write fields into the row, and what follows from them."""
    own = {name: value for name, value in record.items() if name != "organisation"}
    write_record(session.vault, need, own)
    need.amount_base = amount_in_base(need.amount_requested, session.settings, session.today)
    need.closed_on = (need.closed_on or session.today) if need.status in CLOSED else None


def amount_in_base(amount: Money | None, settings: Settings, on: date) -> int | None:
    """Return hundredths of the base currency; None where there is no amount or no rate."""
    if amount is None:
        return None
    converted = convert(amount.hundredths, amount.currency, settings.base_currency, on)
    return converted.hundredths if converted else None
