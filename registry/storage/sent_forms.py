"""Forms that make something only once: that they were sent, on which day, and what they showed.

Nothing in a row leads to what was made: the mark is the keyed hash of a random word that stands
in the form alone, with what the form makes and who sends it; what was shown opens only with these.
"""

from datetime import date

from sqlalchemy import Column, Date, LargeBinary
from sqlmodel import Field, col, delete

from registry.storage.base import Row
from registry.storage.columns import GUARDED, open_field
from registry.storage.database import RegistrySession


class SentForm(Row, table=True):
    """One form that was sent. `shown` is empty once its secret was said to be written down."""

    __tablename__ = "sent_form"

    mark: bytes = Field(sa_column=Column(LargeBinary(16), primary_key=True, info=GUARDED))
    sent_on: date = open_field(Date, nullable=False, index=True)
    shown: bytes | None = Field(default=None, sa_column=Column(LargeBinary, info=GUARDED))


def delete_old_sent_forms(session: RegistrySession, before: date) -> None:
    """Delete what is known of forms that were sent before a day."""
    session.exec(delete(SentForm).where(col(SentForm.sent_on) < before))
