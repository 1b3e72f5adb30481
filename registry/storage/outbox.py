"""The outbox: what the worker still has to do, written with the change that asks for it."""

from sqlalchemy import JSON, Boolean, Column, Integer, String
from sqlmodel import Field, col, func, select

from registry.storage.base import Row
from registry.storage.columns import OPEN, open_field
from registry.storage.database import RegistrySession

ATTEMPTS = 8
"""After so many failures an entry is parked and told of by `registry doctor`."""


class OutboxEntry(Row, table=True):
    """One piece of work: `topic` says what, `subjects` holds the ids it is about."""

    __tablename__ = "outbox"

    id: int | None = Field(
        default=None,
        sa_column=Column(Integer, primary_key=True, autoincrement=True, info=OPEN),
    )
    topic: str = open_field(String(32), nullable=False)
    subjects: list[str] = Field(default=None, sa_column=Column(JSON, info=OPEN))
    attempts: int = open_field(Integer, default=0, nullable=False)
    parked: bool = open_field(Boolean, default=False, nullable=False)


def put_outbox(session: RegistrySession, topic: str, *subjects: str) -> None:
    """Ask the worker for something, in the transaction of the change itself."""
    session.add(OutboxEntry(topic=topic, subjects=list(subjects)))


def next_entries(
    session: RegistrySession, limit: int, *, last: str | None = None
) -> list[OutboxEntry]:
    """Return the oldest entries that are not parked; those of the topic `last` after all others."""
    statement = (
        select(OutboxEntry)
        .where(col(OutboxEntry.parked).is_(False))
        .order_by(col(OutboxEntry.topic) == last, col(OutboxEntry.id))
        .limit(limit)
    )
    return list(session.exec(statement))


def is_asked_for(session: RegistrySession, topic: str) -> bool:
    """Say whether an entry of this topic waits already."""
    statement = select(OutboxEntry.id).where(
        col(OutboxEntry.topic) == topic, col(OutboxEntry.parked).is_(False)
    )
    return session.exec(statement.limit(1)).first() is not None


def count_entries(session: RegistrySession, *, parked: bool) -> int:
    """Return how many entries wait, or how many were given up and parked."""
    statement = select(func.count()).where(col(OutboxEntry.parked).is_(parked))
    return session.exec(statement).one()
