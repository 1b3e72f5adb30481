"""Scored and ranked pairs as columns of numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.eligibility.bulk.bits import Places
from search.eligibility.bulk.tables import OPEN, Outcomes
from search.matching.bulk.best import NO_PLACE
from search.matching.bulk.steps import STEPS, Steps

_TOP = STEPS + 1
"""More than any score: an eligible pair stands above every open one."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs that no rule refuses: outcome, score, and of how many parts how many were known."""

    needs: Places
    offers: Places
    outcomes: Outcomes
    values: Steps
    known: NDArray[np.int64]
    countable: NDArray[np.int64]

    @classmethod
    def joined(cls, parts: Sequence["Scored"]) -> "Scored":
        """Put the pairs of several parts (at least one) one behind the other."""
        names = [each.name for each in fields(cls)]
        return cls(*(np.concatenate([getattr(each, name) for each in parts]) for name in names))

    def at(self, entries: Places) -> "Scored":
        """Return some of the pairs, in the order of `entries`."""
        return Scored(*(getattr(self, each.name)[entries] for each in fields(self)))

    @property
    def keys(self) -> Steps:
        """One number per pair that orders by outcome, then by score."""
        found: Steps = self.values + np.where(self.outcomes == OPEN, 0, _TOP)
        return found


@dataclass(frozen=True, slots=True)
class Ranked:
    """Ranked pairs, best first. Outcomes are MET (eligible) or OPEN (needs information).

    Scores and confidences are in ten-thousandths: divided by STEPS they are those of one pair.
    Of all needs at once the columns are needs x k, with NO_PLACE (-1) where there is no pair.
    """

    needs: Places
    offers: Places
    outcomes: NDArray[Any]
    scores: Steps
    confidences: Steps

    def spread(self, slots: Places, shape: tuple[int, int]) -> "Ranked":
        """Return columns of this shape in which each pair stands in its slot, row by row."""
        return Ranked(*(_spread(getattr(self, each.name), slots, shape) for each in fields(self)))


def _spread(column: NDArray[Any], slots: Places, shape: tuple[int, int]) -> NDArray[Any]:
    found = np.full(shape, NO_PLACE, column.dtype)
    found.flat[slots] = column
    return found


def choose_best(keys: Steps, places: Places, ids: Mapping[int, str], k: int | None) -> Places:
    """Return which k (1 or more) entries have the highest keys, equal ones by the place's id."""
    entries = np.arange(len(keys))
    if k is not None and k < len(keys):
        entries = np.flatnonzero(keys >= np.partition(keys, len(keys) - k)[len(keys) - k])
    named = zip((-keys[entries]).tolist(), places[entries].tolist(), entries.tolist(), strict=True)
    ordered = sorted((key, ids[place], entry) for key, place, entry in named)
    return np.array([entry for _, _, entry in ordered[:k]], np.intp)
