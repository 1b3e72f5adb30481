"""The answers a person can choose among, each with its name and what choosing it means."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Flask
from flask_babel import gettext

from registry.domain import labels
from registry.web.formats import name_country, name_currency, name_language
from search.codes import COUNTRIES, CURRENCIES, LANGUAGES, UNITS

NEAR_COUNTRIES = ("BY", "PL", "LT", "UA", "GE", "LV", "EE", "DE", "CZ")
"""Where most of the organisations are; they come first in a list of countries."""

PAGE_CURRENCIES = (
    *("EUR", "USD", "PLN", "GBP", "CHF", "CZK", "SEK", "NOK", "DKK", "CAD", "AUD", "JPY"),
    *("HUF", "RON", "TRY", "GEL", "UAH", "MDL", "AMD", "KZT", "BYN", "RUB"),
)
"""What pages offer; a long list at every amount would weigh more than the page itself."""

NEAR_LANGUAGES = ("be", "ru", "en", "pl", "uk", "lt", "de", "ka")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its code, its name, and one sentence of consequence where there is one."""

    code: str
    label: str
    consequence: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Answers that belong together under a heading."""

    label: str
    choices: tuple[Choice, ...]


def choices(list_name: str, only: Iterable[str] | None = None) -> list[Choice]:
    """Return the answers of a closed list in the page's language, all or `only` these codes."""
    wanted = labels.codes_of(list_name) if only is None else [str(code) for code in only]
    return [_choice(list_name, code) for code in wanted]


def category_choices() -> list[ChoiceGroup]:
    """Return every category under its group; the first answer of each is the whole group."""
    groups: dict[str, list[Choice]] = {}
    for code in labels.codes_of("category"):
        groups.setdefault(code.partition(".")[0], []).append(_choice("category", code))
    return [
        ChoiceGroup(members[0].label, (_whole_group(members[0]), *members[1:]))
        for members in groups.values()
    ]


def country_choices() -> list[ChoiceGroup]:
    """Return the countries: near ones first, then all by name."""
    return _near_and_all(NEAR_COUNTRIES, COUNTRIES, name_country)


def language_choices() -> list[ChoiceGroup]:
    """Return the languages: those of the region first, then all by name."""
    return _near_and_all(NEAR_LANGUAGES, LANGUAGES, name_language)


def currency_choices(present: str = "") -> list[Choice]:
    """Return the currencies of the pages, and the one that stands in the field already."""
    further = (present,) if present in CURRENCIES and present not in PAGE_CURRENCIES else ()
    return [Choice(code, name_currency(code)) for code in (*PAGE_CURRENCIES, *further)]


def denomination_choices(present: str = "") -> list[ChoiceGroup]:
    """Return what an amount can be counted in: currencies, then units."""
    return [
        ChoiceGroup(gettext("Money"), tuple(currency_choices(present))),
        ChoiceGroup(gettext("Other help"), tuple(unit_choices())),
    ]


def unit_choices() -> list[Choice]:
    """Return what help other than money is counted in."""
    return choices("measure", UNITS)


def _choice(list_name: str, code: str) -> Choice:
    sentence = labels.consequence(list_name, code)
    return Choice(
        code, gettext(labels.label(list_name, code)), gettext(sentence) if sentence else ""
    )


def _whole_group(group: Choice) -> Choice:
    label = gettext("%(group)s: all of it", group=group.label)
    return Choice(group.code, label, group.consequence)


def _near_and_all(
    near: tuple[str, ...], everything: Iterable[str], name: Callable[[str], str]
) -> list[ChoiceGroup]:
    rest = sorted((Choice(code, name(code)) for code in set(everything) - set(near)), key=_by_name)
    return [
        ChoiceGroup(gettext("Often chosen"), tuple(Choice(code, name(code)) for code in near)),
        ChoiceGroup(gettext("All others"), tuple(rest)),
    ]


def _by_name(choice: Choice) -> str:
    """Sort by name; good enough for Latin and Cyrillic alphabets without a collation library."""
    return choice.label.casefold().replace("ё", "е").replace("і", "и").replace("ў", "у")


TEMPLATE_NAMES = {
    "choices": choices,
    "category_choices": category_choices,
    "country_choices": country_choices,
    "language_choices": language_choices,
    "currency_choices": currency_choices,
    "denomination_choices": denomination_choices,
    "unit_choices": unit_choices,
}


def init_choices(app: Flask) -> None:
    """Give templates the functions of `TEMPLATE_NAMES`."""
    app.jinja_env.globals.update(TEMPLATE_NAMES)
