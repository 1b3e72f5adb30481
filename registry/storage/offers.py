"""Offers: what donors can give, on which conditions."""

from datetime import date
from typing import ClassVar

from sqlalchemy import JSON, Boolean, Column, Date, Integer, String
from sqlmodel import Field

from registry.domain.identifiers import new_id
from registry.privacy.ciphertext import Ciphertext
from registry.storage.amounts import amount_field
from registry.storage.base import Row
from registry.storage.columns import (
    OPEN,
    guarded_field,
    id_field,
    kept_reference_field,
    lookup_field,
    open_field,
    open_list,
    reference_field,
    version_column,
)
from search.money import Money, Quantity

_version = version_column()


class Offer(Row, table=True):
    """An offer; guarded by the key of its donor. `spent` is what awards took of the budget.

    An offer without a programme belongs to the house's general one.
    """

    __tablename__ = "offer"
    __mapper_args__: ClassVar = {"version_id_col": _version}

    OPEN_FIELDS: ClassVar[tuple[str, ...]] = (
        "instrument",
        "budget",
        "budget_per",
        "min_award",
        "max_award",
        "categories",
        "excluded_categories",
        "category_caps",
        "countries",
        "flexibility",
        "publicity_required",
        "reporting_required",
        "opens_on",
        "closes_on",
        "decision_days",
        "payout_days",
        "max_months",
        "renewable",
        "retroactive",
        "co_funding",
        "reallocation_percent",
        "visibility",
        "status",
    )
    GUARDED_FIELDS: ClassVar[tuple[str, ...]] = ("external_id", "title", "summary")
    CODED_FIELDS: ClassVar[tuple[str, ...]] = (
        "language",
        "base_countries",
        "organisation_kinds",
        "legal_statuses",
        "target_groups",
        "minimum_vetting",
        "channels",
        "languages",
        "min_years_active",
        "excluded_organisations",
    )

    id: str = id_field()
    version: int | None = Field(default=None, sa_column=_version)
    donor_id: str = reference_field("donor.id")
    programme_id: str | None = kept_reference_field("programme.id")
    instrument: str = open_field(String(16), nullable=False)
    flexibility: str = open_field(String(16), nullable=False)
    budget: Money | Quantity = amount_field()
    budget_per: str | None = open_field(String(16))
    spent: Money | Quantity | None = amount_field()
    min_award: Money | Quantity | None = amount_field()
    max_award: Money | Quantity | None = amount_field()
    categories: list[str] | None = open_list()
    excluded_categories: list[str] | None = open_list()
    category_caps: dict[str, str] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), info=OPEN)
    )
    countries: list[str] | None = open_list()
    publicity_required: str | None = open_field(String(16))
    reporting_required: str | None = open_field(String(16))
    opens_on: date | None = open_field(Date)
    closes_on: date | None = open_field(Date, index=True)
    decision_days: int | None = open_field(Integer)
    payout_days: int | None = open_field(Integer)
    max_months: int | None = open_field(Integer)
    renewable: bool | None = open_field(Boolean)
    retroactive: bool | None = open_field(Boolean)
    co_funding: bool | None = open_field(Boolean)
    reallocation_percent: int | None = open_field(Integer)
    visibility: str = open_field(String(16), default="officers", nullable=False, index=True)
    status: str = open_field(String(16), default="draft", nullable=False, index=True)
    closed_on: date | None = open_field(Date)
    created_on: date = open_field(Date, nullable=False)
    external_id: Ciphertext | None = guarded_field()
    external_id_hash: bytes | None = lookup_field(unique=True)
    title: Ciphertext | None = guarded_field()
    summary: Ciphertext | None = guarded_field()
    coded: Ciphertext | None = guarded_field()
    readable_hash: bytes | None = lookup_field()

    @property
    def key_owner(self) -> str:
        return self.donor_id


def new_offer(donor_id: str, created_on: date) -> Offer:
    """Make an offer of a donor, with its id."""
    return Offer(id=new_id(), donor_id=donor_id, created_on=created_on)
