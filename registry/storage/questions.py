"""Questions: what somebody asks a party, waiting on that party's page until it answers."""

from datetime import date

from sqlalchemy import Date, String

from registry.privacy.ciphertext import Ciphertext
from registry.storage.base import Row
from registry.storage.columns import guarded_field, id_field, open_field, reference_field


class Question(Row, table=True):
    """A free question about a need, an offer or a match; guarded by the key of the one asked.

    `about_kind` is `need`, `offer`, `match`, `organisation` or `donor`, `about_id` its id.
    `rule_question` names the question of a rule that an officer asked in its own words.
    """

    __tablename__ = "question"

    id: str = id_field()
    about_kind: str = open_field(String(16), nullable=False)
    about_id: str = open_field(String(32), nullable=False, index=True)
    to_role: str = open_field(String(16), nullable=False)
    organisation_id: str | None = reference_field("organisation.id", nullable=True)
    donor_id: str | None = reference_field("donor.id", nullable=True)
    asked_by_id: str | None = reference_field("account.id", nullable=True, outlives=True)
    asked_by_role: str = open_field(String(16), nullable=False)
    state: str = open_field(String(16), default="open", nullable=False, index=True)
    asked_on: date = open_field(Date, nullable=False)
    answered_on: date | None = open_field(Date)
    text: Ciphertext | None = guarded_field()
    rule_question: Ciphertext | None = guarded_field()
    answer: Ciphertext | None = guarded_field()

    @property
    def key_owner(self) -> str:
        return self.organisation_id or self.donor_id or ""
