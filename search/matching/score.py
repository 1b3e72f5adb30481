"""The score of a judged pair: its parts, how much was known, and the proposed amount."""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, Self

from search.codes import Outcome
from search.eligibility.award import Bound, as_offered, measure_award
from search.eligibility.pair import Pair
from search.eligibility.verdict import Assessment
from search.matching import parts as folder
from search.matching.part import Measured, Part, Prospect
from search.matching.weights import Weights, load_weights
from search.money import Amount, read_amount

Measuring = Callable[[Prospect], dict[str, Measured]]

_DECIMALS = 4
_STEPS = 10_000


@lru_cache(maxsize=1)
def load_parts() -> Mapping[str, Part]:
    """Return the parts of the score by code: whatever lies in the folder `parts/`."""
    names = sorted(module.name for module in pkgutil.iter_modules(folder.__path__))
    found: list[Part] = [import_module(f"{folder.__name__}.{name}").PART for name in names]
    return {part.code: part for part in found}


@dataclass(frozen=True, slots=True)
class ProposedAmount:
    """What to propose, in the offer's measure, and which bound keeps it from being more."""

    amount: Amount
    bound: Bound

    def to_record(self) -> dict[str, Any]:
        return {"amount": self.amount.to_record(), "bound": str(self.bound)}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        return cls(read_amount(record["amount"]), Bound(record["bound"]))


@dataclass(frozen=True, slots=True)
class Score:
    """`value` and `confidence` are 0 to 1, and separate: how good, and how much was known."""

    value: float
    confidence: float
    parts: Mapping[str, Measured]
    weights_version: str
    proposed: ProposedAmount | None

    def to_record(self) -> dict[str, Any]:
        return {
            "score": self.value,
            "confidence": self.confidence,
            "parts": {code: measured.to_record() for code, measured in self.parts.items()},
            "weights_version": self.weights_version,
            "proposed": self.proposed.to_record() if self.proposed else None,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        proposed = record["proposed"]
        return cls(
            value=record["score"],
            confidence=record["confidence"],
            parts={code: Measured.from_record(each) for code, each in record["parts"].items()},
            weights_version=record["weights_version"],
            proposed=ProposedAmount.from_record(proposed) if proposed else None,
        )


def score_pair(
    pair: Pair,
    assessment: Assessment,
    affinity: float | None = None,
    weights: Weights | None = None,
    measuring: Measuring | None = None,
) -> Score:
    """Score a judged pair, eligible or not. `affinity` of the texts is 0 to 1, None without.

    `measuring` stands in for `measure_all`, and says the same.

    Raises:
        ValueError: the affinity is not between 0 and 1.
    """
    chosen = weights or load_weights()
    prospect = Prospect(pair, assessment, measure_award(pair), affinity, chosen)
    measured = (measuring or measure_all)(prospect)
    return Score(
        value=weigh(measured, chosen),
        confidence=measure_confidence(assessment, measured),
        parts=measured,
        weights_version=chosen.version,
        proposed=propose_amount(prospect),
    )


def measure_all(prospect: Prospect) -> dict[str, Measured]:
    """Measure every part of the score of a pair, by code."""
    return {code: part.measure(prospect) for code, part in load_parts().items()}


def weigh(measured: Mapping[str, Measured], weights: Weights) -> float:
    """Return the weighted mean of the parts, to four decimals, halves to the even one.

    Reckoned in whole numbers (weights in hundredths), so that anyone who adds up what is shown
    gets the same, and so do all pairs at once (`search.matching.bulk`).
    """
    counts = {code: in_hundredths(weights.of_parts[code]) for code in measured}
    total = sum(count * round(measured[code].value * _STEPS) for code, count in counts.items())
    return _divide(total, sum(counts.values())) / _STEPS


def _divide(total: int, count: int) -> int:
    """Divide whole numbers (none negative), halves to the even one."""
    whole, rest = divmod(total, count)
    return whole + (2 * rest > count or (2 * rest == count and whole % 2 == 1))


def in_hundredths(weight: float) -> int:
    """Return a weight as it counts: in whole hundredths."""
    return round(weight * 100)


def measure_confidence(assessment: Assessment, measured: Mapping[str, Measured]) -> float:
    """Return the share of rules in force and parts for which nothing was missing."""
    rules = [
        verdict.outcome is not Outcome.NEEDS_INFORMATION
        for verdict in assessment.verdicts
        if verdict.outcome is not Outcome.NOT_IN_FORCE
    ]
    known = [*rules, *(each.known for each in measured.values() if each.known is not None)]
    return round(sum(known) / len(known), _DECIMALS)


def propose_amount(prospect: Prospect) -> ProposedAmount | None:
    """Propose the largest award that is possible; None while the ask is not known, or for none."""
    award, binding = prospect.award, prospect.award.binding
    if binding is None or not prospect.pair.instrument_fits:
        return None
    if binding[1] < max(award.least, award.minimum or 0, 1):
        return None
    return ProposedAmount(as_offered(prospect.pair, binding[1]), binding[0])
