"""What a part of the score is: a measure from 0 to 1 with its reason, in a file of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from search.eligibility.award import AwardRange
from search.eligibility.pair import Pair
from search.eligibility.verdict import Assessment
from search.eligibility.words import Words
from search.matching.weights import Weights

NEUTRAL = 0.5
"""What counts neither for nor against: the value of what is not known."""
_DECIMALS = 4


@dataclass(frozen=True, slots=True, repr=False)
class Prospect:
    """A judged pair as the parts see it. `affinity` of the texts is 0 to 1, None without text."""

    pair: Pair
    assessment: Assessment
    award: AwardRange
    affinity: float | None
    weights: Weights


@dataclass(frozen=True, slots=True)
class Measured:
    """The value of one part, 0 to 1, and the reason: which sentence, with which values.

    `known` is False where a fact was missing and the value is therefore neutral; None where there
    was nothing to know (a need may well have no text), so that confidence does not fall by it.
    """

    value: float
    variant: str
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    known: bool | None = True

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 1:
            raise ValueError(f"A part of the score lies between 0 and 1, not at {self.value}.")
        object.__setattr__(self, "value", round(self.value, _DECIMALS))

    def to_record(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "variant": self.variant,
            "values": dict(self.values),
            "known": self.known,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        return cls(**record)


def not_known(variant: str = "unknown", **values: Any) -> Measured:
    """Measure what is not known: neutral, and confidence falls."""
    return Measured(NEUTRAL, variant, values, known=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the score; `sentences` has a key per variant that `measure` can return."""

    code: str
    label: Words
    measure: Callable[[Prospect], Measured]
    sentences: Mapping[str, Words]
