"""Processes are killed at random moments under load: nothing acknowledged is lost, nothing stuck.

The processes are really started and really killed (SIGKILL). What was acknowledged is what got
a whole 201; a request that was cut off may or may not have been kept.
"""

import http.client
import json
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from sqlmodel import col, select

from registry.app.parts import Parts, open_parts
from registry.config import Settings
from registry.domain.roles import Role, Scope
from registry.identity.accounts import create_api_key
from registry.jobs.by_hand import count_waiting
from registry.storage.audit import verify_audit
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.outbox import count_entries
from search.index.protocol import Kind
from tests.factories import OfferFactory, OrganisationFactory
from tests.stories.house import START_SECONDS, House, wait_until

WRITERS = 2
BETWEEN_KILLS = 3
DRAIN_SECONDS = 60.0
NEED = {
    "organisation": "linden",
    "category": "fixed_costs.rent",
    "country": "PL",
    "title": "Rent of a room",
    "amount_requested": {"amount": "1200.00", "currency": "EUR"},
    "status": "open",
}


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    house = House(settings)
    yield house
    house.end()


@pytest.fixture
def key(session: RegistrySession, make_account: Callable[..., Any]) -> str:
    """Make the key of a verified organisation, and two offers that fit all it needs."""
    OfferFactory.create()
    OfferFactory.create()
    organisation = OrganisationFactory.create(external_id="linden")
    account = make_account(Role.ORGANISATION, organisation_id=organisation.id)
    key = create_api_key(session, account, frozenset(Scope))
    session.commit()
    return key


class Writers:
    """Threads that register needs one after the other, and note which were acknowledged."""

    def __init__(self, house: House, key: str) -> None:
        self.acknowledged: list[str] = []
        self.refused: list[int] = []
        self._house, self._key = house, key
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)
        ]

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _write(self, number: int) -> None:
        count = 0
        while not self._stop.is_set():
            count += 1
            need = NEED | {"external_id": f"linden-{number}-{count}"}
            try:
                status, answer = self._house.ask("POST", "/api/v1/needs", self._key, need)
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(0.1)  # cut off: nothing was acknowledged
                continue
            if status == 201:
                self.acknowledged.append(answer["id"])
            else:
                self.refused.append(status)


def kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def kill_worker(house: House) -> None:
    assert house.worker is not None
    kill(house.worker.pid)
    house.worker.wait()
    house.start_worker()


def kill_web_worker(house: House) -> None:
    """Kill one of gunicorn's workers in the middle of its requests; gunicorn starts another."""
    workers = house.web_workers()
    if workers:
        kill(random.choice(workers))


def kill_all_of_web(house: House) -> None:
    assert house.web is not None
    workers = house.web_workers()
    kill(house.web.pid)
    house.web.wait()
    for worker in workers:
        kill(worker)
    house.start_web()


def kill_for(house: House, key: str, seconds: float, seed: int) -> Writers:
    """Let writers write while processes are killed at random moments; every way at least once.

    Between two kills some needs are acknowledged, so that there always is something to lose.
    """
    chance = random.Random(seed)
    ways = [kill_worker, kill_web_worker, kill_worker, kill_all_of_web]
    with Writers(house, key) as writers:
        until, kills = time.monotonic() + seconds, 0
        while time.monotonic() < until or kills < len(ways):
            seen = len(writers.acknowledged) + BETWEEN_KILLS
            wait_until(lambda: len(writers.acknowledged) >= seen, 60, "needs are registered")  # noqa: B023
            time.sleep(chance.uniform(0, 0.8))
            ways[kills % len(ways)](house)
            kills += 1
        house.wait_until_ready()
    assert len(writers.acknowledged) >= kills * BETWEEN_KILLS
    return writers


def check_nothing_is_lost(settings: Settings, acknowledged: list[str]) -> None:
    parts = open_parts(settings)
    try:
        with parts.database.reading() as session:
            kept = set(session.exec(select(col(Need.id))))
            matched = session.exec(select(col(Match.need_id), col(Match.offer_id))).all()
            parked, chain = count_entries(session, parked=True), verify_audit(session)
        assert set(acknowledged) <= kept
        assert set(parts.index.ids(Kind.NEED)) == kept
        assert len(matched) == len(set(matched)) == 2 * len(kept)
        assert (parked, chain) == (0, None)
    finally:
        parts.database.engine.dispose()


