"""Snapshots of the statistics: what is published, and (guarded) what the next one is held against.

Only the newest snapshot keeps what it was made of.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, Date
from sqlmodel import Field, col, select

from registry.domain.identifiers import new_id
from registry.privacy.ciphertext import Ciphertext
from registry.storage.base import Row
from registry.storage.columns import OPEN, guarded_field, id_field, open_field
from registry.storage.database import RegistrySession


class Snapshot(Row, table=True):
    """The published figures of a quarter, by category group; guarded by a key of its own.

    `figures` is `{"<group>": {"home|abroad|all": {"organisations", "set_on", ...}}}`, `counted` the
    shares that these were made of, under marks that lead to no organisation.
    """

    __tablename__ = "snapshot"

    id: str = id_field()
    made_on: date = open_field(Date, nullable=False, index=True)
    figures: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False, info=OPEN))
    counted: Ciphertext | None = guarded_field()

    @property
    def key_owner(self) -> str:
        return self.id


def find_latest_snapshot(session: RegistrySession) -> Snapshot | None:
    """Return the newest snapshot; None before the first one."""
    return session.exec(select(Snapshot).order_by(col(Snapshot.made_on).desc()).limit(1)).first()


def new_snapshot(session: RegistrySession, figures: dict[str, Any]) -> Snapshot:
    """Make today's snapshot, with its id and a key of its own."""
    snapshot = Snapshot(id=new_id(), made_on=session.today, figures=figures)
    session.vault.keys.make_key(snapshot.id)
    return snapshot
