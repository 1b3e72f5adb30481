"""Many needs beside many offers: who fits, and which rule alone stands in the way.

`judge_by_pairs` asks the one-pair engine, pair by pair and only when asked; `judge_by_grid` asks
the packed one, for all pairs at once. Both answer alike, so that counts can take either.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from search.codes import Outcome, PairOutcome
from search.eligibility.catalogue import load_rules
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Pair, Settings
from search.eligibility.rule import Rule, Shape

if TYPE_CHECKING:
    from search.eligibility.bulk.grid import Grid

_STOPPING = (Outcome.NOT_MET, Outcome.NEEDS_INFORMATION)


@dataclass(frozen=True, slots=True)
class Sides:
    """Needs with their organisations, offers with the rules left out for each, and the day.

    Needs and offers are named by their places.
    """

    asking: Sequence[tuple[NeedFacts, OrganisationFacts]]
    giving: Sequence[OfferFacts]
    left_out: Sequence[frozenset[str]]
    on: date
    settings: Settings = field(default_factory=Settings)

    def pair(self, need: int, offer: int) -> Pair:
        return Pair(*self.asking[need], self.giving[offer], self.on, self.settings)


class Judged(Protocol):
    """What the rules say of every pair of two sides."""

    def fails_only(self, offer: int, code: str) -> list[int]:
        """Return the needs that one rule alone refuses, ascending; what is open counts not."""

    def is_eligible(self, need: int, offer: int) -> bool:
        """Say whether every rule lets a pair pass."""


def judge_by_pairs(sides: Sides) -> Judged:
    """Judge pairs one by one, as they are asked for."""
    return _ByPairs(sides)


def judge_by_grid(sides: Sides) -> Judged:
    """Judge all pairs at once; loads numpy, so web workers leave it to others."""
    from search.eligibility.bulk.grid import judge_all

    left_out = list(sides.left_out)
    grid = judge_all(sides.asking, sides.giving, sides.on, sides.settings, left_out=left_out)
    return _ByGrid(grid)


class _ByPairs:
    """Asks the checks alone, without their verdicts, and those that refuse for little first."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self._rules = cache(self._list_rules)
        self._refusing = cache(self._find_refusing)
        self.is_eligible = cache(self._judge)

    def fails_only(self, offer: int, code: str) -> list[int]:
        return [need for need, rule in self._refusing(offer).items() if rule == code]

    def _list_rules(self, offer: int) -> tuple[Rule, ...]:
        """Return the rules that an offer is held to."""
        on, left_out = self._sides.on, self._sides.left_out[offer]
        return tuple(
            rule for rule in _by_effort() if rule.code not in left_out and rule.is_in_force(on)
        )

    def _find_refusing(self, offer: int) -> dict[int, str]:
        """Return the needs that just one rule refuses, each with that rule."""
        needs = range(len(self._sides.asking))
        found = {need: self._failed_rules(need, offer, enough=2) for need in needs}
        return {need: rules[0] for need, rules in found.items() if len(rules) == 1}

    def _failed_rules(self, need: int, offer: int, enough: int) -> list[str]:
        pair = self._sides.pair(need, offer)
        failing = (
            rule.code for rule in self._rules(offer) if rule.check(pair).outcome is Outcome.NOT_MET
        )
        return list(islice(failing, enough))

    def _judge(self, need: int, offer: int) -> bool:
        pair = self._sides.pair(need, offer)
        return not any(rule.check(pair).outcome in _STOPPING for rule in self._rules(offer))


@lru_cache(maxsize=1)
def _by_effort() -> tuple[Rule, ...]:
    """Return all rules, by how much their comparison takes: sums and conversions come last."""
    efforts = (Shape.MEMBERSHIP, Shape.ORDER, Shape.COMPOSED, Shape.RANGE)
    return tuple(sorted(load_rules().values(), key=lambda rule: efforts.index(rule.shape)))


class _ByGrid:
    def __init__(self, grid: "Grid") -> None:
        self._grid = grid

    def fails_only(self, offer: int, code: str) -> list[int]:
        if code not in self._grid.codes:
            return []
        return [int(need) for need in self._grid.fails_only(offer, code)]

    def is_eligible(self, need: int, offer: int) -> bool:
        return self._grid.outcome(need, offer) is PairOutcome.ELIGIBLE
