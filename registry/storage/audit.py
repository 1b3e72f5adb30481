"""The audit trail: a chain of keyed hashes over opaque ids, written with what it records.

Each entry is bound to the one before it with a key that stands in the key store. Where old entries
were pruned, a checkpoint says with which hash the chain goes on. How far it had come at least says
an anchor in the key store, so that it cannot be cut short.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, String, insert, type_coerce
from sqlmodel import Field, col, delete, func, select

from registry.storage.base import Row
from registry.storage.columns import OPEN, open_field
from registry.storage.database import RegistrySession

CHAIN_START = bytes(32)
ANCHOR = "audit trail"
NUMBER_BYTES = 8
HASH_BYTES = 32


_LINKED = ("id", "day", "actor", "act", "subject", "detail")
"""Columns that the hash of an entry is of, in their order."""


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


class AuditCheckpoint(Row, table=True):
    """Up to which entry the trail was pruned, with that entry's hash, sealed with the key.

    There is one at most; `id` is the number of the last entry that went, `day` the day on which.
    """

    __tablename__ = "audit_checkpoint"

    id: int | None = Field(
        default=None,
        sa_column=Column(Integer, primary_key=True, autoincrement=False, info=OPEN),
    )
    day: date = open_field(Date, nullable=False)
    chain: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, info=OPEN))
    seal: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, info=OPEN))


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the chain: the number of an entry and its hash."""

    number: int
    chain: bytes


BEGINNING = Place(0, CHAIN_START)


def write_audit(
    session: RegistrySession, actor: str, act: str, subject: str, detail: str | None = None
) -> None:
    """Append an entry in the transaction of the act; `detail` is a code, never a text."""
    write_audits(session, actor, act, [(subject, detail)])


def write_audits(
    session: RegistrySession, actor: str, act: str, subjects: Iterable[tuple[str, str | None]]
) -> None:
    """Append an entry for each of many records, given as (subject, detail)."""
    last, key, rows = last_place(session), _key(session), []
    previous = last.chain
    for number, (subject, detail) in enumerate(subjects, start=last.number + 1):
        parts = (number, session.today, actor, act, subject, detail)
        previous = _link(key, previous, parts)
        rows.append(dict(zip(_LINKED, parts, strict=True)) | {"chain": previous})
    session.flush()
    if rows:
        session.execute(insert(AuditEntry), rows)


def last_place(session: RegistrySession) -> Place:
    """Return where the trail ends: at its newest entry, else where it was pruned."""
    statement = select(col(AuditEntry.id), col(AuditEntry.chain))
    last = session.exec(statement.order_by(col(AuditEntry.id).desc()).limit(1)).first()
    return Place(last[0] or 0, last[1]) if last else pruned_place(session)


def pruned_place(session: RegistrySession) -> Place:
    """Return up to where the trail was pruned; its beginning where it never was."""
    found = _checkpoint(session)
    return Place(found.id or 0, found.chain) if found else BEGINNING


def verify_audit(session: RegistrySession, *, anchored: bool = True) -> int | None:
    """Return the number of the first entry where the chain breaks, None where it is whole.

    Where entries are missing at the end, it is the number of the first of those; a copy of an
    earlier day is not `anchored`: it ends before what was noted since.
    """
    checkpoint = _checkpoint(session)
    if checkpoint and checkpoint.seal != _seal(
        session, checkpoint.id, checkpoint.day, checkpoint.chain
    ):
        return checkpoint.id
    anchor = read_anchor(session) if anchored else BEGINNING
    place, key = pruned_place(session), _key(session)
    for number, chain, *parts in _raw_entries(session):
        expected = place.number + 1
        if number != expected or chain != _link(key, place.chain, (number, *parts)):
            return expected
        place = Place(number, chain)
        if number == anchor.number and place != anchor:
            return expected
    return place.number + 1 if anchor.number > place.number else None


def anchor_audit(session: RegistrySession) -> bool:
    """Note in the key store how far the trail has come; say whether it follows from the last time.

    Where it does not, the old anchor stays, and `verify_audit` tells of it.
    """
    anchor, last = read_anchor(session), last_place(session)
    if anchor == last:
        return True
    if not _follows(session, anchor, last):
        return False
    set_anchor(session, last)
    return True


