"""The audit trail: a chain of keyed hashes over opaque ids, written with what it records."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, String
from sqlmodel import Field, col, select

from registry.storage.base import Row
from registry.storage.columns import OPEN, open_field
from registry.storage.database import RegistrySession

CHAIN_START = bytes(32)


class AuditEntry(Row, table=True):
    """One act: who (account id or `system`), what, on which record; chained to the one before."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_day_actor", "day", "actor"),)

    id: int | None = Field(
        default=None,
        sa_column=Column(Integer, primary_key=True, autoincrement=False, info=OPEN),
    )
    day: date = open_field(Date, nullable=False)
    actor: str = open_field(String(32), nullable=False)
    act: str = open_field(String(40), nullable=False)
    subject: str = open_field(String(32), nullable=False, index=True)
    detail: str | None = open_field(String(40))
    chain: bytes = Field(default=None, sa_column=Column(LargeBinary(32), nullable=False, info=OPEN))


def write_audit(
    session: RegistrySession, actor: str, act: str, subject: str, detail: str | None = None
) -> None:
    """Append an entry in the transaction of the act; `detail` is a code, never a text."""
    write_audits(session, actor, act, [(subject, detail)])


def write_audits(
    session: RegistrySession, actor: str, act: str, subjects: Iterable[tuple[str, str | None]]
) -> None:
    """Append an entry for each of many records, given as (subject, detail)."""
    last = _last_entry(session)
    first, previous = ((last.id or 0) + 1, last.chain) if last else (1, CHAIN_START)
    for number, (subject, detail) in enumerate(subjects, start=first):
        entry = AuditEntry(
            id=number, day=session.today, actor=actor, act=act, subject=subject, detail=detail
        )
        entry.chain = previous = _link(session, previous, entry)
        session.add(entry)
    session.flush()


def verify_audit(session: RegistrySession) -> int | None:
    """Return the number of the first entry where the chain breaks, None where it is whole."""
    previous, expected = CHAIN_START, 1
    for entry in session.exec(select(AuditEntry).order_by(col(AuditEntry.id))):
        if entry.id != expected or entry.chain != _link(session, previous, entry):
            return expected
        previous, expected = entry.chain, expected + 1
    return None


def subjects_today(session: RegistrySession, actor: str, act: str) -> set[str]:
    """Return the ids of the records that an actor did something with today."""
    statement = select(col(AuditEntry.subject)).where(
        col(AuditEntry.day) == session.today,
        col(AuditEntry.actor) == actor,
        col(AuditEntry.act) == act,
    )
    return set(session.exec(statement))


def _last_entry(session: RegistrySession) -> AuditEntry | None:
    statement = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(1)
    return session.exec(statement).first()


def _link(session: RegistrySession, previous: bytes, entry: AuditEntry) -> bytes:
    key = session.vault.keys.purpose_key("audit")
    parts = (entry.id, entry.day, entry.actor, entry.act, entry.subject, entry.detail or "")
    message = previous + "|".join(str(part) for part in parts).encode()
    return hmac.digest(key, message, hashlib.sha256)
