"""Needs beside offers by their facts alone: who fits, how well, and whom one rule keeps away.

No text counts, so that nothing of what somebody wrote can show in what is counted here.
"""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from search.eligibility.award import measure_award
from search.eligibility.award_ways import goal_of
from search.eligibility.bulk.bits import Flags, Places, Row, unpack
from search.eligibility.bulk.judging import Judging
from search.eligibility.bulk.tables import Day
from search.matching.bulk.book import Book
from search.matching.bulk.candidates import Answering, Candidates
from search.matching.bulk.scoring import score_all
from search.matching.bulk.steps import Steps
from search.matching.bulk.texts import NO_TEXT
from search.matching.weights import load_weights

Scores = NDArray[np.int16]
"""Per place of a need a score in ten-thousandths, or NOT_ELIGIBLE."""

NOT_ELIGIBLE = -1


class Field:
    """The needs and offers of a book on one day; needs may not change, offers may be added."""

    def __init__(self, book: Book, on: date) -> None:
        self.book = book
        self.judging = Judging(book.asking, book.giving, on)
        self._answering = Answering(book, Day(on, book.asking.settings))
        self._scores: dict[int, Scores] = {}

    def eligible(self, offer: int) -> Flags:
        """Say for every place whether its need is eligible for an offer."""
        return self._flags(self.judging.judge_offer(offer, among_many=True)[0])

    def kept_away(self, offer: int, code: str) -> Flags:
        """Say for every place whether one rule alone refuses its need, and nothing is open."""
        fails = self.judging.rows_of(code, offer)[0]
        if fails is None:
            return np.zeros(self.book.asking.places.many, np.bool_)
        left = fails & self.book.asking.alive
        for other in self.judging.codes:
            for row in self.judging.rows_of(other, offer) if other != code else ():
                if row is not None:
                    left &= ~row
        return self._flags(left)

    def scores(self, offer: int) -> Scores:
        """Return the scores of an offer's eligible needs, by place."""
        if offer not in self._scores:
            needs = np.flatnonzero(self.eligible(offer))
            found = np.full(self.book.asking.places.many, NOT_ELIGIBLE, np.int16)
            found[needs] = self.score(needs, offer)
            self._scores[offer] = found
        return self._scores[offer]

    def score(self, needs: Places, offer: int) -> Steps:
        """Score an offer beside needs, whatever rules say of them but the one of amounts."""
        weights = self.book.own_weights[self.book.weights_of(np.array([offer]))[0]]
        steps = np.full(len(needs), NO_TEXT, np.int16)
        chosen = weights or load_weights()
        many = Candidates(self._answering, chosen, needs, np.full(len(needs), offer), steps)
        return score_all(self._answering, many, chosen)[0]

    def measure_awards(self, needs: Places, offer: int) -> tuple[list[int], list[int]]:
        """Return need by need what would be proposed, and the least that is of use.

        In hundredths of the offer's measure. Proposed is nothing where the ask is not known, and
        the least of use where no amount fits.
        """
        awards, of = self._answering.awards, self.book.giving.amounts.of
        asked = awards.measure(needs, offer)
        minimum = np.where(asked.knows_minimum, asked.minimum, 0)
        least = np.maximum(np.maximum(of["least"][offer], minimum), 1)
        most = np.minimum(asked.asked, awards.highest(needs, offer, asked))
        proposed = np.where(asked.fits & (most >= least), most, least)
        found = np.where(asked.knows_asked, proposed, 0).tolist(), least.tolist()
        for entry in np.flatnonzero(asked.is_vast | of["is_vast"][offer]).tolist():
            found[0][entry], found[1][entry] = self._measure_alone(int(needs[entry]), offer)
        return found

    def _measure_alone(self, need: int, offer: int) -> tuple[int, int]:
        pair = self._answering.pair_at(need, offer)
        award = measure_award(pair)
        least = goal_of(award)
        if award.binding is None:
            return 0, least
        most = award.binding[1]
        return (most if pair.instrument_fits and most >= least else least), least

    def _flags(self, row: Row) -> Flags:
        return unpack(row)[: self.book.asking.places.many]
