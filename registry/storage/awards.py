"""Awards: what a donor gave to a need after an introduction, and what stays of it in the end."""

from datetime import date

from sqlalchemy import ColumnElement, Date, Integer, String
from sqlmodel import col, select

from registry.domain.identifiers import new_id
from registry.privacy.ciphertext import Ciphertext
from registry.storage.amounts import amount_field
from registry.storage.base import Row
from registry.storage.columns import guarded_field, id_field, open_field, reference_field
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from search.codes import group_of
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


class KeptAward(Row, table=True):
    """What stays of an award whose need or offer is gone: how much, in which month, for what kind.

    `month` is the first day of the month, `category_group` that of the need. While the need or the
    offer is still there, what was given counts for it; nothing leads to who is gone.
    """

    __tablename__ = "kept_award"

    id: str = id_field()
    amount: Money | Quantity = amount_field()
    month: date = open_field(Date, nullable=False)
    category_group: str = open_field(String(32), nullable=False)
    need_id: str | None = reference_field("need.id", nullable=True, outlives=True)
    offer_id: str | None = reference_field("offer.id", nullable=True, outlives=True)


def keep_awards(session: RegistrySession, *where: ColumnElement[bool]) -> None:
    """Keep what stays of the awards that these conditions select, before they go."""
    statement = select(Award, col(Need.category)).join(Need, col(Need.id) == col(Award.need_id))
    for award, category in session.exec(statement.where(*where)).all():
        session.add(
            KeptAward(
                id=new_id(),
                amount=award.amount,
                month=award.awarded_on.replace(day=1),
                category_group=group_of(category),
                need_id=award.need_id,
                offer_id=award.offer_id,
            )
        )
    session.flush()
