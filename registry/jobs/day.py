"""What the worker does by itself: when a day begins, and every few minutes."""

import time
from datetime import date

from sqlmodel import col, delete

from registry.identity.sent_once import forget_sent_forms
from registry.jobs.pulse import Pulse
from registry.services.expire_due import expire_due, renew_budgets
from registry.services.matches.matched_records import matched_needs, matched_offers
from registry.services.matches.note_change import forget_old_changes
from registry.services.topics import DAY_BEGAN
from registry.storage.database import Database, RegistrySession
from registry.storage.outbox import OutboxEntry, put_outbox
from registry.storage.sessions import delete_expired_sessions
from registry.storage.throttle import delete_old_tries

DAY_FILE = "worker.day"
"""Holds the day whose pairs were last asked for."""


def begin_day(database: Database, pulse: Pulse) -> None:
    """End what is past its last day, renew monthly budgets, have every pair looked at again.

    What is known of forms that nobody can send any more is forgotten.

    The pairs are looked at once a day, however often the worker starts, and budgets are renewed
    once a month: what a donor calls exhausted meanwhile stays so until the next one.
    """
    ended = 1
    while ended:
        with database.writing() as session:
            ended = expire_due(session)
        pulse()
    with database.writing() as session:
        forget_sent_forms(session)
        noted = _noted_day(session)
        forget_old_changes(session)
        if noted is None or noted.replace(day=1) != session.today.replace(day=1):
            renew_budgets(session)
        looked_at = noted == session.today
        if not looked_at:
            _ask_for_every_pair(session)
    if not looked_at:
        _note_day(session)


def _ask_for_every_pair(session: RegistrySession) -> None:
    """Put the offers of the day into the outbox, in place of what is left of the day before.

    Of each offer the stored pairs are judged anew, and what is best now is proposed. The needs
    come behind them: each gets those of its best offers that are not stored yet.
    """
    session.exec(delete(OutboxEntry).where(col(OutboxEntry.topic) == DAY_BEGAN))
    offers = [offer.id for offer, _ in matched_offers(session)]
    needs = [need.id for need, _ in matched_needs(session)] if offers else []
    if offers:
        put_outbox(session, DAY_BEGAN, *offers, *needs)


def _noted_day(session: RegistrySession) -> date | None:
    """Return the day whose pairs were last asked for; None before the first one."""
    try:
        return date.fromisoformat((session.settings.data_dir / DAY_FILE).read_text("ascii"))
    except (FileNotFoundError, ValueError):
        return None


def _note_day(session: RegistrySession) -> None:
    (session.settings.data_dir / DAY_FILE).write_text(session.today.isoformat(), "ascii")


def tidy_up(database: Database) -> None:
    """Delete browser sessions that ran out, and what was counted of tries that are long over."""
    now = int(time.time())
    with database.writing() as session:
        delete_expired_sessions(session, now)
        delete_old_tries(session, now)
