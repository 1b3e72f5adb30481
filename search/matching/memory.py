"""What rules and parts said of pairs, remembered for other pairs of the same day.

A rule, and most parts of the score, look at few facts, and many records share those. A pair in
which the same facts stand, lists in the same order, is found the same to the last value of its
sentence. So `examine` with a memory says what it says without one, in less time.
"""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any

from search.eligibility.catalogue import load_rules
from search.eligibility.compiled import ByAwards
from search.eligibility.engine import judge
from search.eligibility.pair import Pair
from search.eligibility.rule import Rule
from search.eligibility.verdict import Verdict
from search.matching.part import Measured, Part, Prospect, measure
from search.matching.score import load_parts
from search.matching.weights import Weights

MOST_KEPT = 50_000
"""Answers, or sides, of one question; past it they are forgotten, and found anew."""

Numbers = dict[str, int]
"""Code of a rule or a part -> which of all that it has seen of a side it sees there."""


class Memory:
    """Remembers for one run, on one day, under the same settings; holds the facts it was shown."""

    def __init__(self) -> None:
        self._sides = tuple(_Side(side) for side in ("need", "organisation", "offer"))
        self._weights: list[Weights] = []
        self._answers: dict[str, dict[Hashable, Any]] = {}
        self._pair: Pair | None = None
        self._seen: tuple[Numbers, ...] = ()

    def judge(self, rule: Rule, pair: Pair, waived: bool, left_out: bool) -> Verdict:
        """Judge a pair by one rule; as `search.eligibility.engine.judge`."""
        if waived or left_out or isinstance(rule.compiled, ByAwards):
            return judge(rule, pair, waived, left_out)
        answers, key = self._look(pair, rule.code)
        found: Verdict | None = answers.get(key)
        if found is None:
            found = answers[key] = judge(rule, pair)
        return found

    def measure(self, part: Part, prospect: Prospect) -> Measured:
        """Measure one part of the score; as `search.matching.part.measure`."""
        if part.measure_many is not None:
            return measure(part, prospect)
        answers, seen = self._look(prospect.pair, part.code)
        key = (self._number(prospect.weights), *seen)
        found: Measured | None = answers.get(key)
        if found is None:
            found = answers[key] = measure(part, prospect)
        return found

    def _look(self, pair: Pair, code: str) -> tuple[dict[Hashable, Any], tuple[int, ...]]:
        """Return the answers to a question, and what in this pair it looks at."""
        if pair is not self._pair:
            self._pair = pair
            sides = (pair.need, pair.organisation, pair.offer)
            self._seen = tuple(map(_Side.number, self._sides, sides))
        answers = self._answers.setdefault(code, {})
        if len(answers) >= MOST_KEPT:
            answers.clear()
        need, organisation, offer = self._seen
        return answers, (need[code], organisation[code], offer[code])

    def _number(self, weights: Weights) -> int:
        if weights not in self._weights:
            self._weights.append(weights)
        return self._weights.index(weights)


class _Side:
    """What every question sees of the needs, of the organisations, or of the offers."""

    def __init__(self, side: str) -> None:
        questions: list[Rule | Part] = [*load_rules().values(), *load_parts().values()]
        named = {
            each.code: [fact.partition(".") for fact in sorted(each.reads)] for each in questions
        }
        self._looks = {
            code: [attrgetter(name) for part, _, name in facts if part == side]
            for code, facts in named.items()
        }
        self._numbers: dict[Hashable, int] = {}
        self._known: dict[int, tuple[object, Numbers]] = {}

    def number(self, facts: object) -> Numbers:
        """Return the numbers; facts that were seen are held, so that their `id` stays theirs."""
        known = self._known.get(id(facts))
        if known is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            known = self._known[id(facts)] = (facts, self._find(facts))
        return known[1]

    def _find(self, facts: object) -> Numbers:
        return {
            code: self._numbers.setdefault(
                (code, *(_in_order(look(facts)) for look in looks)), len(self._numbers)
            )
            for code, looks in self._looks.items()
        }


def _in_order(fact: object) -> Hashable:
    """Make a fact hashable as it is written: 10 and 10.0 per cent are read differently."""
    if isinstance(fact, Mapping):
        return tuple((key, _in_order(value)) for key, value in fact.items())
    if isinstance(fact, Decimal):
        return str(fact)
    assert isinstance(fact, Hashable)
    return fact
