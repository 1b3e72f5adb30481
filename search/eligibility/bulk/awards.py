"""The range of an award for many pairs at once, as `search.eligibility.award` finds it for one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from search.eligibility.bulk.amounts import (
    FAMILIES,
    NOTHING,
    VAST,
    Denominations,
    NeedAmounts,
    OfferAmounts,
    Whole,
)
from search.eligibility.bulk.bits import Flags
from search.eligibility.bulk.bits import Places as Places_
from search.eligibility.bulk.conversion import Rates, multiply
from search.eligibility.bulk.tables import MET, NOT_MET, OPEN, Outcomes

MONEY = FAMILIES.index("money")
EVERYTHING = -1
"""All items at once: a need beside it is asked for whole."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of offers, in their denomination: one entry per pair.

    `asked` and `minimum` hold nothing of meaning where they are not known. `is_vast` says where
    an amount is too large for a column: such a pair is judged by its rule's check.
    """

    fits: Flags
    asked: Whole
    knows_asked: Flags
    minimum: Whole
    knows_minimum: Flags
    lacks_rate: Flags
    is_in_part: Flags
    is_vast: Flags


class AwardColumns:
    """Needs beside offers, amount by amount, on one day."""

    def __init__(
        self, needs: NeedAmounts, offers: OfferAmounts, denominations: Denominations, rates: Rates
    ) -> None:
        self._needs, self._offers = needs, offers
        self._denominations, self._rates = denominations, rates

    def measure(self, needs: Places_, offers: Places_ | int) -> Asked:
        """Measure pair by pair what the needs ask of the offers (or all of one offer)."""
        of = self._offers.of
        taken = of["taken"][offers]
        return self.measure_in(needs, of["family"][offers], of["denomination"][offers], taken)

    def measure_in(self, needs: Places_, families: Any, denominations: Any, taken: Any) -> Asked:
        """Measure what needs ask for in a family of measures and a denomination."""
        of = self._needs.of
        requested, is_in_part = self._request(needs, families, taken)
        funded = np.where(of["funded_family"][needs] == families, of["funded"][needs], 0)
        knows_asked, asked = requested != NOTHING, requested - funded
        knows_minimum = of["useful_family"][needs] == families
        minimum = np.maximum(0, of["useful"][needs] - funded)
        asked, with_rate = self._convert(needs, asked, knows_asked, families, denominations)
        minimum, of_minimum = self._convert(needs, minimum, knows_minimum, families, denominations)
        return Asked(
            fits=(of["families"][needs] >> families & 1).astype(np.bool_),
            asked=asked,
            knows_asked=knows_asked & with_rate,
            minimum=minimum,
            knows_minimum=knows_minimum & of_minimum,
            lacks_rate=(knows_asked & ~with_rate) | (knows_minimum & ~of_minimum),
            is_in_part=is_in_part,
            is_vast=of["is_vast"][needs]
            | (knows_asked & (asked >= VAST))
            | (knows_minimum & (minimum >= VAST)),
        )

    def _request(self, needs: Places_, families: Any, taken: Any) -> tuple[Whole, Flags]:
        of = self._needs.of
        in_units = np.where(
            of["quantity_family"][needs] == families, of["quantity"][needs], NOTHING
        )
        requested = np.where(families == MONEY, of["money"][needs], in_units)
        is_in_part = self.find_in_part(needs, taken)
        chosen = np.flatnonzero(is_in_part)
        if len(chosen):
            pairs = (np.broadcast_to(each, needs.shape)[chosen] for each in (families, taken))
            requested[chosen] = self._add_parts(needs[chosen], *pairs)
        return requested, is_in_part

    def find_in_part(self, needs: Places_, taken: Any) -> Flags:
        """Find where an offer takes a part of a group only, and the breakdown names it."""
        of = self._needs.of
        shared = of["items"][needs] & taken
        in_part: Flags = (
            of["is_broken_down"][needs]
            & (shared != 0)
            & (shared != of["items"][needs])
            & (of["named"][needs] & taken != 0)
        )
        return in_part

    def _add_parts(self, needs: Places_, families: Any, taken: Any) -> Whole:
        of = self._needs.of
        counts = (of["part_families"][needs] == families[:, None]) & (
            of["part_bits"][needs] & taken[:, None] != 0
        )
        added = np.where(counts, of["parts"][needs], 0).sum(axis=1)
        requested: Whole = np.where(counts.any(axis=1), added, NOTHING)
        return requested

    def _convert(
        self, needs: Places_, amounts: Whole, known: Flags, families: Any, denominations: Any
    ) -> tuple[Whole, Flags]:
        """Convert the known amounts; nothing is nothing in every currency and needs no rate."""
        converted, with_rate = amounts.copy(), np.ones(len(amounts), dtype=np.bool_)
        chosen = np.flatnonzero(known & (amounts > 0) & (families == MONEY))
        into = np.broadcast_to(denominations, needs.shape)[chosen]
        given = self._needs.of["currency"][needs[chosen]]
        both = into.astype(np.int64) << 32 | given
        for code in np.unique(both):
            places = chosen[both == code]
            names = (self._denominations.name(int(code) & 0xFFFFFFFF), int(code) >> 32)
            factor = self._rates.factor(names[0], self._denominations.name(names[1]))
            if factor is None:
                with_rate[places] = False
            else:
                converted[places] = multiply(amounts[places], factor)
        return converted, with_rate

    def highest(self, needs: Places_, offers: Places_ | int, asked: Asked) -> Whole:
        """Return pair by pair the most that the offers can give."""
        of = self._offers.of
        caps = of["caps"][offers, self._needs.of["category"][needs]]
        highest = np.minimum(of["highest"][offers], caps)
        share, is_longer = self.share(needs, of["months"][offers], asked)
        bound: Whole = np.where(is_longer, np.minimum(highest, share), highest)
        return bound

    def share(self, needs: Places_, paid: Any, asked: Asked) -> tuple[Whole, Flags]:
        """Return the share of the ask for the months that are paid, where fewer are than covered.

        `paid` is -1 where all are.
        """
        covered = self._needs.of["months"][needs]
        is_longer = asked.knows_asked & (paid >= 0) & (covered > paid)
        safe = np.where(is_longer & ~asked.is_vast, asked.asked, 0)
        return safe * np.maximum(paid, 0) // np.maximum(covered, 1), is_longer

    def judge(
        self, needs: Places_, offers: Places_ | int, check: Callable[[int, int], int]
    ) -> Outcomes:
        """Judge pair by pair whether an award is possible; `check` judges what is vast."""
        asked = self.measure(needs, offers)
        least = self._offers.of["least"][offers]
        outcomes = decide(asked, least, self.highest(needs, offers, asked))
        vast = np.flatnonzero(asked.is_vast | self._offers.of["is_vast"][offers])
        beside = np.broadcast_to(offers, needs.shape)
        for place in vast:
            outcomes[place] = check(int(needs[place]), int(beside[place]))
        return outcomes


def decide(asked: Asked, least: Any, highest: Any) -> Outcomes:
    """Say pair by pair what the check of `amount_within_range` says."""
    minimum = np.where(asked.knows_minimum, asked.minimum, 0)
    shortage = (highest <= 0) | (least > highest) | (minimum > highest)
    too_little = (asked.asked <= 0) | (least > asked.asked) | (minimum > asked.asked)
    fails = ~asked.fits | shortage | (asked.knows_asked & too_little)
    in_doubt = ~asked.knows_minimum & (asked.asked > highest)
    opens = asked.lacks_rate | ~asked.knows_asked | in_doubt
    return np.where(fails, NOT_MET, np.where(opens, OPEN, MET)).astype(np.uint8)
