"""Needs: what organisations lack, with amounts and days in clear and texts guarded."""

from datetime import date
from typing import ClassVar

from sqlalchemy import BigInteger, Date, Integer, String
from sqlmodel import Field

from registry.domain.identifiers import new_id
from registry.privacy.ciphertext import Ciphertext
from registry.storage.amounts import amount_field, amount_map_field
from registry.storage.base import Row
from registry.storage.columns import (
    guarded_field,
    id_field,
    lookup_field,
    open_field,
    open_list,
    reference_field,
    version_column,
)
from search.money import Money, Quantity

_version = version_column()


class Need(Row, table=True):
    """A need; guarded by the key of its organisation.

    `amount_base` is the amount asked for in hundredths of the base currency, for filters and
    sorting only; it is absent where there is no rate.
    """

    __tablename__ = "need"
    __mapper_args__: ClassVar = {"version_id_col": _version}

    OPEN_FIELDS: ClassVar[tuple[str, ...]] = (
        "category",
        "country",
        "breakdown",
        "amount_requested",
        "quantity",
        "asks_for",
        "minimum_useful",
        "needed_by",
        "useful_until",
        "months_covered",
        "minimum_months",
        "recurrence",
        "urgency",
        "readers",
        "status",
    )
    GUARDED_FIELDS: ClassVar[tuple[str, ...]] = ("external_id", "title", "summary", "situation")
    CODED_FIELDS: ClassVar[tuple[str, ...]] = (
        "language",
        "serves",
        "channels",
        "publicity_accepted",
        "reporting_accepted",
        "target_groups",
    )

    id: str = id_field()
    version: int | None = Field(default=None, sa_column=_version)
    organisation_id: str = reference_field("organisation.id")
    category: str = open_field(String(64), nullable=False, index=True)
    country: str = open_field(String(2), nullable=False, index=True)
    amount_requested: Money | None = amount_field()
    amount_base: int | None = open_field(BigInteger, index=True)
    quantity: Quantity | None = amount_field()
    asks_for: list[str] | None = open_list()
    minimum_useful: Money | Quantity | None = amount_field()
    breakdown: dict[str, Money | Quantity] | None = amount_map_field()
    needed_by: date | None = open_field(Date, index=True)
    useful_until: date | None = open_field(Date)
    months_covered: int | None = open_field(Integer)
    minimum_months: int | None = open_field(Integer)
    recurrence: str | None = open_field(String(16))
    urgency: str | None = open_field(String(16), index=True)
    urgency_confirmed: str | None = open_field(String(16), index=True)
    readers: list[str] | None = open_list()
    status: str = open_field(String(16), default="draft", nullable=False, index=True)
    closed_on: date | None = open_field(Date)
    created_on: date = open_field(Date, nullable=False)
    external_id: Ciphertext | None = guarded_field()
    external_id_hash: bytes | None = lookup_field(unique=True)
    title: Ciphertext | None = guarded_field()
    summary: Ciphertext | None = guarded_field()
    situation: Ciphertext | None = guarded_field()
    coded: Ciphertext | None = guarded_field()
    readable_hash: bytes | None = lookup_field()

    @property
    def key_owner(self) -> str:
        return self.organisation_id


def new_need(organisation_id: str, created_on: date) -> Need:
    """Make a need of an organisation, with its id."""
    return Need(id=new_id(), organisation_id=organisation_id, created_on=created_on)
