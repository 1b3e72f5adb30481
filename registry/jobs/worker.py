"""The worker: one process that does what changes ask for, and what days bring about."""

import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy.exc import OperationalError

from registry.jobs.day import begin_day, tidy_up
from registry.jobs.drain import drain_once
from registry.jobs.figures import publish_quarter
from registry.jobs.pulse import Heart, StopWork
from registry.jobs.reach import count_day
from registry.jobs.upkeep import anchor_trail, keep_for_the_day, keep_up
from registry.services.index_records import check_index, rebuild_index
from registry.services.matches.best_pairs import BestPairs
from registry.storage.database import Database
from search.index.protocol import IndexUnavailable

IDLE_SECONDS = 0.3
AFTER_FAILURE_SECONDS = 2.0
TIDY_SECONDS = 300.0
ANCHOR_SECONDS = 2.0

log = logging.getLogger("registry.worker")


class Worker:
    """Works until it is told to stop; whoever runs it holds the worker's lock."""

    def __init__(self, database: Database, heart: Heart) -> None:
        self._database = database
        self._heart = heart
        self._day: date | None = None
        self._counted: date | None = None
        self._tidied = self._anchored = float("-inf")
        self._best = BestPairs()

    def run(self) -> None:
        """Go on until the heart is asked to stop."""
        try:
            while True:
                self._heart.beat()
                self._heart.rest(self._step_safely())
        except StopWork:
            log.info("worker ended")
        finally:
            self._heart.stop()

    def step(self) -> bool:
        """Do the next piece of work; say whether there may be more at once."""
        self._begin_day()
        self._tidy()
        self._anchor()
        try:
            return drain_once(self._database, self._heart.beat, self._best) > 0 or self._count_day()
        except IndexUnavailable:
            self._rebuild()
            return True

    def _step_safely(self) -> float:
        """Do a step and return how long to rest; whatever fails, the worker stays."""
        try:
            return 0.0 if self.step() else IDLE_SECONDS
        except OperationalError:
            log.warning("the database is busy; the worker tries again")
        except Exception as error:  # noqa: BLE001 - a worker that dies helps nobody
            kind = type(error).__name__
            # The kind only: a message or a trace may hold what somebody wrote.
            log.error("the worker failed with %s and tries again", kind)  # noqa: TRY400
        return AFTER_FAILURE_SECONDS

    def _begin_day(self) -> None:
        with self._database.reading() as session:
            today = session.today
        if today != self._day:
            begin_day(self._database, self._heart.beat)
            keep_for_the_day(self._database, self._heart.beat)
            publish_quarter(self._database)
            self._day = today

    def _count_day(self) -> bool:
        """Count the day's open questions and reach, once everything else is done."""
        if self._counted == self._day:
            return False
        counted = count_day(self._database, self._heart.beat)
        self._counted = self._day
        return counted

    def _tidy(self) -> None:
        """Every few minutes: what ran out or was deleted goes, a broken index is made anew."""
        now = time.monotonic()
        if now - self._tidied < TIDY_SECONDS:
            return
        tidy_up(self._database)
        keep_up(self._database)
        with self._database.reading() as session:
            usable = check_index(session)
        if not usable:
            self._rebuild()
        self._counted = None  # it may be that there was nobody to count for
        self._tidied = now

    def _anchor(self) -> None:
        """Every few seconds: nobody can cut off the end of the trail from here on."""
        now = time.monotonic()
        if now - self._anchored >= ANCHOR_SECONDS:
            anchor_trail(self._database)
            self._anchored = now

    def _rebuild(self) -> None:
        log.warning("the index cannot be used; it is rebuilt from the database")
        with self._database.reading() as session:
            rebuild_index(session, self._heart.beat)


@contextmanager
def stopping_on_signals(heart: Heart) -> Iterator[None]:
    """Let SIGTERM and SIGINT end the worker at its next beat."""
    signals = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(each, lambda *_: heart.ask_to_stop()) for each in signals]
    try:
        yield
    finally:
        for each, handler in zip(signals, before, strict=True):
            signal.signal(each, handler)
