"""What a rule says of every two different keys, found once and kept for a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from search.codes import Outcome
from search.eligibility.bulk.columns import KeyColumn, grown
from search.eligibility.compiled import Decide
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Pair, Settings
from search.eligibility.rule import Rule

Outcomes = NDArray[np.uint8]
Asker = tuple[NeedFacts, OrganisationFacts]

MET, NOT_MET, OPEN = range(3)
OUTCOMES = (Outcome.MET, Outcome.NOT_MET, Outcome.NEEDS_INFORMATION)
"""What the numbers of an outcome stand for."""
NUMBERS = {outcome: number for number, outcome in enumerate(OUTCOMES)}
_NOT_ASKED = 255
MOST_KEPT = 1 << 24
"""Outcomes beyond this many are found anew each time rather than kept."""


@dataclass(frozen=True, slots=True, repr=False)
class Day:
    """The day to judge on and what is set for the registry."""

    on: date
    settings: Settings

    def check(self, rule: Rule, asker: Asker, offer: OfferFacts) -> int:
        """Ask the rule itself about one pair; return the number of its outcome."""
        return NUMBERS[rule.check(Pair(*asker, offer, self.on, self.settings)).outcome]


class OutcomeTable:
    """The outcomes of one rule for all keys of one side beside all keys of the other."""

    def __init__(
        self,
        rule: Rule,
        asking: KeyColumn,
        giving: KeyColumn,
        day: Day,
        *,
        decide: Decide | None = None,
        nameless: Callable[[OfferFacts], OfferFacts] | None = None,
    ) -> None:
        self._rule, self._asking, self._giving, self._day = rule, asking, giving, day
        self._decide, self._nameless = decide, nameless
        self._kept: Outcomes = np.zeros((0, 0), dtype=np.uint8)
        self._of_sharers: dict[tuple[int, int], int] = {}

    def beside_offer(self, giving: int) -> Outcomes:
        """Return the outcome of every asking key beside one giving key."""
        return self._read(giving, np.arange(len(self._asking)))

    def beside_need(self, asking: int) -> Outcomes:
        """Return the outcome of every giving key beside one asking key."""
        return self._read(np.arange(len(self._giving)), asking)

    def of_sharers(self, asking: int, giving: int, asker: Asker, offer: OfferFacts) -> int:
        """Return the outcome where both sides share a name, as these two do."""
        if (asking, giving) not in self._of_sharers:
            self._of_sharers[asking, giving] = self._day.check(self._rule, asker, offer)
        return self._of_sharers[asking, giving]

    def _read(self, giving: int | NDArray[np.intp], asking: int | NDArray[np.intp]) -> Outcomes:
        if not len(self._giving) or not len(self._asking):
            return np.zeros(np.broadcast(giving, asking).size, dtype=np.uint8)
        if self._decide:
            return self._decided(giving, asking)
        if len(self._giving) * len(self._asking) > MOST_KEPT:
            return self._ask(*np.broadcast_arrays(giving, asking))
        self._make_room()
        found: Outcomes = self._kept[giving, asking]
        missing = np.flatnonzero(found == _NOT_ASKED)
        if len(missing):
            pairs = np.broadcast_arrays(giving, asking)
            found[missing] = self._ask(*(each[missing] for each in pairs))
            self._kept[giving, asking] = found
        return found

    def _ask(self, giving: NDArray[np.intp], asking: NDArray[np.intp]) -> Outcomes:
        """Ask the check; a key that no place has any more is not asked about."""
        pairs = zip(giving.tolist(), asking.tolist(), strict=True)
        return np.fromiter((self._judge(*pair) for pair in pairs), np.uint8, len(giving))

    def _judge(self, giving: int, asking: int) -> int:
        if not (self._giving.is_borne(giving) and self._asking.is_borne(asking)):
            return _NOT_ASKED
        offer = self._giving.bearer(giving)
        offer = self._nameless(offer) if self._nameless else offer
        return self._day.check(self._rule, self._asking.bearer(asking), offer)

    def _decided(self, giving: int | NDArray[np.intp], asking: int | NDArray[np.intp]) -> Outcomes:
        assert self._decide is not None
        asked, given = self._asking.members[:, asking], self._giving.members[:, giving]
        fails, opens = self._decide(asked, given, self._day.on.toordinal())
        return np.where(fails, NOT_MET, np.where(opens, OPEN, MET)).astype(np.uint8)

    def _make_room(self) -> None:
        if self._kept.shape[1] < len(self._asking):
            wider = np.full((len(self._kept), len(self._asking) * 3 // 2 + 8), _NOT_ASKED)
            wider[:, : self._kept.shape[1]] = self._kept
            self._kept = wider.astype(np.uint8)
        self._kept = grown(self._kept, len(self._giving), _NOT_ASKED)
