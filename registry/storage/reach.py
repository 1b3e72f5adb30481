"""What stored matches say about a party once a day, and which questions a party will not answer.

Who lacks which fact is guarded; how many pairs wait for a decision of officers is open, as the
matches that it counts are.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Date, ForeignKey, Integer, String
from sqlmodel import Field, col, select

from registry.domain.identifiers import new_id
from registry.privacy.ciphertext import Ciphertext
from registry.storage.base import Row
from registry.storage.columns import OPEN, guarded_field, id_field, open_field
from registry.storage.database import RegistrySession


def _party_field(target: str) -> Any:
    """Declare the one row of a party, which goes with it."""
    column: Column[str] = Column(
        String(32), ForeignKey(target, ondelete="CASCADE"), unique=True, info=OPEN
    )
    return Field(default=None, sa_column=column)


class Reach(Row, table=True):
    """What a day's count found for one party; guarded by its key.

    `pairs_waiting` is how many of its pairs wait for something that officers decide. `counts` is
    `{"unlocks": {"<record id> <question>": [shown, parties]},
    "in_sight": {"<record id> <question>": [shown, parties]},
    "offers": {"<offer id>": [shown, parties]},
    "relaxed": {"<offer id> <rule> <measure>": [shown, parties]},
    "limits": {"<need id> <rule>": [shown, parties]},
    "limits_in_sight": {"<need id> <rule>": [shown, parties]},
    "gone": {"<one of these> <its key>": [shown, parties, the day it went]},
    "officers": {"<question>": [waiting, waiting for nothing else]}}`; where the party may be told
    nothing, `officers` stands alone, and it is left out where nothing waits. `parties` is how many
    stood behind a number when what is shown was set.
    """

    __tablename__ = "reach"

    id: str = id_field()
    organisation_id: str | None = _party_field("organisation.id")
    donor_id: str | None = _party_field("donor.id")
    day: date = open_field(Date, nullable=False)
    pairs_waiting: int = open_field(Integer, default=0, nullable=False, index=True)
    counts: Ciphertext | None = guarded_field()

    @property
    def key_owner(self) -> str:
        return self.organisation_id or self.donor_id or ""


class Withheld(Row, table=True):
    """The questions that one party would rather not answer; guarded by its key.

    `questions` is `{"<record id>": ["<question>", ...]}`.
    """

    __tablename__ = "withheld"

    id: str = id_field()
    organisation_id: str | None = _party_field("organisation.id")
    donor_id: str | None = _party_field("donor.id")
    questions: Ciphertext | None = guarded_field()

    @property
    def key_owner(self) -> str:
        return self.organisation_id or self.donor_id or ""


@dataclass(frozen=True, slots=True)
class PartyId:
    """One organisation or one donor."""

    organisation_id: str | None = None
    donor_id: str | None = None


def find_reach(session: RegistrySession, party: PartyId) -> Reach | None:
    """Return the last count for a party; None before its first one."""
    statement = select(Reach).where(
        col(Reach.organisation_id) == party.organisation_id, col(Reach.donor_id) == party.donor_id
    )
    return session.exec(statement).first()


def new_reach(party: PartyId) -> Reach:
    """Make the row of a party, with its id; its day is still to be set."""
    return Reach(id=new_id(), organisation_id=party.organisation_id, donor_id=party.donor_id)


def find_withheld(session: RegistrySession, party: PartyId) -> Withheld | None:
    """Return what a party would rather not say; None where it never said so."""
    statement = select(Withheld).where(
        col(Withheld.organisation_id) == party.organisation_id,
        col(Withheld.donor_id) == party.donor_id,
    )
    return session.exec(statement).first()


def new_withheld(party: PartyId) -> Withheld:
    """Make the row of a party, with its id."""
    return Withheld(id=new_id(), organisation_id=party.organisation_id, donor_id=party.donor_id)
