"""What is asked once for every two different keys, and kept: a small whole number for each."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.eligibility.bulk.bits import Places
from search.eligibility.bulk.columns import KeyColumn, grown

Answers = NDArray[np.uint16]
Ask = Callable[[Any, Any], int]
"""(bearer of an asking key, bearer of a giving key) -> the answer, below MISSING."""

MISSING = 65_535
MOST_KEPT = 1 << 24
"""Answers beyond this many are found anew each time rather than kept."""


class AnswerTable:
    """The answers of one question for all keys of one side beside all keys of the other."""

    def __init__(self, asking: KeyColumn, giving: KeyColumn, ask: Ask) -> None:
        self._asking, self._giving, self._ask = asking, giving, ask
        self._kept: Answers = np.zeros((0, 0), np.uint16)

    def read(self, needs: Places, offers: Places) -> Answers:
        """Return the answers pair by pair."""
        asked, given = self._asking.numbers[needs], self._giving.numbers[offers]
        if len(self._asking) * len(self._giving) > MOST_KEPT:
            return self._find_all(asked, given)
        self._make_room()
        found: Answers = self._kept[given, asked]
        missing = np.flatnonzero(found == MISSING)
        if len(missing):
            found[missing] = self._find_all(asked[missing], given[missing])
            self._kept[given[missing], asked[missing]] = found[missing]
        return found

    def _find_all(self, asked: NDArray[Any], given: NDArray[Any]) -> Answers:
        """Ask once for every two keys that occur."""
        both, places = np.unique(
            given.astype(np.int64) * len(self._asking) + asked, return_inverse=True
        )
        pairs = (divmod(each, len(self._asking)) for each in both.tolist())
        bearers = ((self._asking.bearer(need), self._giving.bearer(offer)) for offer, need in pairs)
        answers = np.fromiter((self._ask(*each) for each in bearers), np.uint16, len(both))
        return answers[places]

    def _make_room(self) -> None:
        rows, width = self._kept.shape
        if width < len(self._asking):
            wider = np.full((rows, len(self._asking) * 3 // 2 + 8), MISSING, np.uint16)
            wider[:, :width] = self._kept
            self._kept = wider
        self._kept = grown(self._kept, len(self._giving), MISSING)
