"""What the worker does by itself: when a day begins, and every few minutes."""

import time

from registry.jobs.pulse import Pulse
from registry.services.expire_due import expire_due, renew_budgets
from registry.services.topics import DAY_BEGAN
from registry.storage.database import Database
from registry.storage.outbox import is_asked_for, put_outbox
from registry.storage.sessions import delete_expired_sessions


def begin_day(database: Database, pulse: Pulse) -> None:
    """End what is past its last day, renew monthly budgets, have every pair looked at again."""
    ended = 1
    while ended:
        with database.writing() as session:
            ended = expire_due(session)
        pulse()
    with database.writing() as session:
        renew_budgets(session)
        if not is_asked_for(session, DAY_BEGAN):
            put_outbox(session, DAY_BEGAN)


def tidy_up(database: Database) -> None:
    """Delete browser sessions that ran out."""
    with database.writing() as session:
        delete_expired_sessions(session, int(time.time()))