def wait_while_it_goes_on(count: Callable[[], int]) -> None:
    """Wait until nothing is left, however slow the machine is; fail where nothing moves."""
    left = count()
    while left:
        wait_until(lambda: count() < left, DRAIN_SECONDS, f"{left} entries wait, and none is done")  # noqa: B023
        left = count()


def let_house_be_killed(house: House, parts: Parts, key: str, seconds: float) -> None:
    house.start_web()
    house.start_worker()
    house.wait_until_ready()
    writers = kill_for(house, key, seconds, seed=20261124)
    wait_while_it_goes_on(lambda: count_waiting(parts.database))
    assert set(writers.refused) <= {503}
    check_nothing_is_lost(house.settings, writers.acknowledged)
    doctor = house.command("doctor", "--json")
    assert doctor.returncode == 0, doctor.stdout


def test_no_acknowledged_need_is_lost(house: House, parts: Parts, key: str) -> None:
    let_house_be_killed(house, parts, key, seconds=6)


@pytest.mark.slow
def test_no_acknowledged_need_is_lost_in_two_minutes(house: House, parts: Parts, key: str) -> None:
    let_house_be_killed(house, parts, key, seconds=120)


def test_what_waits_when_a_worker_dies_is_done_by_the_next(
    house: House, parts: Parts, session: RegistrySession, key: str
) -> None:
    house.start_web()
    house.start_worker()
    house.wait_until_ready()
    assert house.worker is not None
    house.worker.kill()
    house.worker.wait()
    status, answer = house.ask("POST", "/api/v1/needs", key, NEED | {"external_id": "linden-1"})
    assert status == 201, answer
    assert count_waiting(parts.database) > 0
    house.start_worker()
    wait_until(lambda: count_waiting(parts.database) == 0, 20, "the next worker does it")
    check_nothing_is_lost(house.settings, [answer["id"]])


def test_a_second_worker_is_refused_and_the_first_goes_on(house: House, parts: Parts) -> None:
    house.start_worker()
    heart = house.settings.data_dir / "worker.alive"
    wait_until(heart.exists, 20, "the worker lives")
    second = house.command("worker")
    assert second.returncode == 1
    assert "Another worker" in second.stderr
    assert house.worker is not None
    assert house.worker.poll() is None


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_end_ends_at_once(
    house: House, parts: Parts, told: signal.Signals
) -> None:
    house.start_worker()
    heart = house.settings.data_dir / "worker.alive"
    wait_until(heart.exists, 20, "the worker lives")
    assert house.worker is not None
    house.worker.send_signal(told)
    assert house.worker.wait(timeout=START_SECONDS) == 0
    assert not heart.exists()


def test_the_command_line_asks_a_living_worker_for_a_new_index(
    house: House, parts: Parts, session: RegistrySession, key: str
) -> None:
    house.start_worker()
    heart = house.settings.data_dir / "worker.alive"
    wait_until(heart.exists, 20, "the worker lives")
    asked = house.command("index", "rebuild", "--json")
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout) == {"documents": 2, "by_worker": True}
    house.end()
    alone = house.command("index", "rebuild", "--json")
    assert json.loads(alone.stdout) == {"documents": 2, "by_worker": False}


def test_a_worker_without_its_index_makes_it_anew(
    house: House, parts: Parts, session: RegistrySession, key: str
) -> None:
    house.start_worker()
    wait_until(lambda: count_waiting(parts.database) == 0, 20, "all is indexed")
    house.end()
    subprocess.run(["rm", "-r", str(house.settings.index_dir)], check=True)
    house.start_worker()
    wait_until(house.settings.index_dir.exists, 20, "the index is there again")
    wait_until(lambda: house.command("doctor").returncode == 0, 20, "all is well again")
