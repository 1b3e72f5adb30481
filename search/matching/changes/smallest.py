"""The smallest set of changes by which a pair becomes eligible: found by trying, not by guessing.

Rules that share no fact that can be changed are settled apart from each other. Within a group,
sets of facts are tried from the smallest on: fewest changes first, then fewest answers, then in
the order in which rules name their ways. Every set that is returned has been judged by the rules.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, combinations, count
from typing import Any

from search.codes import Outcome
from search.eligibility.catalogue import load_rules
from search.eligibility.engine import judge
from search.eligibility.pair import Pair
from search.eligibility.rule import Rule
from search.eligibility.verdict import Verdict
from search.eligibility.way import Way, read_fact, set_facts
from search.matching.changes.change import Change, Smallest, facts_key

MOST_TRIED = 4_000
"""Sets of facts that are tried for one group of rules before it is left to people."""

_STANDING = (Outcome.NOT_MET, Outcome.NEEDS_INFORMATION)
Steps = Mapping[str, Change]
"""What has been set so far, by path."""


def find_smallest(pair: Pair, excused: Iterable[str] = ()) -> Smallest:
    """Find what would make a pair eligible; nothing where it is.

    `excused` are rules that do not count: waived ones, and those that a programme leaves out.
    """
    skipped = frozenset(excused)
    rules = [rule for code, rule in load_rules().items() if code not in skipped]
    found: dict[str, Change] = {}
    beyond: list[Verdict] = []
    for group in group_rules(tuple(rules)):
        steps, left = _Group(pair, group).settle()
        found |= steps
        beyond += left
    changes = tuple(found.values())
    return Smallest(
        changes=tuple(each for each in changes if not each.is_answer),
        answers=tuple(each for each in changes if each.is_answer),
        beyond=tuple(beyond),
    )


def group_rules(rules: tuple[Rule, ...]) -> list[tuple[Rule, ...]]:
    """Put rules together that one change can concern, what looks at the fewest facts first."""
    groups: list[list[Rule]] = []
    for rule in rules:
        joined = [group for group in groups if any(_share_a_fact(rule, each) for each in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([rule, *(each for group in joined for each in group)])
    ordered = [tuple(sorted(group, key=lambda rule: len(rule.reads))) for group in groups]
    return sorted(ordered, key=lambda group: min(rule.code for rule in group))


def _share_a_fact(one: Rule, other: Rule) -> bool:
    return bool(one.changeable & other.reads or other.changeable & one.reads)


@dataclass(frozen=True, slots=True)
class _Group:
    """Rules that hang together, beside one pair."""

    pair: Pair
    rules: tuple[Rule, ...]

    def settle(self) -> tuple[Steps, list[Verdict]]:
        """Return the smallest changes, and the verdicts that none of them turns."""
        steps, standing = self.search(), list(self._standing({}))
        if steps is not None:
            return self.tighten(steps), []
        for left in chain.from_iterable(
            combinations(standing, size) for size in range(1, len(standing))
        ):
            others = self._without({verdict.rule for verdict in left})
            steps = others.search()
            if steps is not None:
                return others.tighten(steps), list(left)
        return {}, standing

    def _without(self, rules: set[str]) -> "_Group":
        return _Group(self.pair, tuple(rule for rule in self.rules if rule.code not in rules))

    def _standing(self, steps: Steps) -> Iterator[Verdict]:
        """Judge the pair as it would be: what is not met or open, in the order of the group."""
        pair = self._as_would_be(steps)
        verdicts = (judge(rule, pair) for rule in self.rules)
        return (verdict for verdict in verdicts if verdict.outcome in _STANDING)

    def _as_would_be(self, steps: Steps) -> Pair:
        return set_facts(self.pair, {path: each.way.to for path, each in steps.items()})

    def search(self) -> Steps | None:
        """Try sets of facts, cheapest first; None where none of them helps."""
        order, tried = count(), {facts_key({})}
        waiting: list[tuple[tuple[int, int], int, Steps]] = [((0, 0), next(order), {})]
        while waiting:
            _, _, steps = heapq.heappop(waiting)
            standing = next(self._standing(steps), None)
            if standing is None:
                return steps
            for further in self._further(steps, standing):
                key = facts_key({path: each.way.to for path, each in further.items()})
                if key not in tried and len(tried) < MOST_TRIED:
                    tried.add(key)
                    heapq.heappush(waiting, (_cost(further), next(order), further))
        return None

    def _further(self, steps: Steps, verdict: Verdict) -> Iterator[Steps]:
        """Set one fact more (or set one anew) by each way that the rule names."""
        for way in self._ways(steps, verdict):
            yield {**steps, way.path: self._step(steps, way, verdict)}

    def _ways(self, steps: Steps, verdict: Verdict) -> Iterator[Way]:
        rule = next(each for each in self.rules if each.code == verdict.rule)
        return iter(rule.ways(self._as_would_be(steps)))

    def _step(self, steps: Steps, way: Way, verdict: Verdict) -> Change:
        before = steps.get(way.path)
        is_open = verdict.outcome is Outcome.NEEDS_INFORMATION
        return Change(
            way=way,
            was=read_fact(self.pair, way.path),
            verdict=verdict,
            is_answer=before.is_answer if before else is_open,
        )

    def tighten(self, steps: Steps) -> Steps:
        """Make every change as small as the others allow, and find what would do instead."""
        found = dict(steps)
        for path, change in steps.items():
            if change.is_answer:
                continue
            others = {other: each for other, each in found.items() if other != path}
            single = list(self._single(others))
            same = [each for each in single if each.way.path == path]
            rest = {each.way.path: each for each in reversed(single) if each.way.path != path}
            chosen = same[0] if same else change
            found[path] = replace(chosen, instead=tuple(reversed(rest.values())))
        return found

    def _single(self, others: Steps) -> Iterator[Change]:
        """Find each single change that, with the others, leaves nothing standing."""
        for verdict in self._standing(others):
            for way in self._ways(others, verdict):
                step = self._step(others, way, verdict)
                if way.path not in others and self._settles({**others, way.path: step}):
                    yield step

    def _settles(self, steps: Steps) -> bool:
        return next(self._standing(steps), None) is None


def _cost(steps: Steps) -> tuple[int, int]:
    answers = sum(each.is_answer for each in steps.values())
    return len(steps) - answers, answers


def excused_rules(verdicts: Iterable[Verdict]) -> frozenset[str]:
    """Return the rules that do not count for a pair: waived, or not applied to it."""
    return frozenset(
        verdict.rule
        for verdict in verdicts
        if verdict.waived or verdict.outcome is Outcome.NOT_IN_FORCE
    )


def facts_after(pair: Pair, smallest: Smallest) -> dict[str, dict[str, Any]]:
    """Write the facts as they would be, in the shape of `registry match assess`."""
    after = smallest.apply(pair)
    return {
        "need": after.need.to_record(),
        "organisation": after.organisation.to_record(),
        "offer": after.offer.to_record(),
    }