def read_anchor(session: RegistrySession) -> Place:
    """Return how far the trail had come when it was last noted; one that is not ours is far ahead.

    Where none was noted, it is the beginning.
    """
    noted = session.vault.keys.read_note(ANCHOR)
    if noted is None:
        return BEGINNING
    body, seal = noted[:-HASH_BYTES], noted[-HASH_BYTES:]
    if not hmac.compare_digest(seal, _digest(_key(session), b"anchor", body)):
        return Place(2**62, CHAIN_START)
    return Place(int.from_bytes(body[:NUMBER_BYTES]), body[NUMBER_BYTES:])


def set_anchor(session: RegistrySession, place: Place) -> None:
    """Note a place as the one up to which the trail has to reach from now on."""
    body = place.number.to_bytes(NUMBER_BYTES) + place.chain
    seal = _digest(_key(session), b"anchor", body)
    session.vault.keys.write_note(ANCHOR, body + seal)


def prune_audit(session: RegistrySession, before: date) -> int:
    """Remove the entries of the days before one, and leave a sealed checkpoint; return how many.

    Whoever calls has verified the chain: what follows is taken on trust from the checkpoint on.
    """
    began = pruned_place(session).number
    kept = select(func.min(col(AuditEntry.id))).where(col(AuditEntry.day) >= before)
    first_kept = session.exec(kept).one() or last_place(session).number + 1
    last = session.get(AuditEntry, first_kept - 1)
    if last is None or last.id is None:
        return 0
    seal = _seal(session, last.id, session.today, last.chain)
    session.exec(delete(AuditCheckpoint))
    session.add(AuditCheckpoint(id=last.id, day=session.today, chain=last.chain, seal=seal))
    session.exec(delete(AuditEntry).where(col(AuditEntry.id) <= last.id))
    session.flush()
    return last.id - began


def subjects_today(session: RegistrySession, actor: str, act: str) -> set[str]:
    """Return the ids of the records that an actor did something with today."""
    statement = select(col(AuditEntry.subject)).where(
        col(AuditEntry.day) == session.today,
        col(AuditEntry.actor) == actor,
        col(AuditEntry.act) == act,
    )
    return set(session.exec(statement))


def _checkpoint(session: RegistrySession) -> AuditCheckpoint | None:
    newest = select(AuditCheckpoint).order_by(col(AuditCheckpoint.id).desc()).limit(1)
    return session.exec(newest).first()


def _raw_entries(session: RegistrySession) -> Iterator[Any]:
    """Read number, hash and fields as they stand: a typed column reads some changes as equal."""
    fields = (AuditEntry.day, AuditEntry.actor, AuditEntry.act, AuditEntry.subject)
    columns = [type_coerce(col(each), String) for each in (*fields, AuditEntry.detail)]
    statement = select(col(AuditEntry.id), col(AuditEntry.chain), *columns)
    rows = session.execute(statement.order_by(col(AuditEntry.id)).execution_options(yield_per=5000))
    yield from rows


def _follows(session: RegistrySession, anchor: Place, last: Place) -> bool:
    if anchor.number <= pruned_place(session).number:
        return True
    if anchor.number > last.number:
        return False
    entry = session.get(AuditEntry, anchor.number)
    return entry is not None and entry.chain == anchor.chain


def _key(session: RegistrySession) -> bytes:
    return session.vault.keys.purpose_key("audit")


def _link(key: bytes, previous: bytes, parts: tuple[Any, ...]) -> bytes:
    *fields, detail = parts
    # An absent detail and an empty one differ; no code holds a stroke.
    told = "" if detail is None else detail or "|"
    return _digest(key, previous, "|".join(map(str, (*fields, told))).encode())


def _seal(session: RegistrySession, number: int | None, day: date, chain: bytes) -> bytes:
    return _digest(_key(session), f"checkpoint|{number}|{day}|".encode(), chain)


def _digest(key: bytes, *parts: bytes) -> bytes:
    return hmac.digest(key, b"".join(parts), hashlib.sha256)
