"""What a rule is: a declaration that people can read and a check that is a plain function.

A check reads the facts that its rule names in `reads`, and nothing else: no clock, no file, no
state. It takes a list for a set: the order of its entries means nothing. So the same declaration
judges one pair with its sentences, and is compiled over encoded columns for all pairs at once;
`shape` says what kind of comparison that is, and `compiled` how, where `reads` does not suffice.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from search.codes import Outcome, Party
from search.eligibility.compiled import Compiled
from search.eligibility.pair import Pair
from search.eligibility.way import Way
from search.eligibility.words import Words
from search.money import Money, Quantity


class Shape(StrEnum):
    """How a rule compares: needed to compile it for many pairs at once."""

    MEMBERSHIP = "membership"
    ORDER = "order"
    RANGE = "range"
    COMPOSED = "composed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: an outcome, which wording of it, and the values for its gaps."""

    outcome: Outcome
    variant: str
    values: Mapping[str, Any]


def key_of(outcome: Outcome, variant: str) -> str:
    """Name the sentence of an outcome: `met`, or `met.variant`."""
    return f"{outcome}.{variant}" if variant else str(outcome)


def met(variant: str = "", **values: object) -> Finding:
    return Finding(Outcome.MET, variant, _plain_values(values))


def not_met(variant: str = "", **values: object) -> Finding:
    return Finding(Outcome.NOT_MET, variant, _plain_values(values))


def unknown(variant: str = "", **values: object) -> Finding:
    """Find that information is needed; the rule's question of that variant asks for it."""
    return Finding(Outcome.NEEDS_INFORMATION, variant, _plain_values(values))


def _plain_values(values: Mapping[str, object]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> object:
    """Turn a fact into what JSON can hold, so that a stored verdict reads back the same."""
    if isinstance(value, Money | Quantity):
        return value.to_record()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, str):
        return str(value)
    return value


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask, and whom, so that an open rule can be decided.

    `answers` names the fields in which the one who is asked can answer, as `need.channels`; it
    is empty where no field holds the answer, so that officers have to find out and decide.
    """

    whom: Party
    words: Words
    answers: tuple[str, ...] = ()


def no_ways(_: Pair) -> tuple[Way, ...]:
    """Name no change: nobody can change the facts, or a person has to judge which."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of eligibility.

    `sentences` has a key per outcome and variant (`met`, `not_met.closed`); `remedies` says for
    every `not_met` key what would change it, `questions` for every `needs_information` key.

    `ways` names, for a pair of which the rule is not met or open, single facts to set, each alone
    or with others; they are among the facts `changeable`. `changes` says a way in a sentence where
    remedy or question do not say it exactly. A rule without ways leaves it to people.

    `optional` rules keep to a wish of the donor's that a programme may leave out. One that guards
    sums, the law, an exclusion, or the organisation never is.
    """

    code: str
    label: Words
    protects: Party
    reads: frozenset[str]
    shape: Shape
    reference: Words
    check: Callable[[Pair], Finding]
    sentences: Mapping[str, Words]
    remedies: Mapping[str, Words]
    questions: Mapping[str, Question] = field(default_factory=dict)
    changeable: frozenset[str] = frozenset()
    ways: Callable[[Pair], Iterable[Way]] = no_ways
    changes: Mapping[str, Words] = field(default_factory=dict)
    optional: bool = False
    in_force_from: date | None = None
    in_force_to: date | None = None
    compiled: Compiled | None = None

    @property
    def outcomes(self) -> frozenset[Outcome]:
        """The outcomes that the rule can have while it is in force."""
        return frozenset(Outcome(key.partition(".")[0]) for key in self.sentences)

    @property
    def protects_organisation(self) -> bool:
        """Whether only the organisation's own yes can waive the rule."""
        return self.protects in (Party.ORGANISATION, Party.BOTH)

    def is_in_force(self, on: date) -> bool:
        begun = self.in_force_from is None or self.in_force_from <= on
        return begun and (self.in_force_to is None or on <= self.in_force_to)


def facts(text: str) -> frozenset[str]:
    """Name the facts that a check reads: "need.country offer.countries settings.home_countries"."""
    return frozenset(text.split())
