"""Facts from plain records, in the spelling of import files and of the API.

Absent, `null`, an empty string, an empty list and an empty map are the same. What is unknown,
impossible or mixed is refused with every fault at once; nothing is guessed or repaired.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from search.codes import CATEGORIES
from search.eligibility import fields as tables
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts, is_absent
from search.eligibility.kinds import Read, read_day
from search.eligibility.refusal import FactsRefused, Fault
from search.money import Amount, Money, family

Facts = TypeVar("Facts", NeedFacts, OrganisationFacts, OfferFacts)
_DEEPEST = 3  # a record's field, an item of its map, a part of that amount
_NAMES_IN_MAPS = frozenset({"amount", "currency", "unit", *CATEGORIES})


def read_need(record: object, path: str = "need") -> NeedFacts:
    """Read a need's facts; raises FactsRefused with all faults."""
    faults: list[Fault] = []
    values = _read_values(record, tables.NEED, path, faults)
    _require(values, tables.REQUIRED_NEED, path, faults)
    if not any(name in values for name in tables.SAYS_HOW_MUCH):
        faults.append(
            Fault(
                "missing",
                f"{path}.amount_requested",
                "Say how much: amount_requested, quantity, or asks_for where it is not known.",
            )
        )
    _check_denominations(_amounts_of_need(values), path, faults)
    return _build(NeedFacts, values, faults)


def read_organisation(record: object, path: str = "organisation") -> OrganisationFacts:
    """Read an organisation's facts; raises FactsRefused with all faults."""
    faults: list[Fault] = []
    values = _read_values(record, tables.ORGANISATION, path, faults)
    _require(values, tables.REQUIRED_ORGANISATION, path, faults)
    return _build(OrganisationFacts, values, faults)


def read_offer(record: object, path: str = "offer") -> OfferFacts:
    """Read an offer's facts; raises FactsRefused with all faults."""
    faults: list[Fault] = []
    values = _read_values(record, tables.OFFER, path, faults)
    _require(values, tables.REQUIRED_OFFER, path, faults)
    amounts = [values.get(name) for name in ("budget", "budget_left", "min_award", "max_award")]
    _check_denominations(amounts, path, faults)
    if len({isinstance(each, Money) for each in amounts if each is not None}) > 1:
        faults.append(
            Fault("mixed_units", path, "Give all amounts of an offer in one currency or one unit.")
        )
    return _build(OfferFacts, values, faults)


def read_line(record: object) -> tuple[NeedFacts, OrganisationFacts, OfferFacts, date]:
    """Read `{"need", "organisation", "offer", "on"}`; raises FactsRefused with all faults."""
    faults: list[Fault] = []
    parts = _known_fields(record, ("need", "organisation", "offer", "on"), "", faults)
    need = _gather(read_need, parts.get("need"), faults)
    organisation = _gather(read_organisation, parts.get("organisation"), faults)
    offer = _gather(read_offer, parts.get("offer"), faults)
    on = _read_on(parts.get("on"), faults)
    if faults or need is None or organisation is None or offer is None or on is None:
        raise FactsRefused(faults)
    return need, organisation, offer, on


def _gather(read: Any, record: object, faults: list[Fault]) -> Any:
    try:
        return read({} if is_absent(record) else record)
    except FactsRefused as refused:
        faults.extend(refused.errors)
        return None


def _read_on(value: object, faults: list[Fault]) -> date | None:
    if is_absent(value):
        faults.append(Fault("missing", "on", 'Say the day to judge on, such as "2026-05-31".'))
        return None
    on: date | None = read_day(value, "on", faults)
    return on


def _read_values(
    record: object, table: Mapping[str, Read], path: str, faults: list[Fault]
) -> dict[str, Any]:
    """Read every given field; one that is at fault keeps its name with the value None."""
    given = _known_fields(record, table, path, faults)
    present = {name: _without_absent(value) for name, value in given.items()}
    return {
        name: table[name](value, f"{path}.{name}", faults)
        for name, value in present.items()
        if not is_absent(value)
    }


def _known_fields(
    record: object, known: Iterable[str], path: str, faults: list[Fault]
) -> dict[str, object]:
    """Return the fields that have a reader, and a fault for every other (never its value)."""
    if not isinstance(record, Mapping):
        faults.append(Fault("wrong_type", path or "line", "Write an object with named fields."))
        return {}
    names = tuple(known)
    faults.extend(_unknown(name, path) for name in record if name not in names)
    return {name: record[name] for name in names if name in record}


def _unknown(name: object, path: str) -> Fault:
    shown = name if isinstance(name, str) and name.isascii() and name.isidentifier() else "?"
    place = f"{path}.{shown}" if path else shown
    if name in tables.SEALED:
        return Fault("sealed_field", place, "Leave sealed fields out; nothing is judged by them.")
    return Fault("unknown_field", place, "There is no such field; check its spelling or drop it.")


def _without_absent(value: object, depth: int = _DEEPEST) -> object:
    """Drop absent entries of maps, so that an amount of nothing but blanks is absent too.

    One under a name that does not exist stays, for its reader to refuse.
    """
    if not isinstance(value, Mapping) or not depth:
        return value
    kept = {key: _without_absent(each, depth - 1) for key, each in value.items()}
    return {
        key: each for key, each in kept.items() if key not in _NAMES_IN_MAPS or not is_absent(each)
    }


def _require(
    values: Mapping[str, Any], names: Iterable[str], path: str, faults: list[Fault]
) -> None:
    faults.extend(
        Fault("missing", f"{path}.{name}", "Give this field; nothing can be judged without it.")
        for name in names
        if name not in values
    )


def _amounts_of_need(values: Mapping[str, Any]) -> list[Amount | None]:
    named = ("amount_requested", "quantity", "minimum_useful", "funded_amount")
    return [*(values.get(name) for name in named), *(values.get("breakdown") or {}).values()]


def _check_denominations(amounts: Iterable[Amount | None], path: str, faults: list[Fault]) -> None:
    """Refuse two currencies or two units in one record; hours and sessions are one unit."""
    given = [each for each in amounts if each is not None]
    if len({each.currency for each in given if isinstance(each, Money)}) > 1:
        faults.append(Fault("mixed_currencies", path, "Give all amounts of it in one currency."))
    if len({family(each.unit) for each in given if not isinstance(each, Money)}) > 1:
        faults.append(Fault("mixed_units", path, "Give all quantities of it in one unit."))


def _build(facts: type[Facts], values: Mapping[str, Any], faults: list[Fault]) -> Facts:
    if faults:
        raise FactsRefused(faults)
    names = {each.name for each in fields(facts)}
    return facts(**{name: value for name, value in values.items() if name in names})
