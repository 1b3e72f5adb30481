"""A record in the reader's words: for pages that show one, and for two versions side by side.

Works on what services hand out for a reader (typed values), on records as the schemas dump
them, and on what a form read; it shows no field that is not handed over.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Flask
from flask_babel import gettext

from registry.web.field_names import FIELD_NAMES, field_label
from registry.web.formats import (
    name_code,
    name_country,
    name_language,
    show_amount,
    show_day,
    show_months,
    show_number,
)
from search.codes import Publicity
from search.money import Money, Quantity

CODE_LISTS = {
    "category": "category",
    "categories": "category",
    "excluded_categories": "category",
    "kind": "organisation_kind",
    "organisation_kinds": "organisation_kind",
    "legal_statuses": "legal_status",
    "staff_band": "staff_band",
    "vetting": "vetting",
    "minimum_vetting": "vetting",
    "themes": "theme",
    "target_groups": "target_group",
    "state": "state",
    "donor_kind": "donor_kind",
    "declines_donor_kinds": "donor_kind",
    "asks_for": "measure",
    "recurrence": "recurrence",
    "urgency": "urgency",
    "urgency_confirmed": "urgency",
    "channels": "channel",
    "publicity_accepted": "publicity",
    "publicity_required": "publicity",
    "reporting_accepted": "reporting",
    "reporting_required": "reporting",
    "readers": "reader",
    "instrument": "instrument",
    "flexibility": "flexibility",
    "budget_per": "budget_per",
    "visibility": "visibility",
}
"""Field -> the closed list of its codes; `status` depends on the record and is left to pages."""

COUNTRIES = ("country", "serves", "operates_in", "base_country", "countries", "base_countries")
LANGUAGES = ("language", "languages")
DAYS = ("needed_by", "useful_until", "opens_on", "closes_on", "created_on")
MONTHS = ("months_covered", "minimum_months", "max_months")
FLAGS = ("renewable", "retroactive", "co_funding", "declines_anonymous")
PERCENTAGES = ("reallocation_percent",)


def describe(
    record: Mapping[str, Any], names: Iterable[str] | None = None, *, for_others: bool = False
) -> list[tuple[str, str]]:
    """Return (what the field is called, what stands in it) for what is known.

    Args:
        record: what a service or a schema made for this reader.
        names: which fields, in this order; all that have a name where it is absent.
        for_others: name the fields to somebody who did not write the record.
    """
    wanted = names if names is not None else [name for name in record if name in FIELD_NAMES]
    return [
        (field_label(name, for_others=for_others), say_value(name, record[name]))
        for name in wanted
        if record.get(name) not in (None, "", [], {})
    ]


def differences(
    theirs: Mapping[str, Any], yours: Mapping[str, Any], names: Iterable[str]
) -> list[tuple[str, str, str]]:
    """Return (field, what stands there, what was typed) for the fields that differ.

    `yours` may be what a form read before anyone validated it.
    """
    return [
        (field_label(name), _say_safely(name, theirs.get(name)), _say_safely(name, yours.get(name)))
        for name in names
        if theirs.get(name) != yours.get(name)
    ]


def say_value(name: str, value: Any) -> str:
    """Return the value of a field in words."""
    if isinstance(value, (list, tuple)):
        return "; ".join(say_value(name, each) for each in value)
    if isinstance(value, Mapping) and "amount" not in value:
        parts = (
            f"{name_code(code, 'category')}: {_say_part(part)}" for code, part in value.items()
        )
        return "; ".join(parts)
    if isinstance(value, (Mapping, Money, Quantity)):
        return show_amount(value)
    if name == "publicity_required" and value == Publicity.NONE:
        return str(gettext("Nothing"))  # the list's own word answers who may know, not what
    return _manner_of(name)(value)


def _say_safely(name: str, value: Any) -> str:
    """Say a value that may not be valid: then as it was typed."""
    try:
        return "" if value in (None, "", [], {}) else say_value(name, value)
    except (KeyError, ValueError, ArithmeticError):
        return str(value)


def _say_part(part: Any) -> str:
    return show_amount(part) if isinstance(part, (Mapping, Money, Quantity)) else _say_percent(part)


def _manner_of(name: str) -> Callable[[Any], str]:
    """Return how the values of a field are written."""
    if name in CODE_LISTS:
        return lambda code: name_code(code, CODE_LISTS[name])
    for names, manner in _MANNERS:
        if name in names:
            return manner
    return str


def _say_flag(value: Any) -> str:
    return str(gettext("Yes") if value in (True, "true") else gettext("No"))


def _say_percent(value: Any) -> str:
    return f"{show_number(value)}\N{NO-BREAK SPACE}%"


_MANNERS: tuple[tuple[tuple[str, ...], Callable[[Any], str]], ...] = (
    (COUNTRIES, name_country),
    (LANGUAGES, name_language),
    (DAYS, show_day),
    (MONTHS, show_months),
    (FLAGS, _say_flag),
    (PERCENTAGES, _say_percent),
)


def init_described(app: Flask) -> None:
    """Give templates `describe(record, names)`, to be drawn by `facts`."""
    app.jinja_env.globals["describe"] = describe
