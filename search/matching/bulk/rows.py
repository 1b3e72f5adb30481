"""Many short lists of whole numbers by position, kept in one array and read many at once."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.int64]
Numbers = NDArray[np.int32]

Kind = TypeVar("Kind", bound=np.generic)

_FIRST_ROOM = 1024


def grown(array: NDArray[Kind], size: int) -> NDArray[Kind]:
    """Return the array with room for `size` elements, zeros behind; the same one if it has it."""
    if size <= len(array):
        return array
    larger = np.zeros(max(size, 2 * len(array), 64), array.dtype)
    larger[: len(array)] = array
    return larger


class Rows:
    """Lists of 32-bit whole numbers. To replace one costs its length; gaps are closed in time."""

    def __init__(self) -> None:
        self._pool = np.zeros(_FIRST_ROOM, np.int32)
        self._used = self._kept = 0
        self._starts: Positions = np.zeros(0, np.int64)
        self._lengths: Positions = np.zeros(0, np.int64)

    def put(self, position: int, numbers: Sequence[int]) -> None:
        """Set the list at a position; an empty one removes it."""
        self._starts = grown(self._starts, position + 1)
        self._lengths = grown(self._lengths, position + 1)
        self._kept += len(numbers) - int(self._lengths[position])
        self._lengths[position] = 0
        if self._used + len(numbers) > len(self._pool):
            self._close_gaps(len(numbers))
        self._pool[self._used : self._used + len(numbers)] = numbers
        self._starts[position] = self._used
        self._lengths[position] = len(numbers)
        self._used += len(numbers)

    def read(self, position: int) -> list[int]:
        """Return the list at a position; empty where none was ever put."""
        if position >= len(self._lengths):
            return []
        start = self._starts[position]
        found: list[int] = self._pool[start : start + self._lengths[position]].tolist()
        return found

    def gather(self, positions: Positions) -> tuple[Numbers, Positions]:
        """Return the lists at many positions end to end, and where each begins and the last ends.

        The second array is one longer than `positions`, as a CSR matrix wants its `indptr`.
        """
        self._starts = grown(self._starts, int(positions.max(initial=-1)) + 1)
        self._lengths = grown(self._lengths, len(self._starts))
        lengths = self._lengths[positions]
        bounds = np.concatenate(([0], np.cumsum(lengths)))
        shifts = np.repeat(self._starts[positions] - bounds[:-1], lengths)
        return self._pool[np.arange(bounds[-1]) + shifts], bounds

    def _close_gaps(self, wanted: int) -> None:
        """Move all lists to the front of a pool that has room for `wanted` more."""
        numbers, bounds = self.gather(np.arange(len(self._lengths)))
        self._pool = np.zeros(2 * (len(numbers) + wanted) + _FIRST_ROOM, np.int32)
        self._pool[: len(numbers)] = numbers
        self._starts, self._used = bounds[:-1], len(numbers)
