"""What changed in a match when it was judged anew: what officers read of a week."""

from datetime import date

from sqlalchemy import Date, Integer, UniqueConstraint
from sqlmodel import col, delete

from registry.privacy.ciphertext import Ciphertext
from registry.storage.base import Row
from registry.storage.columns import guarded_field, id_field, open_field, reference_field
from registry.storage.database import RegistrySession


class MatchChange(Row, table=True):
    """One judging that said something else than the one before; guarded by the organisation's key.

    `what` is what `note_change` writes. `sequence` orders the changes of one match.
    """

    __tablename__ = "match_change"
    __table_args__ = (UniqueConstraint("match_id", "sequence"),)

    id: str = id_field()
    match_id: str = reference_field("match.id")
    organisation_id: str = reference_field("organisation.id")
    sequence: int = open_field(Integer, nullable=False)
    day: date = open_field(Date, nullable=False, index=True)
    what: Ciphertext | None = guarded_field()

    @property
    def key_owner(self) -> str:
        return self.organisation_id


def delete_changes_before(session: RegistrySession, day: date) -> int:
    """Forget what changed before a day; return how many changes that were."""
    gone = session.exec(delete(MatchChange).where(col(MatchChange.day) < day))
    return int(gone.rowcount)
