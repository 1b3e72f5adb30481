"""What was found of a pair: values to be stored, never sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from search.codes import Outcome, PairOutcome
from search.eligibility.rule import key_of

LEFT_OUT = "left_out"
"""The variant of a verdict on a rule that the offer's programme leaves out."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A person's decision that one rule shall not count for one pair, perhaps until a day."""

    rule: str
    until: date | None = None

    def holds(self, on: date) -> bool:
        return self.until is None or on <= self.until


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says of one pair. `values` fill the gaps of its sentence, and are JSON-able.

    A waived verdict keeps its outcome but does not count.
    """

    rule: str
    outcome: Outcome
    variant: str = ""
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    waived: bool = False

    @property
    def key(self) -> str:
        """The key of its sentence in the rule."""
        return key_of(self.outcome, self.variant)

    def to_record(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "outcome": str(self.outcome),
            "variant": self.variant,
            "values": dict(self.values),
            "waived": self.waived,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        return cls(**{**record, "outcome": Outcome(record["outcome"])})


@dataclass(frozen=True, slots=True)
class Assessment:
    """All verdicts on a pair, in the order of the catalogue, and what they say together."""

    verdicts: tuple[Verdict, ...]

    @property
    def outcome(self) -> PairOutcome:
        outcomes = {verdict.outcome for verdict in self.verdicts if not verdict.waived}
        if Outcome.NOT_MET in outcomes:
            return PairOutcome.NOT_ELIGIBLE
        if Outcome.NEEDS_INFORMATION in outcomes:
            return PairOutcome.NEEDS_INFORMATION
        return PairOutcome.ELIGIBLE

    def of_outcome(self, outcome: Outcome) -> tuple[Verdict, ...]:
        """Return the verdicts of one outcome that count."""
        return tuple(v for v in self.verdicts if v.outcome is outcome and not v.waived)

    def to_record(self) -> dict[str, Any]:
        return {
            "outcome": str(self.outcome),
            "verdicts": [verdict.to_record() for verdict in self.verdicts],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        return cls(tuple(Verdict.from_record(each) for each in record["verdicts"]))
