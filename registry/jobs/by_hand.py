"""The worker's work where no worker lives, done by the command line under the worker's lock."""

from collections.abc import Callable

from sqlmodel import col, func, select

from registry.jobs.drain import drain_once
from registry.jobs.pulse import unwatched
from registry.jobs.reach import count_day
from registry.services.index_records import check_index, rebuild_index
from registry.services.matches.best_pairs import BestPairs
from registry.storage.database import Database
from registry.storage.outbox import OutboxEntry, count_entries


def drain_all(database: Database, tell_done: Callable[[int], None] = lambda _: None) -> int:
    """Work until nothing waits, then count the day; entries that keep failing are parked.

    `tell_done` hears how many entries went at a time. Returns how many went in all.
    """
    with database.reading() as session:
        if not check_index(session):
            rebuild_index(session)
    done, best = 0, BestPairs()
    while count_waiting(database):
        gone = drain_once(database, unwatched, best)
        tell_done(gone)
        done += gone
    count_day(database, unwatched)
    return done


def count_waiting(database: Database, up_to: int | None = None) -> int:
    """Return how many entries wait, all or those up to a number of an entry."""
    with database.reading() as session:
        if up_to is None:
            return count_entries(session, parked=False)
        statement = select(func.count()).where(
            col(OutboxEntry.parked).is_(False), col(OutboxEntry.id) <= up_to
        )
        return session.exec(statement).one()


def newest_entry(database: Database) -> int:
    """Return the number of the newest entry, 0 where none waits."""
    with database.reading() as session:
        return session.exec(select(func.max(col(OutboxEntry.id)))).one() or 0
