"""A need beside an offer: the assessment by rules and the score, to be stored and replayed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from search.codes import PairOutcome
from search.eligibility.engine import assess_pair
from search.eligibility.pair import Pair
from search.eligibility.verdict import Assessment, Waiver
from search.matching.memory import Memory
from search.matching.score import Score, score_pair
from search.matching.weights import Weights


@dataclass(frozen=True, slots=True)
class Pairing:
    """What rules and score say of one pair on one day. Rules decide; the score only ranks."""

    assessment: Assessment
    score: Score

    @property
    def outcome(self) -> PairOutcome:
        return self.assessment.outcome

    def to_record(self) -> dict[str, Any]:
        """Write what a match keeps beside its facts: verdicts, parts and versions."""
        return {**self.assessment.to_record(), **self.score.to_record()}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        return cls(Assessment.from_record(record), Score.from_record(record))


def examine(
    pair: Pair,
    affinity: float | None = None,
    *,
    waivers: Iterable[Waiver] = (),
    weights: Weights | None = None,
    left_out: frozenset[str] = frozenset(),
    memory: Memory | None = None,
) -> Pairing:
    """Judge and score one pair; see `assess` and `score_pair` for what they raise.

    `weights` and the rules `left_out` are those of the offer's programme; without them the house's
    own weights count, and every rule. With a `memory` the same is found in less time, where many
    pairs of one day are examined.
    """
    if memory is None:
        assessment = assess_pair(pair, waivers, left_out)
        return Pairing(assessment, score_pair(pair, assessment, affinity, weights))
    assessment = memory.assess(pair, waivers, left_out)
    return Pairing(assessment, score_pair(pair, assessment, affinity, weights, memory.measure_all))
