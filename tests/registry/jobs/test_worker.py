"""The worker: begins days, rebuilds what broke, shows that it lives, and ends when told."""

import os
import threading
import time
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from registry.app.parts import Parts
from registry.config import Settings
from registry.jobs import worker as worker_module
from registry.jobs.day import begin_day
from registry.jobs.lock import worker_lock
from registry.jobs.pulse import (
    BEAT_FILE,
    STILL_ALIVE_SECONDS,
    Heart,
    StopWork,
    is_worker_alive,
    seconds_since_beat,
)
from registry.jobs.worker import Worker
from registry.services.index_records import check_index
from registry.services.topics import DAY_BEGAN
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.outbox import OutboxEntry
from registry.storage.sessions import BrowserSession
from search.codes import BudgetPer, NeedStatus, OfferStatus
from tests.conftest import TODAY, Calendar
from tests.factories import NeedFactory, OfferFactory


@pytest.fixture
def worker(parts: Parts) -> Worker:
    return Worker(parts.database, Heart(parts.settings))


def work_until_done(worker: Worker) -> None:
    while worker.step():
        pass


def test_a_day_that_begins_ends_what_is_past_its_last_day(
    worker: Worker, session: RegistrySession, calendar: Calendar, rows: Any
) -> None:
    need = NeedFactory.create(needed_by=TODAY + timedelta(days=1))
    offer = OfferFactory.create(closes_on=TODAY + timedelta(days=1))
    work_until_done(worker)
    with rows() as reading:
        assert reading.get(Need, need.id).status == NeedStatus.OPEN
    calendar.pass_days(2)
    work_until_done(worker)
    with rows() as reading:
        assert reading.get(Need, need.id).status == NeedStatus.EXPIRED
        assert reading.get(Offer, offer.id).status == OfferStatus.CLOSED
        assert reading.exec(select(OutboxEntry)).all() == []


def test_the_day_is_begun_once(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[date] = []
    monkeypatch.setattr(worker_module, "begin_day", lambda *_: begun.append(TODAY))
    for _ in range(3):
        worker.step()
    assert begun == [TODAY]


def test_every_pair_is_looked_at_once_a_day_however_often_a_worker_starts(
    parts: Parts, session: RegistrySession, calendar: Calendar, rows: Any
) -> None:
    def asked() -> list[list[str]]:
        begin_day(parts.database, lambda: None)
        with rows() as reading:
            found = reading.exec(select(OutboxEntry).where(OutboxEntry.topic == DAY_BEGAN))
            return [each.subjects for each in found]

    offer = OfferFactory.create()
    assert asked() == [[offer.id]]
    work_until_done(Worker(parts.database, Heart(parts.settings)))
    assert asked() == []
    calendar.pass_days(1)
    assert asked() == [[offer.id]]
    calendar.pass_days(1)
    assert asked() == [[offer.id]], "what is left of a day gives way to the next"


def test_what_a_donor_called_exhausted_stays_so_until_the_next_month(
    parts: Parts, session: RegistrySession, calendar: Calendar, rows: Any
) -> None:
    def status() -> str:
        begin_day(parts.database, lambda: None)
        with rows() as reading:
            found: str = reading.get(Offer, offer.id).status
        return found

    begin_day(parts.database, lambda: None)
    offer = OfferFactory.create(budget_per=BudgetPer.MONTH)
    offer.status = OfferStatus.EXHAUSTED
    session.commit()
    assert status() == OfferStatus.EXHAUSTED, "a worker that starts anew begins no month"
    calendar.pass_days(1)
    assert status() == OfferStatus.EXHAUSTED
    calendar.pass_days(10)
    assert status() == OfferStatus.OPEN


def test_an_offer_that_opens_today_is_matched_when_the_day_begins(
    worker: Worker, session: RegistrySession, calendar: Calendar, rows: Any
) -> None:
    NeedFactory.create()
    OfferFactory.create(opens_on=TODAY + timedelta(days=1))
    work_until_done(worker)
    with rows() as reading:
        assert reading.exec(select(Match)).all() == []
    calendar.pass_days(1)
    work_until_done(worker)
    with rows() as reading:
        assert len(reading.exec(select(Match)).all()) == 1


def test_sessions_that_ran_out_are_deleted(
    worker: Worker, session: RegistrySession, rows: Any
) -> None:
    now = int(time.time())
    for number, expires in enumerate((now - 10, now + 1_000)):
        session.add(BrowserSession(id=bytes([number]) * 32, body=b"", expires=expires))
    session.commit()
    worker.step()
    with rows() as reading:
        assert reading.exec(select(col(BrowserSession.expires))).all() == [now + 1_000]


def test_an_index_that_is_not_what_was_noted_is_made_anew(
    worker: Worker, parts: Parts, session: RegistrySession, rows: Any
) -> None:
    """As after a crash of the machine: the index went back to what it held before."""
    need = NeedFactory.create()
    work_until_done(worker)
    parts.index.clear()
    with rows() as reading:
        assert not check_index(reading)
    Worker(parts.database, Heart(parts.settings)).step()
    assert need.id in set(parts.index.ids())
    with rows() as reading:
        assert check_index(reading)


def test_whatever_fails_the_worker_stays(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    heart = Heart(parts.settings)
    worker = Worker(parts.database, heart)
    calls: list[int] = []

    def fail_then_stop(*_: Any) -> int:
        calls.append(1)
        if len(calls) == 3:
            heart.ask_to_stop()
        raise RuntimeError("Marigold")

    monkeypatch.setattr(worker_module, "AFTER_FAILURE_SECONDS", 0.0)
    monkeypatch.setattr(worker_module, "drain_once", fail_then_stop)
    worker.run()
    assert len(calls) == 3
    assert "RuntimeError" in caplog.text
    assert "Marigold" not in caplog.text


def test_it_ends_within_a_second_and_takes_its_sign_away(parts: Parts) -> None:
    heart = Heart(parts.settings)
    thread = threading.Thread(target=Worker(parts.database, heart).run)
    thread.start()
    until = time.monotonic() + 10
    while not is_worker_alive(parts.settings) and time.monotonic() < until:
        time.sleep(0.01)
    assert is_worker_alive(parts.settings)
    heart.ask_to_stop()
    thread.join(timeout=1)
    assert not thread.is_alive()
    assert seconds_since_beat(parts.settings) is None


def test_a_worker_without_a_sign_of_life_for_long_is_taken_for_dead(settings: Settings) -> None:
    Heart(settings).beat()
    assert is_worker_alive(settings)
    long_ago = time.time() - STILL_ALIVE_SECONDS - 1
    os.utime(settings.data_dir / BEAT_FILE, (long_ago, long_ago))
    assert not is_worker_alive(settings)


def test_a_heart_that_was_asked_to_stop_ends_the_work(settings: Settings) -> None:
    heart = Heart(settings)
    heart.ask_to_stop()
    with pytest.raises(StopWork):
        heart.beat()


def test_one_lock_for_one_worker(settings: Settings) -> None:
    with worker_lock(settings) as first, worker_lock(settings) as second:
        assert (first, second) == (True, False)
    with worker_lock(settings) as third:
        assert third
