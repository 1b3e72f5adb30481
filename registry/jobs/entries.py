"""Reading the outbox and taking entries out of it."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import col, delete

from registry.storage.database import Database, RegistrySession
from registry.storage.outbox import ATTEMPTS, OutboxEntry, next_entries

ENTRIES_AT_ONCE = 100
SUBJECTS_AT_ONCE = 500

log = logging.getLogger("registry.worker")


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of work, read out of its row."""

    id: int
    topic: str
    subjects: tuple[str, ...]


def read_entries(database: Database) -> list[Entry]:
    """Read the oldest entries that are not parked; as many as can be worked on together."""
    with database.reading() as session:
        rows = next_entries(session, ENTRIES_AT_ONCE)
        found = [Entry(row.id or 0, row.topic, tuple(row.subjects)) for row in rows]
    return list(_as_many_as_fit(found))


def subjects_of(entries: Iterable[Entry], topic: str) -> list[str]:
    """Return the subjects of one topic, each once, in the order in which they came."""
    subjects = (each for entry in entries if entry.topic == topic for each in entry.subjects)
    return list(dict.fromkeys(subjects))


def delete_entries(session: RegistrySession, entries: Sequence[Entry]) -> None:
    """Take entries out, in the transaction of their last effect."""
    ids = [entry.id for entry in entries]
    session.exec(delete(OutboxEntry).where(col(OutboxEntry.id).in_(ids)))


def count_failure(database: Database, entry: Entry, error: Exception) -> None:
    """Count a failed attempt; past the last one the entry is parked, so that others go on."""
    with database.writing() as session:
        row = session.get(OutboxEntry, entry.id)
        if row is None:
            return
        row.attempts += 1
        row.parked = row.attempts >= ATTEMPTS
        session.add(row)
        parked = row.parked
    # The kind of the error only: its message may hold what somebody wrote.
    log.error(
        "outbox entry %d (%s) failed with %s%s",
        entry.id,
        entry.topic,
        type(error).__name__,
        "; parked, see: registry doctor" if parked else "",
    )


def _as_many_as_fit(entries: Iterable[Entry]) -> Iterable[Entry]:
    room = SUBJECTS_AT_ONCE
    for place, entry in enumerate(entries):
        room -= len(entry.subjects)
        if room < 0 and place:
            return
        yield entry
