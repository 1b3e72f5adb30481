"""A sentence in every page language, with named gaps, and how the gaps are filled.

A gap is written `{name:kind}`. Kinds are `day`, `amount`, `currency`, `percent`, `number`,
`months`, `days`, `years`, or the name of a closed list whose labels the caller hands in
(`country`, `channel` ...). Values are those of a verdict: plain strings, numbers, records and
lists of them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_name

from search.codes import PAGE_LANGUAGES
from search.eligibility.counted import count_in_words

Labels = Callable[[str, str, str], str]
"""(name of the closed list, code, language) -> the label that people read."""

LOCALES = {"en": "en_GB", "be": "be", "ru": "ru"}
LONG_DAYS = {"en": "d MMMM y", "be": "d MMMM y 'года'", "ru": "d MMMM y 'года'"}
"""How a day is written out; an abbreviated "г." would end a sentence with two full stops."""
MOST_LISTED = 8


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence (or label) in the page languages."""

    en: str
    be: str
    ru: str

    def in_language(self, language: str) -> str:
        """Return the text as written, gaps unfilled; ValueError for a language not kept."""
        if language not in PAGE_LANGUAGES:
            raise ValueError(f"Sentences are kept in {', '.join(PAGE_LANGUAGES)} only.")
        text: str = getattr(self, language)
        return text

    def gaps(self, language: str) -> set[tuple[str, str]]:
        """Return the (name, kind) of every gap of the text in one language."""
        return {(name, kind) for _, name, kind in _pieces(self.in_language(language)) if name}

    def fill(self, values: Mapping[str, Any], language: str, labels: Labels) -> str:
        """Return the sentence in the reader's language and manner of numbers and days."""
        return "".join(
            literal + (_fill_gap(values[name], kind, language, labels) if name else "")
            for literal, name, kind in _pieces(self.in_language(language))
        )


def _pieces(text: str) -> Iterator[tuple[str, str, str]]:
    for literal, name, kind, _ in Formatter().parse(text):
        yield literal, name or "", kind or ""


def _fill_gap(value: Any, kind: str, language: str, labels: Labels) -> str:
    if isinstance(value, list):
        return _list(value, kind, language, labels)
    if kind in _WRITERS:
        return _WRITERS[kind](value, language)
    return labels(kind, value, language)


def _day_in_words(value: str, language: str) -> str:
    return format_date(date.fromisoformat(value), LONG_DAYS[language], locale=LOCALES[language])


def _currency_in_words(value: str, language: str) -> str:
    return get_currency_name(value, locale=LOCALES[language])


def _percent_in_words(value: str, language: str) -> str:
    share = Decimal(value) / 100
    return format_percent(share, locale=LOCALES[language], decimal_quantization=False)


def _number_in_words(value: int, language: str) -> str:
    return format_decimal(value, locale=LOCALES[language])


def _counted(kind: str) -> Callable[[Any, str], str]:
    return lambda value, language: count_in_words(Decimal(value), kind, language)


def amount_in_words(record: Mapping[str, str], language: str) -> str:
    """Write an amount as people read it: "€1,500", "€1,500.50", "20 гадзін"."""
    number = Decimal(record["amount"])
    if "currency" in record:
        return _money_in_words(number, record["currency"], language)
    return count_in_words(number, record["unit"], language)


def _money_in_words(number: Decimal, currency: str, language: str) -> str:
    """Write money with its currency; whole amounts come without ".00"."""
    locale = Locale.parse(LOCALES[language])
    pattern = locale.currency_formats["standard"].pattern
    if number == number.to_integral_value():
        pattern = pattern.replace("0.00", "0")
    return format_currency(number, currency, pattern, locale=locale, currency_digits=False)


_WRITERS: dict[str, Callable[[Any, str], str]] = {
    "day": _day_in_words,
    "amount": amount_in_words,
    "currency": _currency_in_words,
    "percent": _percent_in_words,
    "number": _number_in_words,
    "months": _counted("months"),
    "days": _counted("days"),
    "years": _counted("years"),
}
PLAIN_KINDS = frozenset(_WRITERS)
"""Kinds of gaps that need no label of a closed list."""

_MORE = {
    "en": "{count} more",
    "be": "яшчэ {count}",
    "ru": "ещё {count}",
}


def _list(values: list[Any], kind: str, language: str, labels: Labels) -> str:
    shown = [_fill_gap(value, kind, language, labels) for value in values[:MOST_LISTED]]
    if len(values) > MOST_LISTED:
        shown.append(_MORE[language].format(count=len(values) - MOST_LISTED))
    return format_list(shown, locale=LOCALES[language])
