"""Reading the outbox and taking entries out of it."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlmodel import col, delete

from registry.services.topics import DAY_BEGAN
from registry.storage.database import Database, RegistrySession
from registry.storage.outbox import ATTEMPTS, OutboxEntry, next_entries

ENTRIES_AT_ONCE = 100
SUBJECTS_AT_ONCE = 500
OFFERS_AT_ONCE = 20
"""Records of a begun day that are looked at before what people changed meanwhile gets its turn."""

log = logging.getLogger("registry.worker")


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of work, read out of its row; `rest` are subjects that are left for later."""

    id: int
    topic: str
    subjects: tuple[str, ...]
    rest: tuple[str, ...] = ()


def read_entries(database: Database) -> list[Entry]:
    """Read the oldest entries that are not parked; as many as can be worked on together.

    What a begun day asks for comes last and in small parts: nobody waits for it.
    """
    with database.reading() as session:
        rows = next_entries(session, ENTRIES_AT_ONCE, last=DAY_BEGAN)
        found = [Entry(row.id or 0, row.topic, tuple(row.subjects)) for row in rows]
    urgent = [entry for entry in found if entry.topic != DAY_BEGAN]
    return list(_as_many_as_fit(urgent)) or [_begin_of(entry) for entry in found[:1]]


def _begin_of(entry: Entry) -> Entry:
    now, later = entry.subjects[:OFFERS_AT_ONCE], entry.subjects[OFFERS_AT_ONCE:]
    return replace(entry, subjects=now, rest=later)


def subjects_of(entries: Iterable[Entry], topic: str) -> list[str]:
    """Return the subjects of one topic, each once, in the order in which they came."""
    subjects = (each for entry in entries if entry.topic == topic for each in entry.subjects)
    return list(dict.fromkeys(subjects))


def delete_entries(session: RegistrySession, entries: Sequence[Entry]) -> None:
    """Take entries out, in the transaction of their last effect; of some a rest stays."""
    done = [entry.id for entry in entries if not entry.rest]
    session.exec(delete(OutboxEntry).where(col(OutboxEntry.id).in_(done)))
    for entry in entries:
        if entry.rest:
            row = session.get_one(OutboxEntry, entry.id)
            row.subjects, row.attempts = list(entry.rest), 0
            session.add(row)


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
