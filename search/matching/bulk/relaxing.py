"""What if a donor relaxed one rule of an offer: the counts of `search.matching.what_if`, in bulk.

Two fields with the same needs in the same places: one in which the offer stands, and one of rivals
that are known by less than all rules, such as offers of others by what they say in public.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.eligibility.bulk.bits import Places
from search.matching.bulk.field import NOT_ELIGIBLE, Field
from search.matching.what_if import BEST_OFFERS

Rival = tuple[Field, int]
"""Another offer, by its place in a field."""


@dataclass(frozen=True, slots=True)
class Gain:
    """The needs, by place, that an offer without one rule would take in; see `WhatIf`."""

    newly_eligible: Places
    competitive: Places
    net: Places


class Relaxing:
    """Counts for the offers of one field, beside rivals of any field with the same needs."""

    def __init__(self, field: Field) -> None:
        self._field = field

    def count(self, offer: int, code: str, rivals: Iterable[Rival]) -> Gain:
        """Count what relaxing one rule would change, beside these other offers.

        Any rule but `amount_within_range`: a pair that it refuses is not scored here.
        """
        needs = np.flatnonzero(self._field.kept_away(offer, code))
        if not len(needs):
            return Gain(needs, needs, needs)
        scores = self._field.score(needs, offer)
        serving, better = np.zeros((2, len(needs)), np.int64)
        for rival in rivals:
            beside = rival[0].scores(rival[1])[needs]
            serving += beside != NOT_ELIGIBLE
            better += beside >= scores if self._goes_first(rival, offer) else beside > scores
        unserved = serving == 0
        return Gain(
            newly_eligible=needs,
            competitive=needs[better < BEST_OFFERS],
            net=self._reached(offer, needs[unserved], scores[unserved]),
        )

    def _goes_first(self, rival: Rival, offer: int) -> bool:
        """Say whether the rival goes first at the same score: ties go to the smaller id."""
        field, place = rival
        return field.book.offer_ids[place] < self._field.book.offer_ids[offer]

    def _reached(self, offer: int, unserved: Places, scores: NDArray[np.int64]) -> Places:
        """Spend the budget in rank order, on whom the offer serves anyway and on the new ones."""
        if not len(unserved):
            return unserved
        of_all = self._field.scores(offer)
        served = np.flatnonzero(of_all != NOT_ELIGIBLE)
        needs = np.concatenate([unserved, served])
        order = np.lexsort((self._ranks[needs], -np.concatenate([scores, of_all[served]])))
        awarded = self._spend(offer, needs[order])
        return np.sort(needs[order[awarded & (order < len(unserved))]])

    def _spend(self, offer: int, needs: Places) -> NDArray[np.bool_]:
        """Say need by need whether the budget reaches it."""
        facts = self._field.book.giving.facts[offer]
        left = (facts.budget_left or facts.budget).hundredths
        awarded = np.zeros(len(needs), np.bool_)
        pairs = zip(*self._field.measure_awards(needs, offer), strict=True)
        for entry, (proposed, least) in enumerate(pairs):
            if left <= 0:
                break
            award = min(left, proposed)
            if award >= least:
                left -= award
                awarded[entry] = True
        return awarded

    @cached_property
    def _ranks(self) -> NDArray[np.int64]:
        """By place, how the needs are ordered by their ids."""
        ids = self._field.book.need_ids
        ranks = np.zeros(self._field.book.asking.places.many, np.int64)
        ranks[sorted(ids, key=ids.__getitem__)] = np.arange(len(ids))
        return ranks
