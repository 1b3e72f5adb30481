"""What rules and parts said of pairs, remembered for other pairs of the same day.

A rule, and most parts of the score, look at few facts, and many records share those. A pair in
which the same facts stand, lists in the same order, is found the same to the last value of its
sentence. So `examine` with a memory says what it says without one, in less time.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import TypeVar

from search.eligibility.catalogue import load_rules
from search.eligibility.compiled import ByAwards
from search.eligibility.engine import assess_pair, judge
from search.eligibility.pair import Pair
from search.eligibility.rule import Rule
from search.eligibility.verdict import Assessment, Verdict, Waiver
from search.matching.part import Measured, Part, Prospect
from search.matching.score import load_parts
from search.matching.weights import Weights

MOST_KEPT = 50_000
"""Answers, or sides, of one question; past it they are forgotten, and found anew."""

Seen = tuple[int, int, int]
"""What a question sees of a need, an organisation and an offer, each by a number."""

Answer = TypeVar("Answer")


class Memory:
    """Remembers for one run, on one day, under the same settings; holds the facts it was shown."""

    def __init__(self) -> None:
        self._rules, self._parts = list(load_rules().values()), list(load_parts().values())
        self._judged, self._measured = _Looks(self._rules), _Looks(self._parts)
        self._verdicts: list[dict[Seen, Verdict]] = [{} for _ in self._rules]
        self._weights: list[Weights] = []
        self._values: list[list[dict[Seen, Measured]]] = []

    def assess(
        self, pair: Pair, waivers: Iterable[Waiver] = (), left_out: frozenset[str] = frozenset()
    ) -> Assessment:
        """Judge a pair by every rule; as `search.eligibility.engine.assess_pair`."""
        if waivers or left_out:
            return assess_pair(pair, waivers, left_out)
        asked = zip(self._rules, self._verdicts, self._judged.of(pair), strict=True)
        found = []
        for rule, known, seen in asked:
            verdict = known.get(seen)
            if verdict is None:
                verdict = judge(rule, pair)
                if not isinstance(rule.compiled, ByAwards):  # hardly two pairs share amounts
                    _keep(known, seen, verdict)
            found.append(verdict)
        return Assessment(tuple(found))

    def measure_all(self, prospect: Prospect) -> dict[str, Measured]:
        """Measure every part of the score; as `search.matching.score.measure_all`."""
        values = self._values_by(prospect.weights)
        asked = zip(self._parts, values, self._measured.of(prospect.pair), strict=True)
        found = {}
        for part, known, seen in asked:
            measured = known.get(seen)
            if measured is None:
                measured = part.measure(prospect)
                if part.measure_many is None:  # the others look at more than facts
                    _keep(known, seen, measured)
            found[part.code] = measured
        return found

    def _values_by(self, weights: Weights) -> list[dict[Seen, Measured]]:
        if weights not in self._weights:
            self._weights.append(weights)
            self._values.append([{} for _ in self._parts])
        return self._values[self._weights.index(weights)]


def _keep(known: dict[Seen, Answer], seen: Seen, answer: Answer) -> None:
    if len(known) >= MOST_KEPT:
        known.clear()
    known[seen] = answer


class _Looks:
    """What several questions see of pairs."""

    def __init__(self, questions: Sequence[Rule] | Sequence[Part]) -> None:
        reads = [each.reads for each in questions]
        self._need, self._organisation, self._offer = (
            _Side(side, reads) for side in ("need", "organisation", "offer")
        )

    def of(self, pair: Pair) -> Iterator[Seen]:
        """Return for each question what it sees."""
        return zip(
            self._need.number(pair.need),
            self._organisation.number(pair.organisation),
            self._offer.number(pair.offer),
            strict=True,
        )


class _Side:
    """What questions see of the needs, of the organisations or of the offers."""

    def __init__(self, side: str, reads: Iterable[Iterable[str]]) -> None:
        named = [[fact.partition(".")[::2] for fact in sorted(facts)] for facts in reads]
        self._looks = [[attrgetter(name) for part, name in each if part == side] for each in named]
        self._numbers: dict[Hashable, int] = {}
        self._known: dict[int, tuple[object, tuple[int, ...]]] = {}

    def number(self, facts: object) -> tuple[int, ...]:
        """Return a number for each question; facts that were seen are held, and so their `id`."""
        known = self._known.get(id(facts))
        if known is None:
            known = (facts, tuple(self._find(facts)))
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known[id(facts)] = known
        return known[1]

    def _find(self, facts: object) -> Iterator[int]:
        """Number what each question sees; equal things have one number, whoever sees them."""
        for looks in self._looks:
            seen = tuple(_in_order(look(facts)) for look in looks)
            yield self._numbers.setdefault(seen, len(self._numbers))


def _in_order(fact: object) -> Hashable:
    """Make a fact hashable as it is written: 10 and 10.0 per cent are read differently."""
    if isinstance(fact, Mapping):
        return tuple((key, _in_order(value)) for key, value in fact.items())
    if isinstance(fact, Decimal):
        return str(fact)
    assert isinstance(fact, Hashable)
    return fact
