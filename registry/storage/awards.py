"""Awards: what a donor gave to a need after an introduction."""

from datetime import date

from sqlalchemy import Date, Integer, String

from registry.privacy.ciphertext import Ciphertext
from registry.storage.amounts import amount_field
from registry.storage.base import Row
from registry.storage.columns import guarded_field, id_field, open_field, reference_field
from search.money import Money, Quantity


class Award(Row, table=True):
    """One award; nothing of it is published without the organisation's own dated consent."""

    __tablename__ = "award"

    id: str = id_field()
    match_id: str = reference_field("match.id", unique=True)
    organisation_id: str = reference_field("organisation.id")
    offer_id: str = reference_field("offer.id")
    need_id: str = reference_field("need.id")
    amount: Money | Quantity = amount_field()
    awarded_on: date = open_field(Date, nullable=False)
    months: int | None = open_field(Integer)
    reallocation_percent: int | None = open_field(Integer)
    decided_by_id: str | None = reference_field("account.id", nullable=True, outlives=True)
    publication_consent: str = open_field(String(16), default="none", nullable=False)
    consented_on: date | None = open_field(Date)
    not_before: date | None = open_field(Date)
    conditions: Ciphertext | None = guarded_field()

    @property
    def key_owner(self) -> str:
        return self.organisation_id
