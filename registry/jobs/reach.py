"""Once a day, when nothing else is to be done: what answering would unlock, what offers reach."""

from contextlib import suppress
from datetime import date
from itertools import islice
from pathlib import Path

from registry.domain.errors import KeyGoneError
from registry.jobs.pulse import Pulse
from registry.services.reach.count_offers import count_drafts, count_offers
from registry.services.reach.count_reach import count_reach
from registry.services.reach.count_relaxed import count_relaxed
from registry.services.reach.day_book import DayBook
from registry.services.reach.store_reach import list_listeners, store_reach, verified_donors
from registry.services.reach.who_counts import read_who_counts
from registry.storage.database import Database

DAY_FILE = "reach.day"
"""Holds the day that was last counted."""

STORED_AT_ONCE = 100
"""Parties whose counts one transaction writes, so that nobody waits long for the write lock."""


def count_day(database: Database, pulse: Pulse) -> bool:
    """Count for the day unless that is done; say whether anything was counted.

    While there is nobody to count for, the day is not noted: the first ones need not wait for
    the next.
    A count that was cut off begins anew: a party's number of one day can be written again, but
    it is made of the same day's matches and moves only as far as `settle` lets it.
    """
    with database.reading() as session:
        file, today = session.settings.data_dir / DAY_FILE, session.today
        if _read_day(file) == today:
            return False
        who, verified = read_who_counts(session), verified_donors(session)
        counted, day = count_reach(session, who, pulse), DayBook(session, who, pulse)
        count_offers(counted, day, who, pulse)
        count_relaxed(counted, day, who, verified, pulse)
        count_drafts(session, counted, day, verified, pulse)
        found = list_listeners(session, counted)
    listeners = iter(found)
    while part := list(islice(listeners, STORED_AT_ONCE)):
        with database.writing() as writing:
            for listener in part:
                with suppress(KeyGoneError):  # it deleted itself; its row follows
                    store_reach(writing, counted, listener)
        pulse()
    if found:
        file.write_text(today.isoformat(), "ascii")
    return bool(found)


def _read_day(file: Path) -> date | None:
    try:
        return date.fromisoformat(file.read_text("ascii"))
    except (FileNotFoundError, ValueError):
        return None
