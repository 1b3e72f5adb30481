"""Matches: a need and an offer that may fit, what was said of the pair, and its reviews."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, Date, Float, Integer, String, UniqueConstraint
from sqlmodel import Field

from registry.privacy.ciphertext import Ciphertext
from registry.storage.amounts import amount_field
from registry.storage.base import Row
from registry.storage.columns import (
    guarded_field,
    id_field,
    kept_reference_field,
    lookup_field,
    open_field,
    reference_field,
    version_column,
)
from search.money import Money, Quantity

_version = version_column()


class Match(Row, table=True):
    """A pairing; facts, verdicts and parts are guarded by the key of the organisation.

    `facts_hash` tells whether the facts changed since the pair was judged or dismissed.
    `proposed_on` is the day on which the pair was first proposed (empty where that was before it
    was noted). `offered_on` is the day from which the donor sees it, `interested_on` that from
    which the organisation does; both are empty again once the pair is proposed anew. By what it
    was judged say `programme_id`, `programme_number`, `weights_version` and `rules_version`.
    """

    __tablename__ = "match"
    __table_args__ = (UniqueConstraint("need_id", "offer_id"),)
    __mapper_args__: ClassVar = {"version_id_col": _version}

    id: str = id_field()
    version: int | None = Field(default=None, sa_column=_version)
    need_id: str = reference_field("need.id")
    offer_id: str = reference_field("offer.id")
    organisation_id: str = reference_field("organisation.id")
    donor_id: str = reference_field("donor.id")
    state: str = open_field(String(16), default="proposed", nullable=False, index=True)
    outcome: str = open_field(String(24), nullable=False)
    score: float = open_field(Float, nullable=False)
    confidence: float = open_field(Float, nullable=False)
    proposed_amount: Money | Quantity | None = amount_field()
    weights_version: str = open_field(String(32), nullable=False)
    rules_version: str = open_field(String(32), nullable=False)
    programme_id: str | None = kept_reference_field("programme.id")
    programme_number: int = open_field(Integer, default=0, nullable=False)
    assigned_to_id: str | None = reference_field("account.id", nullable=True, outlives=True)
    pinned: bool = open_field(Boolean, default=False, nullable=False)
    forbidden: bool = open_field(Boolean, default=False, nullable=False)
    judged_on: date = open_field(Date, nullable=False)
    moved_on: date = open_field(Date, nullable=False)
    proposed_on: date | None = open_field(Date)
    offered_on: date | None = open_field(Date)
    interested_on: date | None = open_field(Date)
    evidence: Ciphertext | None = guarded_field()
    facts_hash: bytes | None = lookup_field()

    @property
    def key_owner(self) -> str:
        return self.organisation_id


class Review(Row, table=True):
    """One act on a match by a person; `sequence` orders the acts of one match."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("match_id", "sequence"),)

    id: str = id_field()
    match_id: str = reference_field("match.id")
    organisation_id: str = reference_field("organisation.id")
    sequence: int = open_field(Integer, nullable=False)
    kind: str = open_field(String(16), nullable=False)
    by_role: str = open_field(String(16), nullable=False)
    by_account_id: str | None = reference_field("account.id", nullable=True, outlives=True)
    reason_code: str | None = open_field(String(40))
    rule: str | None = open_field(String(40))
    until: date | None = open_field(Date)
    day: date = open_field(Date, nullable=False)
    note: Ciphertext | None = guarded_field()

    @property
    def key_owner(self) -> str:
        return self.organisation_id
