"""Keys are rotated while people write, and the rotation is killed at twenty random moments.

The processes are really started and really killed (SIGKILL). After each kill every guarded value
in the database opens, and in the end every one stands under the newest key of its owner.
"""

import http.client
import random
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlmodel import select

from registry.app.parts import Parts
from registry.config import Settings
from registry.domain.roles import Role, Scope
from registry.identity.accounts import create_api_key
from registry.privacy.rotation import read_rotation
from registry.storage.database import RegistrySession
from registry.storage.guarded_rows import guarded_tables, is_old
from registry.storage.needs import Need
from tests.factories import NeedFactory, OfferFactory, OrganisationFactory
from tests.stories.house import House, wait_until

pytestmark = pytest.mark.slow

START_SECONDS = 120.0

KILLS = 20
NEEDS = 120
MOST_RUNS = 80
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
    """Make many needs of a few organisations, and the key of one of them."""
    OfferFactory.create()
    organisations = [OrganisationFactory.create(external_id="linden")]
    organisations += [OrganisationFactory.create() for _ in range(9)]
    for number in range(NEEDS):
        NeedFactory.create(organisation=organisations[number % 10])
    account = make_account(Role.ORGANISATION, organisation_id=organisations[0].id)
    key = create_api_key(session, account, frozenset(Scope))
    session.commit()
    return key


class Writer:
    """Somebody who registers one need after the other, and notes which were acknowledged."""

    def __init__(self, house: House, key: str) -> None:
        self.acknowledged: list[str] = []
        self._house, self._key = house, key
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> "Writer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _write(self) -> None:
        count = 0
        while not self._stop.wait(0.05):
            count += 1
            need = NEED | {"external_id": f"linden-{count}"}
            try:
                status, answer = self._house.ask("POST", "/api/v1/needs", self._key, need)
            except (OSError, http.client.HTTPException):
                continue
            if status == 201:
                self.acknowledged.append(answer["id"])


def start_rotation(house: House) -> subprocess.Popen[bytes]:
    return house._start("registry.cli", "keys", "rotate")


def rotate_to_the_end(house: House) -> None:
    done = house.command("keys", "rotate")
    assert done.returncode == 0, done.stderr


def check_everything_opens(parts: Parts) -> tuple[int, int]:
    """Open every guarded value that stands now; return how many, and how many under old keys."""
    opened = old = 0
    with parts.database.reading() as session:
        for model, fields in guarded_tables():
            for row in session.exec(select(model)):
                for field in fields:
                    if getattr(row, field) is not None:
                        assert session.vault.read(row, field) is not None
                        opened += 1
                        old += is_old(session.vault, row, field)
    return opened, old


def kill_rotations(house: House, parts: Parts, chance: random.Random, whole: float) -> int:
    """Kill rotations at random moments; return how many kills left one half done.

    Every other one is killed late, when rows are being encrypted anew.
    """
    kills = half_done = 0
    for _ in range(MOST_RUNS):
        process = start_rotation(house)
        try:
            process.wait(chance.uniform(0.65 * whole if kills % 2 else 0.2, whole))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
        _opened, old = check_everything_opens(parts)
        rotation = read_rotation(parts.vault.keys)
        half_done += old > 0 and rotation is not None and not rotation.done
        if kills == KILLS:
            break
    assert kills == KILLS
    return half_done


def test_no_row_is_ever_unreadable(house: House, parts: Parts, key: str) -> None:
    house.start_web()
    house.start_worker()
    wait_until(house._answers, START_SECONDS, "/readyz says ready")
    with Writer(house, key) as writer:
        began = time.monotonic()
        rotate_to_the_end(house)
        whole = time.monotonic() - began
        half_done = kill_rotations(house, parts, random.Random(20261124), whole)
        rotate_to_the_end(house)
        rotate_to_the_end(house)
        rotation = read_rotation(parts.vault.keys)
        assert rotation is not None
        assert rotation.done
    assert half_done >= 3, "too few kills came in the middle of the work"
    assert len(writer.acknowledged) > KILLS
    opened, old = check_everything_opens(parts)
    assert opened > 4 * NEEDS
    assert old == 0
    with parts.database.reading() as session:
        kept = set(session.exec(select(Need.id)))
    assert set(writer.acknowledged) <= kept
