"""Organisations: who registers needs. What could name one is guarded."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, String
from sqlmodel import Field

from registry.domain.identifiers import new_id
from registry.privacy.ciphertext import Ciphertext
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

_version = version_column()


class Organisation(Row, table=True):
    """An organisation, medium or community; its own id names the key that guards its data."""

    __tablename__ = "organisation"
    __mapper_args__: ClassVar = {"version_id_col": _version}

    OPEN_FIELDS: ClassVar[tuple[str, ...]] = (
        "kind",
        "legal_statuses",
        "base_country",
        "vetting",
        "state",
    )
    GUARDED_FIELDS: ClassVar[tuple[str, ...]] = ("external_id", "handle")
    CODED_FIELDS: ClassVar[tuple[str, ...]] = (
        "operates_in",
        "themes",
        "target_groups",
        "languages",
        "staff_band",
        "active_since",
        "declines_donor_kinds",
        "declines_anonymous",
    )

    id: str = id_field()
    version: int | None = Field(default=None, sa_column=_version)
    kind: str = open_field(String(32), nullable=False)
    legal_statuses: list[str] = open_list()
    base_country: str = open_field(String(2), nullable=False)
    vetting: str = open_field(String(16), default="unverified", nullable=False, index=True)
    vetted_on: date | None = open_field(Date)
    state: str = open_field(String(16), default="active", nullable=False, index=True)
    created_on: date = open_field(Date, nullable=False)
    hosted_by_id: str | None = reference_field("organisation.id", nullable=True, outlives=True)
    registered_by_id: str | None = open_field(String(32), index=True)
    external_id: Ciphertext | None = guarded_field()
    external_id_hash: bytes | None = lookup_field(unique=True)
    handle: Ciphertext | None = guarded_field()
    handle_hash: bytes | None = lookup_field()
    coded: Ciphertext | None = guarded_field()
    readable_hash: bytes | None = lookup_field()
    freeze_code: bytes | None = lookup_field(unique=True)

    @property
    def key_owner(self) -> str:
        return self.id


def new_organisation(created_on: date) -> Organisation:
    """Make an organisation with its id; its data key has to be made before anything is guarded."""
    return Organisation(id=new_id(), created_on=created_on)
