"""Columns of hundredths from one currency into another, to the cent as `search.money` does it."""

from datetime import date
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from search.eligibility.bulk.amounts import VAST, Whole
from search.eligibility.bulk.bits import Flags
from search.eligibility.pair import Settings
from search.money import find_rate

_MOST = 1 << 62
"""Below this a product and its rounding fit into a word."""


class Rates:
    """The factors between currencies on one day, each worked out once."""

    def __init__(self, on: date, settings: Settings) -> None:
        self._on, self._entered = on, settings.entered_rates
        self._factors: dict[tuple[str, str], Fraction | None] = {}

    def factor(self, currency: str, into: str) -> Fraction | None:
        """Return what an amount is multiplied by; None where one of both has no rate."""
        if (currency, into) not in self._factors:
            self._factors[currency, into] = self._find(currency, into)
        return self._factors[currency, into]

    def _find(self, currency: str, into: str) -> Fraction | None:
        if currency == into:
            return Fraction(1)
        given, wanted = (find_rate(each, self._on, self._entered) for each in (currency, into))
        if given is None or wanted is None:
            return None
        return Fraction(wanted.per_euro) / Fraction(given.per_euro)


def multiply(hundredths: Whole, factor: Fraction) -> Whole:
    """Multiply exactly and round half to even; what is beyond `VAST` comes out as `VAST`.

    No value may be negative.
    """
    if factor == 1 or not len(hundredths):
        return hundredths
    up, down = factor.numerator, factor.denominator
    if int(hundredths.max()) * up < _MOST and down < _MOST // 2:
        return np.minimum(_round(hundredths * up, down), VAST)
    exact = _round(hundredths.astype(object) * up, down)
    within: Whole = np.minimum(exact, VAST).astype(np.int64)
    return within


def _round(numerators: NDArray[np.int64], down: int) -> NDArray[np.int64]:
    whole, rest = numerators // down, numerators % down
    goes_up: Flags = (2 * rest > down) | ((2 * rest == down) & (whole % 2 == 1))
    return whole + goes_up
