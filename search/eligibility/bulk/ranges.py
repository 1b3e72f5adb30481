"""Whole numbers by size, so that "all that are above x" is a row of bits in a few microseconds."""

from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from search.eligibility.bulk.bits import Flags, Places, Row, flip, pack

LEAST_STEP = 64


class RangeIndex:
    """The places of known values in order, with a ready row at every `step`-th of them.

    A row between two of the ready ones is the nearest of them with at most `step / 2` bits
    flipped. For n places it holds about sqrt(n) / 4 rows.
    """

    def __init__(self, values: NDArray[np.int64], known: Flags, words: int) -> None:
        """Sort the values of the places that are `known`."""
        places = np.flatnonzero(known)
        order = np.argsort(values[places], kind="stable")
        self._places: Places = places[order]
        self._values = values[self._places]
        self._step = max(LEAST_STEP, ceil(sqrt(len(places))) * 4)
        self._rows = [
            self._first(place, words) for place in range(0, len(places) + self._step, self._step)
        ]

    def _first(self, many: int, words: int) -> Row:
        flags = np.zeros(words * 64, dtype=np.bool_)
        flags[self._places[:many]] = True
        return pack(flags, words)

    def below(self, bound: int) -> Row:
        """Return the places whose value is below `bound` (a copy of the reader's own)."""
        return self._row_of_first(int(np.searchsorted(self._values, bound, side="left")))

    def up_to(self, bound: int) -> Row:
        """Return the places whose value is at most `bound`."""
        return self._row_of_first(int(np.searchsorted(self._values, bound, side="right")))

    def _row_of_first(self, many: int) -> Row:
        nearest = (many + self._step // 2) // self._step
        row = self._rows[nearest].copy()
        held = min(nearest * self._step, len(self._places))
        flip(row, self._places[min(held, many) : max(held, many)])
        return row
