"""What if a donor relaxed one rule: how many needs it would reach, win, and really help.

The first number alone misleads: a need that the offer now turns away may be served better by
others. So there are always three, each a part of the one before.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Any

from search.codes import Outcome
from search.eligibility.award import measure_award
from search.eligibility.catalogue import load_rules
from search.matching.sides import Judged, Sides
from search.money import Amount

BEST_OFFERS = 3
"""An offer is competitive for a need while fewer eligible offers than this have a better score."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a pair would stand: its score (0 to 1), and the award as hundredths of the offer.

    `largest` is what would be proposed (0 where nothing is known), `least` what is of use.
    """

    score: float
    largest: int
    least: int


Stand = Callable[[int, int], Standing]
"""(need, offer) -> how the pair stands, or would stand."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What relaxing one rule of one offer would change, in needs by their places.

    `fails_only`: no other rule refuses them. `newly_eligible`: nor is anything open about them.
    `competitive`: of these, the ones for which the offer would be among the best three.
    `net`: of these, the ones that no other offer serves and for which the budget reaches, in rank
    order beside all that the offer serves anyway. `asked`: what `fails_only` ask for together, in
    the offer's measure; who does not say how much counts as nothing.
    """

    fails_only: tuple[int, ...]
    newly_eligible: tuple[int, ...]
    competitive: tuple[int, ...]
    net: tuple[int, ...]
    asked: Amount

    def to_record(self) -> dict[str, Any]:
        """Return the numbers: `fails_only newly_eligible competitive net asked`."""
        return {
            "fails_only": len(self.fails_only),
            "newly_eligible": len(self.newly_eligible),
            "competitive": len(self.competitive),
            "net": len(self.net),
            "asked": self.asked.to_record(),
        }


class WhatIfs:
    """The counts for one offer of two sides, however the pairs were judged.

    `need_ids` and `offer_ids` break ties; `stand` is asked only of pairs that matter.
    """

    def __init__(
        self,
        sides: Sides,
        judged: Judged,
        stand: Stand,
        need_ids: list[str],
        offer_ids: list[str],
    ) -> None:
        self._sides, self._judged = sides, judged
        self._need_ids, self._offer_ids = need_ids, offer_ids
        self._stand = cache(stand)

    def count(self, offer: int, code: str) -> WhatIf:
        """Count what relaxing one rule would change."""
        needs = self._judged.fails_only(offer, code)
        fitting = [need for need in needs if self._lacks_nothing(need, offer, code)]
        competitive = [need for need in fitting if self._is_competitive(need, offer)]
        return WhatIf(
            fails_only=tuple(needs),
            newly_eligible=tuple(fitting),
            competitive=tuple(competitive),
            net=tuple(self._reached(offer, competitive)),
            asked=self._sum_asked(offer, needs),
        )

    def _lacks_nothing(self, need: int, offer: int, code: str) -> bool:
        pair = self._sides.pair(need, offer)
        skipped = self._sides.left_out[offer] | {code}
        others = (rule for each, rule in load_rules().items() if each not in skipped)
        return not any(
            rule.is_in_force(pair.on) and rule.check(pair).outcome is Outcome.NEEDS_INFORMATION
            for rule in others
        )

    def _serving(self, need: int, offer: int) -> Iterator[int]:
        """Yield the other offers that the need is eligible for."""
        for other in range(len(self._sides.giving)):
            if other != offer and self._judged.is_eligible(need, other):
                yield other

    def _is_competitive(self, need: int, offer: int) -> bool:
        serving = list(self._serving(need, offer))
        if len(serving) < BEST_OFFERS:
            return True  # whatever the scores, which cost reading the texts
        own = self._place(need, offer)
        better = (other for other in serving if self._place(need, other) < own)
        return len(list(islice(better, BEST_OFFERS))) < BEST_OFFERS

    def _place(self, need: int, offer: int) -> tuple[float, str]:
        return -self._stand(need, offer).score, self._offer_ids[offer]

    def _reached(self, offer: int, competitive: list[int]) -> list[int]:
        """Spend the budget in rank order, on whom the offer serves anyway and on the new ones."""
        left = self._budget(offer)
        unserved = {n for n in competitive if next(self._serving(n, offer), None) is None}
        reached: list[int] = []
        for need in self._ranked(offer, unserved):
            standing = self._stand(need, offer)
            award = min(left, standing.largest)
            if award >= standing.least:
                left -= award
                reached.extend([need] if need in unserved else [])
        return sorted(reached)

    def _ranked(self, offer: int, unserved: set[int]) -> list[int]:
        if not unserved:
            return []
        needs = range(len(self._sides.asking))
        served = {need for need in needs if self._judged.is_eligible(need, offer)}
        return sorted(
            served | unserved,
            key=lambda need: (-self._stand(need, offer).score, self._need_ids[need]),
        )

    def _budget(self, offer: int) -> int:
        facts = self._sides.giving[offer]
        return (facts.budget_left or facts.budget).hundredths

    def _sum_asked(self, offer: int, needs: list[int]) -> Amount:
        pairs = [self._sides.pair(need, offer) for need in needs]
        asked = sum(max(0, measure_award(pair).asked or 0) for pair in pairs)
        return replace(self._sides.giving[offer].budget, hundredths=asked)
