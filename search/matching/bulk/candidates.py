"""Pairs to be scored, as the parts of the score see many of them at once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.eligibility.award import measure_award
from search.eligibility.bulk.awards import EVERYTHING, AwardColumns
from search.eligibility.bulk.bits import Flags, Places
from search.eligibility.bulk.conversion import Rates
from search.eligibility.bulk.tables import Asker, Day
from search.eligibility.facts import OfferFacts
from search.eligibility.pair import Pair
from search.eligibility.verdict import Assessment
from search.matching.bulk.answers import AnswerTable
from search.matching.bulk.book import Book
from search.matching.bulk.steps import STEPS
from search.matching.part import Measured, Prospect
from search.matching.weights import Weights

Question = Callable[[Pair], bool]


class Answering:
    """The tables of one day: what parts ask about two keys, answered once."""

    def __init__(self, book: Book, day: Day) -> None:
        self.book, self.day = book, day
        rates = Rates(day.on, day.settings)
        sides = (book.asking.amounts, book.giving.amounts, book.asking.denominations)
        self.awards = AwardColumns(*sides, rates)
        self._tables: dict[object, AnswerTable] = {}

    def table(
        self, name: object, reads: frozenset[str], answer: Callable[[Pair], int]
    ) -> AnswerTable:
        """Return the table of this name, empty where it is new."""
        if name not in self._tables:
            keys = self.book.need_keys.column(reads), self.book.offer_keys.column(reads)
            self._tables[name] = AnswerTable(
                *keys, lambda asker, giver: answer(self._pair(asker, *giver))
            )
        return self._tables[name]

    def pair_at(self, need: int, offer: int) -> Pair:
        return self._pair(self.book.asking.facts[need], self.book.giving.facts[offer])

    def _pair(self, asker: Asker, offer: OfferFacts) -> Pair:
        return Pair(*asker, offer, self.day.on, self.day.settings)


@dataclass(frozen=True, slots=True)
class Amounts:
    """Pair by pair: what can be given, what is asked for in all, in the offer's measure.

    `is_vast` says where an amount is too large for a column: there, look at the pair itself.
    """

    given: NDArray[np.int64]
    whole: NDArray[np.int64]
    known: Flags
    is_vast: Flags


class Candidates:
    """Pairs that no rule refuses: each need beside the offer of the same entry.

    `steps` holds the affinity of each pair's texts in ten-thousandths, negative without text.
    """

    def __init__(
        self,
        answering: Answering,
        weights: Weights,
        needs: Places,
        offers: Places,
        steps: NDArray[np.int16],
    ) -> None:
        self._answering, self._weights = answering, weights
        self.needs, self.offers, self._steps = needs, offers, steps

    @property
    def affinities(self) -> NDArray[np.float64]:
        """Return what `Prospect.affinity` is pair by pair; negative without text."""
        return self._steps / STEPS

    def ask(self, reads: frozenset[str], question: Question) -> NDArray[np.uint16]:
        """Answer a question about these facts with 0 or 1, once for every two sets of them."""
        table = self._answering.table(question, reads, lambda pair: int(question(pair)))
        return table.read(self.needs, self.offers)

    def amounts(self) -> tuple[NDArray[np.int64], NDArray[np.int64], Flags]:
        """Return what can be given, what is asked for in all, and whether both are known."""
        found = self._amounts
        return found.given, found.whole, found.known

    def vast(self) -> list[int]:
        """Return the entries whose amounts are too large to be measured with others."""
        return np.flatnonzero(self._amounts.is_vast).tolist()

    def measure_alone(self, entry: int, measure: Callable[[Prospect], Measured]) -> Measured:
        """Measure one pair by itself."""
        pair = self._answering.pair_at(int(self.needs[entry]), int(self.offers[entry]))
        step = int(self._steps[entry])
        affinity = None if step < 0 else step / STEPS
        award = measure_award(pair)
        return measure(Prospect(pair, Assessment(()), award, affinity, self._weights))

    @cached_property
    def _amounts(self) -> Amounts:
        awards, limits = self._answering.awards, self._answering.book.giving.amounts.of
        asked = awards.measure(self.needs, self.offers)
        given = np.minimum(asked.asked, awards.highest(self.needs, self.offers, asked))
        whole, is_vast = asked.asked.copy(), asked.is_vast | limits["is_vast"][self.offers]
        in_part = np.flatnonzero(asked.is_in_part)
        if len(in_part):
            beside = self.offers[in_part]
            terms = limits["family"][beside], limits["denomination"][beside]
            in_all = awards.measure_in(
                self.needs[in_part], *terms, np.full(len(beside), EVERYTHING)
            )
            whole[in_part] = np.where(in_all.knows_asked, in_all.asked, whole[in_part])
            is_vast[in_part] |= in_all.is_vast
        return Amounts(given, np.maximum(whole, 1), asked.knows_asked, is_vast)
