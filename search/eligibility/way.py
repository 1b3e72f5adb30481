"""One fact set to another value so that a rule may be met, and how facts are set.

Rules declare their own ways beside their remedies; `search.matching.changes` puts them together
to the smallest set that makes a pair eligible, and proves it by judging the pair again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from search.codes import Party
from search.eligibility.pair import Pair

RECORDS = ("need", "organisation", "offer")
_OFFICERS = frozenset({"offer.donor_vetting", "organisation.vetting"})


@dataclass(frozen=True, slots=True)
class Way:
    """`path` is "record.field", `to` its new value as facts hold it.

    The sentence stands in the rule's `changes` under `path`, or `path.variant`; `values` fill
    gaps beside the ones that every change has (`was`, `to`, `added`, `removed`).
    """

    path: str
    to: Any
    variant: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of its sentence in the rule."""
        return f"{self.path}.{self.variant}" if self.variant else self.path


def read_fact(pair: Pair, path: str) -> Any:
    """Return what a pair holds under "record.field"."""
    record, name = path.split(".")
    return getattr(getattr(pair, record), name)


def set_facts(pair: Pair, facts: Mapping[str, Any]) -> Pair:
    """Return the pair with these facts (by "record.field") in place of its own."""
    changed: dict[str, Any] = {}
    for record in RECORDS:
        prefix = f"{record}."
        fields = {p.removeprefix(prefix): to for p, to in facts.items() if p.startswith(prefix)}
        if fields:
            changed[record] = replace(getattr(pair, record), **fields)
    return replace(pair, **changed)


def whose_fact(path: str) -> Party:
    """Name who can set a fact: the side whose record it is, or an officer for trust."""
    if path in _OFFICERS:
        return Party.OFFICER
    return Party.DONOR if path.startswith("offer.") else Party.ORGANISATION


def with_also(values: Iterable[Any], *more: Any) -> tuple[Any, ...]:
    """Return a list with more in it, each value once."""
    return tuple(dict.fromkeys((*values, *more)))


def without(values: Iterable[Any], *less: Any) -> tuple[Any, ...]:
    """Return a list with some of its values taken out."""
    return tuple(each for each in values if each not in less)
