"""Once a quarter: the snapshot of the statistics."""

from datetime import date

from registry.domain.quarters import quarter_begins
from registry.services.statistics.make_snapshot import prepare_snapshot, store_snapshot
from registry.storage.database import Database, RegistrySession

QUARTER_FILE = "figures.quarter"
"""Holds the first day of the quarter that figures were last made for."""


def publish_quarter(database: Database) -> None:
    """Make the snapshot of a quarter that has begun since the worker last looked.

    Never in the middle of one: the day on which the tenth organisation came would be told. So a
    new registry waits for its second quarter, and a quarter with too few changes for the next one.
    """
    with database.reading() as session:
        noted, begins = _noted_quarter(session), quarter_begins(session.today)
        is_new = noted is not None and noted != begins
        prepared = prepare_snapshot(session) if is_new else None
    if prepared is not None:
        with database.writing() as session:
            store_snapshot(session, prepared)
    if noted != begins:
        (session.settings.data_dir / QUARTER_FILE).write_text(begins.isoformat(), "ascii")


def _noted_quarter(session: RegistrySession) -> date | None:
    try:
        return date.fromisoformat((session.settings.data_dir / QUARTER_FILE).read_text("ascii"))
    except (FileNotFoundError, ValueError):
        return None
