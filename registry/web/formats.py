"""Amounts, days and names in the reader's manner: the filters of the templates.

Everything answers in the language of the page. Spaces inside numbers do not break
a line. What is absent is shown as a dash by the template, never guessed here.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_name
from flask import Flask
from flask_babel import gettext, ngettext
from jinja2 import pass_context

from registry.domain import labels
from registry.web.language import page_language
from search.codes import Measure
from search.eligibility.words import LONG_DAYS
from search.money import Amount, Money, Quantity

Record = Mapping[str, str]

MANNERS = {"en": "en_GB", "be": "be_BY", "ru": "ru_RU"}
"""Page language -> whose manner of writing days and amounts."""

NBSP = "\N{NO-BREAK SPACE}"


def manner() -> Locale:
    """Return the locale that days and amounts of this page are written by."""
    return Locale.parse(MANNERS[page_language()])


def show_number(value: float | Decimal | str) -> str:
    """Write a number as the reader does: 1 500,5."""
    return _keep_together(format_decimal(Decimal(str(value)), locale=manner()))


def show_percent(share: float | Decimal) -> str:
    """Write a share 0..1 as whole percent."""
    return _keep_together(format_percent(share, format="#,##0 %", locale=manner()))


def show_money(money: Money | Record) -> str:
    """Write money, or its record `{"amount": "1500.00", "currency": "EUR"}`, with its currency.

    Whole amounts come without ",00".
    """
    record = _record(money)
    amount = Decimal(record["amount"])
    locale = manner()
    pattern = locale.currency_formats["standard"].pattern
    if amount == amount.to_integral_value():
        pattern = pattern.replace("0.00", "0")
    return _keep_together(
        format_currency(
            amount, record["currency"], format=pattern, locale=locale, currency_digits=False
        )
    )


UNIT_SENTENCES: dict[str, Callable[[int, str], str]] = {
    Measure.HOURS: lambda n, amount: ngettext(
        "%(amount)s hour", "%(amount)s hours", n, amount=amount
    ),
    Measure.SESSIONS: lambda n, amount: ngettext(
        "%(amount)s session", "%(amount)s sessions", n, amount=amount
    ),
    Measure.SEATS: lambda n, amount: ngettext(
        "%(amount)s seat", "%(amount)s seats", n, amount=amount
    ),
    Measure.PLACES: lambda n, amount: ngettext(
        "%(amount)s place", "%(amount)s places", n, amount=amount
    ),
    Measure.NIGHTS: lambda n, amount: ngettext(
        "%(amount)s night", "%(amount)s nights", n, amount=amount
    ),
    Measure.MONTHS: lambda n, amount: ngettext(
        "%(amount)s month", "%(amount)s months", n, amount=amount
    ),
    Measure.ITEMS: lambda n, amount: ngettext(
        "%(amount)s thing", "%(amount)s things", n, amount=amount
    ),
    Measure.INTRODUCTIONS: lambda n, amount: ngettext(
        "%(amount)s introduction", "%(amount)s introductions", n, amount=amount
    ),
}
"""Unit -> its count in words; a fraction counts as two ("1,5 гадзіны")."""


def show_quantity(quantity: Quantity | Record) -> str:
    """Write a quantity, or its record `{"amount": "20", "unit": "hours"}`: "20 hours"."""
    record = _record(quantity)
    number = Decimal(record["amount"])
    count = int(number) if number == number.to_integral_value() else 2
    return UNIT_SENTENCES[record["unit"]](count, show_number(number.normalize()))


def show_amount(amount: Amount | Record) -> str:
    """Write money or a quantity, whichever it is."""
    record = _record(amount)
    return show_money(record) if "currency" in record else show_quantity(record)


def share_of(part: Amount | Record, whole: Amount | Record) -> float:
    """Return how much of an amount another one is, from 0 to 1; both in the same measure."""
    least, most = (Decimal(_record(amount)["amount"]) for amount in (part, whole))
    return float(min(least / most, Decimal(1))) if most else 0.0


def show_day(day: date | str, length: str = "long") -> str:
    """Write a day, or its ISO form: "24 November 2026"; `length` short, medium, long or full."""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    pattern = LONG_DAYS[page_language()] if length == "long" else length
    return _keep_together(format_date(day, pattern, locale=manner()))


def show_days_left(days: int) -> str:
    """Say how long there is time: "5 days left", "the last day is today", "over"."""
    if days < 0:
        return str(gettext("the time is over"))
    if days == 0:
        return str(gettext("today is the last day"))
    return str(ngettext("%(num)s day left", "%(num)s days left", days))


def show_months(count: int) -> str:
    """Write a number of months: "6 months"."""
    return show_quantity({"amount": str(count), "unit": Measure.MONTHS})


def name_country(code: str) -> str:
    """Return a country's name."""
    return str(manner().territories.get(code, code))


def name_language(code: str) -> str:
    """Return a language's name."""
    return str(manner().languages.get(code, code))


def name_currency(code: str) -> str:
    """Return a currency's name with its code: "euro (EUR)"."""
    return f"{get_currency_name(code, locale=manner())} ({code})"


def name_code(code: str, list_name: str) -> str:
    """Return the name of a code of one of the closed lists, say `"rent"|label("category")`."""
    return str(gettext(labels.label(list_name, code)))


def say_consequence(code: str, list_name: str) -> str:
    """Return what choosing the code means in one sentence; empty where nothing follows."""
    sentence = labels.consequence(list_name, code)
    return str(gettext(sentence)) if sentence else ""


def _keep_together(text: str) -> str:
    return text.replace(" ", NBSP).replace("\N{NARROW NO-BREAK SPACE}", NBSP)


def _record(amount: Amount | Record) -> Record:
    return amount if isinstance(amount, Mapping) else amount.to_record()


FILTERS: dict[str, Callable[..., str]] = {
    "number": show_number,
    "percent": show_percent,
    "money": show_money,
    "quantity": show_quantity,
    "amount": show_amount,
    "day": show_day,
    "days_left": show_days_left,
    "months": show_months,
    "country": name_country,
    "language": name_language,
    "currency": name_currency,
    "label": name_code,
    "consequence": say_consequence,
}


def _asked_each_time(say: Callable[..., str]) -> Callable[..., str]:
    """Keep Jinja from working a filter of constants out once, when it compiles the template.

    The first reader's language would stand on the page for everybody.
    """

    @pass_context
    def ask(_context: object, *values: object, **named: object) -> str:
        return say(*values, **named)

    return ask


def init_formats(app: Flask) -> None:
    """Give the templates the filters, under the names of `FILTERS`, and `share_of`."""
    app.jinja_env.filters.update({name: _asked_each_time(say) for name, say in FILTERS.items()})
    app.jinja_env.globals["share_of"] = share_of
