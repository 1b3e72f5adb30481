"""Donors: who offers money, services or things."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, Date, String
from sqlmodel import Field

from registry.domain.identifiers import new_id
from registry.privacy.ciphertext import Ciphertext
from registry.storage.base import Row
from registry.storage.columns import (
    guarded_field,
    id_field,
    lookup_field,
    open_field,
    version_column,
)

_version = version_column()


class Donor(Row, table=True):
    """A donor; its own id names the key that guards its data."""

    __tablename__ = "donor"
    __mapper_args__: ClassVar = {"version_id_col": _version}

    OPEN_FIELDS: ClassVar[tuple[str, ...]] = ("donor_kind", "vetting", "state")
    GUARDED_FIELDS: ClassVar[tuple[str, ...]] = ("external_id", "handle", "intermediary")
    CODED_FIELDS: ClassVar[tuple[str, ...]] = ("languages",)

    id: str = id_field()
    version: int | None = Field(default=None, sa_column=_version)
    donor_kind: str = open_field(String(32), nullable=False)
    vetting: str = open_field(String(16), default="unverified", nullable=False, index=True)
    vetted_on: date | None = open_field(Date)
    state: str = open_field(String(16), default="active", nullable=False, index=True)
    shows_name: bool = open_field(Boolean, default=False, nullable=False)
    created_on: date = open_field(Date, nullable=False)
    registered_by_id: str | None = open_field(String(32), index=True)
    external_id: Ciphertext | None = guarded_field()
    external_id_hash: bytes | None = lookup_field(unique=True)
    handle: Ciphertext | None = guarded_field()
    handle_hash: bytes | None = lookup_field()
    intermediary: Ciphertext | None = guarded_field()
    coded: Ciphertext | None = guarded_field()
    readable_hash: bytes | None = lookup_field()

    @property
    def key_owner(self) -> str:
        return self.id


def new_donor(created_on: date) -> Donor:
    """Make a donor with its id; its data key has to be made before anything is guarded."""
    return Donor(id=new_id(), created_on=created_on)
