"""One named change of a fact, in values for machines and in a sentence for people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from search.codes import Party
from search.eligibility.catalogue import load_rules
from search.eligibility.facts import as_written
from search.eligibility.pair import Pair
from search.eligibility.sentences import question, remedy
from search.eligibility.verdict import Verdict
from search.eligibility.way import Way, set_facts, whose_fact
from search.eligibility.words import Labels


@dataclass(frozen=True, slots=True)
class Change:
    """A fact (`way.path`) that is to have another value, because of a rule's `verdict`.

    `is_answer`: the rule only waits for an answer, and this one would do. `instead` are single
    changes of other facts that would do just as well in its place.
    """

    way: Way
    was: Any
    verdict: Verdict
    is_answer: bool
    instead: tuple["Change", ...] = field(default=(), repr=False)

    @property
    def rule(self) -> str:
        return self.verdict.rule

    @property
    def who(self) -> Party:
        """Who can set the fact: `organisation`, `donor` or `officer`."""
        return whose_fact(self.way.path)

    def to_record(self) -> dict[str, Any]:
        """Return `record field from to rule who is_answer`; values as import files spell them."""
        record, name = self.way.path.split(".")
        return {
            "record": record,
            "field": name,
            "from": None if self.was is None else as_written(self.was),
            "to": as_written(self.way.to),
            "rule": self.rule,
            "who": str(self.who),
            "is_answer": self.is_answer,
        }


@dataclass(frozen=True, slots=True)
class Smallest:
    """The smallest set of facts that would have to be others, by which a pair becomes eligible.

    `changes` change what stands; `answers` say what nobody has said yet. `beyond` are the
    verdicts that no change of facts can turn, so that a person decides; where there is one, the
    pair does not become eligible by the others alone.
    """

    changes: tuple[Change, ...]
    answers: tuple[Change, ...]
    beyond: tuple[Verdict, ...]

    @property
    def facts(self) -> dict[str, Any]:
        """All of it by "record.field", as `set_facts` takes it."""
        return {each.way.path: each.way.to for each in (*self.changes, *self.answers)}

    def apply(self, pair: Pair) -> Pair:
        """Return the pair as it would be."""
        return set_facts(pair, self.facts)


def say_change(change: Change, language: str, labels: Labels) -> str:
    """Say a change in the reader's language; an answer is asked for by its rule's question."""
    verdict = change.verdict
    if change.is_answer and (asked := question(verdict, language, labels)):
        return asked
    words = load_rules()[change.rule].changes.get(change.way.key)
    if words is not None:
        return words.fill(_gaps(change), language, labels)
    said = remedy(verdict, language, labels) or question(verdict, language, labels)
    return said or ""


def explain_change(change: Change, language: str, labels: Labels) -> dict[str, Any]:
    """Return `Change.to_record` with its `sentence`, and the same of each `instead`."""
    return {
        **change.to_record(),
        "sentence": say_change(change, language, labels),
        "instead": [explain_change(each, language, labels) for each in change.instead],
    }


def _gaps(change: Change) -> dict[str, Any]:
    was, to = change.was, change.way.to
    values: dict[str, Any] = {"was": _plain(was), "to": _plain(to), **change.way.values}
    if isinstance(to, tuple):
        values["added"] = _missing(to, was or ())
        values["removed"] = _missing(was or (), to)
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, date) or hasattr(value, "to_record"):
        return as_written(value)
    return value


def _missing(values: Iterable[Any], among: Iterable[Any]) -> list[str]:
    known = set(among)
    return [str(each) for each in values if each not in known]


def facts_key(facts: Mapping[str, Any]) -> str:
    """Name a set of facts so that equal ones have the same name."""
    return repr(sorted((path, repr(as_written(to))) for path, to in facts.items()))
