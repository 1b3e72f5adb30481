"""What a part of the score is: a measure from 0 to 1 with its reason, in a file of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, Self

from search.eligibility.award import AwardRange
from search.eligibility.pair import Pair
from search.eligibility.verdict import Assessment
from search.eligibility.words import Words
from search.matching.weights import Weights

NEUTRAL = 0.5
"""What counts neither for nor against: the value of what is not known."""
_DECIMALS = 4
_NO_AWARD = AwardRange(None, None, 0, (), lacks_rate=False, rates=())


@dataclass(frozen=True, slots=True, repr=False)
class Prospect:
    """A judged pair as the parts see it. `affinity` of the texts is 0 to 1, None without text."""

    pair: Pair
    assessment: Assessment
    award: AwardRange
    affinity: float | None
    weights: Weights

    @classmethod
    def of_facts(cls, pair: Pair, weights: Weights) -> Self:
        """Return a pair that no rule refuses as those parts see it that look at facts alone."""
        return cls(pair, Assessment(()), _NO_AWARD, None, weights)


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


def not_known() -> Measured:
    """Measure what is not known: neutral, and confidence falls."""
    return Measured(NEUTRAL, "unknown", known=False)


UNKNOWN, KNOWN, NOTHING_TO_KNOW = range(3)
"""`Measured.known` of False, True and None, where many are measured at once."""


class ManyProspects(Protocol):
    """Pairs that no rule refuses, as the parts see many at once: arrays with an entry per pair."""

    @property
    def affinities(self) -> Any:
        """How much the texts have in common, 0 to 1; below 0 without text."""

    def amounts(self) -> tuple[Any, Any, Any]:
        """What can be given, what is asked for in all (at least 1), and whether both are known."""

    def ask(self, reads: frozenset[str], question: Callable[[Pair], bool]) -> Any:
        """Answer a question whose answer depends on these facts alone."""


MeasureMany = Callable[[ManyProspects], tuple[Any, Any]]
"""Many pairs -> their values, 0 to 1, and for each UNKNOWN, KNOWN or NOTHING_TO_KNOW."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the score; `sentences` has a key per variant that `measure` can return.

    `measure` looks at the facts that `reads` names, at the day, the settings and the weights. For
    many pairs it is asked once for every two different sets of these facts. A part that looks at
    more (award, text), or at facts that hardly two pairs share, says with `measure_many` how many
    are measured at once, to the same four decimals.
    """

    code: str
    label: Words
    measure: Callable[[Prospect], Measured]
    sentences: Mapping[str, Words]
    reads: frozenset[str] = frozenset()
    measure_many: MeasureMany | None = None
