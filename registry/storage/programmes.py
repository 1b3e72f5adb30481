"""Programmes: how the offers that belong to one are judged, version by version.

A version is never changed once it is written: matches name the one that made them.
"""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, Date, Integer, String, UniqueConstraint
from sqlmodel import Field

from registry.domain.identifiers import new_id
from registry.privacy.ciphertext import Ciphertext
from registry.storage.base import Row
from registry.storage.columns import (
    OPEN,
    guarded_field,
    id_field,
    open_field,
    reference_field,
    version_column,
)

GENERAL = "0" * 31 + "1"
"""The id of the house's own programme, which every offer belongs to that has no other. The
migration that makes the table writes its row."""
AS_SHIPPED = 0
"""The number of a programme of which no version was written: the house's weights, every rule."""

_version = version_column()


class Programme(Row, table=True):
    """A programme; `number` is that of its newest version. Guarded by a key of its own."""

    __tablename__ = "programme"
    __mapper_args__: ClassVar = {"version_id_col": _version}

    id: str = id_field()
    version: int | None = Field(default=None, sa_column=_version)
    number: int = open_field(Integer, default=AS_SHIPPED, nullable=False)
    created_on: date | None = open_field(Date)
    name: Ciphertext | None = guarded_field()

    @property
    def key_owner(self) -> str:
        return self.id


class ProgrammeVersion(Row, table=True):
    """One version of a programme: which rules it leaves out, what parts weigh, by whom and why.

    `base` is the version of the house's weights file that it goes by for all else.
    """

    __tablename__ = "programme_version"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    id: str = id_field()
    programme_id: str = reference_field("programme.id")
    number: int = open_field(Integer, nullable=False)
    day: date = open_field(Date, nullable=False)
    by_account_id: str | None = reference_field("account.id", nullable=True, outlives=True)
    left_out: list[str] = Field(sa_column=Column(JSON, nullable=False, info=OPEN))
    weights: dict[str, int] = Field(sa_column=Column(JSON, nullable=False, info=OPEN))
    base: str = open_field(String(32), nullable=False)
    reason: Ciphertext | None = guarded_field()

    @property
    def key_owner(self) -> str:
        return self.programme_id


class ProgrammeDraft(Row, table=True):
    """A version that is only tried: the worker counts what it would change into `effect`.

    `made_from` is the version of the programme's row that the page was made from.
    """

    __tablename__ = "programme_draft"

    id: str = id_field()
    programme_id: str = reference_field("programme.id")
    made_from: int = open_field(Integer, nullable=False)
    day: date = open_field(Date, nullable=False)
    by_account_id: str | None = reference_field("account.id", nullable=True, outlives=True)
    left_out: list[str] = Field(sa_column=Column(JSON, nullable=False, info=OPEN))
    weights: dict[str, int] = Field(sa_column=Column(JSON, nullable=False, info=OPEN))
    effect: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), info=OPEN)
    )


def new_programme(created_on: date) -> Programme:
    """Make a programme, with its id; it begins with the house's weights and every rule."""
    return Programme(id=new_id(), created_on=created_on)
