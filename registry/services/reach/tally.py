"""One party's count of a day, while it is being counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from registry.domain.disclosure import SMALL

MEASURES = ("newly_eligible", "competitive", "net")
"""The numbers of one relaxed rule, each a part of the one before; all are told, or none."""


@dataclass(slots=True)
class Crowd:
    """Pairs, and the parties on the other side of them."""

    pairs: int = 0
    others: set[str] = field(default_factory=set)

    def add(self, other: str) -> None:
        """Count one more pair with this other party."""
        self.pairs += 1
        self.others.add(other)

    @property
    def number(self) -> int:
        """How many pairs; none where so few parties stand behind them that it tells of one."""
        return self.pairs if len(self.others) >= SMALL else 0


@dataclass(slots=True)
class Tally:
    """What was counted of one party; see `registry.storage.reach.Reach` for the keys.

    `unlocks` counts for a question the pairs that wait for answers of this party alone (for an
    organisation, those with offers that it cannot read; `in_sight` those that it can), `offers`
    the needs that an offer reaches, `relaxed` the needs that an offer would gain without one of its
    limits, `limits` the donors whose offers would fit a need without one of its own (and
    `limits_in_sight` those whose offers it can read), `waiting` and `alone` the pairs in which a
    question of officers is open, and those that wait for nothing but officers.
    """

    unlocks: dict[str, Crowd] = field(default_factory=lambda: defaultdict(Crowd))
    in_sight: dict[str, Crowd] = field(default_factory=lambda: defaultdict(Crowd))
    offers: dict[str, Crowd] = field(default_factory=lambda: defaultdict(Crowd))
    relaxed: dict[str, Crowd] = field(default_factory=lambda: defaultdict(Crowd))
    limits: dict[str, int] = field(default_factory=dict)
    limits_in_sight: dict[str, int] = field(default_factory=dict)
    waiting: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    pairs_waiting: int = 0

    def wait_for_officers(self, questions: Iterable[str], *, alone: bool) -> None:
        """Count a pair in which officers have to decide these questions about the party."""
        asked = list(questions)
        self.pairs_waiting += bool(asked)
        self.waiting.update(asked)
        if alone:
            self.alone.update(asked)


def key_of(record_id: str, question: str) -> str:
    """Name a question about a record in a party's counts."""
    return f"{record_id} {question}"


def relaxed_key(offer_id: str, rule: str, measure: str) -> str:
    """Name one of the numbers of a relaxed rule in a donor's counts."""
    return f"{key_of(offer_id, rule)} {measure}"
