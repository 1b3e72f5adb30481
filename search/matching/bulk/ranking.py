"""The best offers for a need, the best needs for an offer, and the best of all pairs.

Eligible pairs come first, then open ones, each by score; equal ones by identifier. A pair that a
rule refuses is not ranked. Waivers are of single pairs: rank those with `examine`.
"""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from search.eligibility.bulk.bits import Places, places_in
from search.eligibility.bulk.grid import Grid, judge_grid
from search.eligibility.bulk.judging import Judging
from search.eligibility.bulk.tables import MET, NOT_MET, OPEN, Day, Outcomes
from search.eligibility.pair import Settings
from search.matching.bulk.best import NO_PLACE, best_of_rows
from search.matching.bulk.book import Book
from search.matching.bulk.candidates import Answering, Candidates
from search.matching.bulk.confidence import (
    Counts,
    bits_at,
    count_open_offers,
    count_open_rules,
    measure_confidences,
)
from search.matching.bulk.ranked import Ranked, Scored, choose_best
from search.matching.bulk.scoring import score_all
from search.matching.weights import Weights, load_weights

NEEDS_AT_ONCE = 2048


class Ranking:
    """Ranks the pairs of a book as it stands, on one day. The book may change between questions."""

    def __init__(
        self,
        book: Book,
        on: date,
        settings: Settings | None = None,
        *,
        weights: Weights | None = None,
    ) -> None:
        """Prepare to rank on a day (UTC).

        `weights` (by default those of the house) count for offers without weights of their own.
        """
        self._book = book
        self.judging = Judging(book.asking, book.giving, on, settings)
        self._answering = Answering(book, Day(on, settings or book.asking.settings))
        self._weights = weights or load_weights()

    def rank_needs(self, offer: int, k: int | None = None) -> Ranked:
        """Return the best k needs for an offer, or all that no rule refuses.

        Raises KeyError where no offer stands.
        """
        self._book.giving.places.check(offer)
        eligible, opens = self.judging.judge_offer(offer)
        needs = places_in(eligible | opens)
        outcomes = np.where(bits_at(opens, needs), OPEN, MET).astype(np.uint8)
        steps = self._book.texts.compare(needs, np.array([offer]))[:, 0]
        scored = self._score(needs, np.full(len(needs), offer), outcomes, steps)
        best = scored.at(choose_best(scored.keys, needs, self._book.need_ids, k))
        return self._rank(best, count_open_rules(self.judging, best))

    def rank_offers(self, need: int, k: int | None = None) -> Ranked:
        """Return the best k offers for a need, or all that no rule refuses.

        Raises KeyError where no need stands.
        """
        outcomes = self.judging.judge_need(need)
        offers = np.flatnonzero(outcomes != NOT_MET)
        steps = self._book.texts.compare(np.array([need]), offers)[0]
        scored = self._score(np.full(len(offers), need), offers, outcomes[offers], steps)
        best = scored.at(choose_best(scored.keys, offers, self._book.offer_ids, k))
        return self._rank(best, count_open_offers(self.judging, need, best.offers))

    def rank_all(self, k: int, grid: Grid | None = None) -> Ranked:
        """Return the best k (1 or more) of every need: needs x k, in the order of places.

        `grid` is the outcome of all pairs, if it is at hand.
        """
        judged, ids = grid or judge_grid(self.judging), self._book.offer_ids
        offers = np.array(sorted(ids, key=ids.__getitem__), np.intp)
        needs = places_in(self._book.asking.alive)
        best, slots = [_nothing()], [np.zeros(0, np.intp)]
        for begin in range(0, len(needs), NEEDS_AT_ONCE):
            scored, places = self._choose(judged, needs[begin : begin + NEEDS_AT_ONCE], offers, k)
            best.append(scored)
            slots.append(begin * k + places)
        pairs = Scored.joined(best)
        ranked = self._rank(pairs, count_open_rules(self.judging, pairs))
        return ranked.spread(np.concatenate(slots), (len(needs), k))

    def _choose(
        self, grid: Grid, needs: Places, offers: Places, k: int
    ) -> tuple[Scored, NDArray[np.int64]]:
        """Return the best pairs of some needs, and in which of needs x k slots each stands."""
        outcomes = _outcomes_of(grid, needs, offers)
        rows, columns = np.nonzero(outcomes != NOT_MET)
        steps = self._book.texts.compare(needs, offers)[rows, columns]
        scored = self._score(needs[rows], offers[columns], outcomes[rows, columns], steps)
        keys, entries = np.full((2, *outcomes.shape), NO_PLACE, np.int64)
        keys[rows, columns], entries[rows, columns] = scored.keys, np.arange(len(rows))
        best, _ = best_of_rows(keys, k)
        slots = np.flatnonzero(best != NO_PLACE)
        return scored.at(entries[slots // k, best.flat[slots]]), slots

    def _score(
        self, needs: Places, offers: Places, outcomes: Outcomes, steps: NDArray[np.int16]
    ) -> Scored:
        """Score pairs by the weights of their offers; `steps` are the affinities of their texts."""
        found = np.zeros((3, len(needs)), np.int64)
        numbers = self._book.weights_of(offers)
        for number in np.unique(numbers):
            entries = np.flatnonzero(numbers == number)
            weights = self._book.own_weights[number] or self._weights
            pairs = needs[entries], offers[entries], steps[entries]
            many = Candidates(self._answering, weights, *pairs)
            found[:, entries] = score_all(self._answering, many, weights)
        return Scored(needs, offers, outcomes, *found)

    def _rank(self, pairs: Scored, opens: Counts) -> Ranked:
        confidences = measure_confidences(self.judging, pairs, opens)
        outcomes = pairs.outcomes.astype(np.int8)
        return Ranked(pairs.needs, pairs.offers, outcomes, pairs.values, confidences)


def _outcomes_of(grid: Grid, needs: Places, offers: Places) -> Outcomes:
    """Return needs x offers: MET, OPEN or NOT_MET."""
    found = np.full((len(needs), len(offers)), NOT_MET, np.uint8)
    for column, offer in enumerate(offers.tolist()):
        found[bits_at(grid.eligible(offer), needs), column] = MET
        found[bits_at(grid.open(offer), needs), column] = OPEN
    return found


def _nothing() -> Scored:
    none = np.zeros(0, np.int64)
    return Scored(none, none, none.astype(np.uint8), none, none, none)
