"""How fast `GET /api/v1/needs/{id}` answers beside a bare route, and what a web worker holds.

Both are served by gunicorn with the settings of `registry run` over the same database of needs.
The same client asks both; because it works on the same processors, processor time of the server
per request is told beside requests a second.
"""

import http.client
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psutil
from sqlmodel import col, select, update

from bench.import_rows import make_settings, write_needs, write_organisations
from registry.app import create_app_from
from registry.app.parts import Parts, open_parts
from registry.cli.setup import prepare
from registry.domain.roles import Role, Scope
from registry.identity.accounts import create_account, create_api_key
from registry.identity.actor import HOUSE
from registry.jobs.by_hand import drain_all
from registry.services.imports.import_file import import_file
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from search.codes import Vetting

CLIENTS = 4
REQUESTS = 400
"""Of each client, in each of the rounds."""
ROUNDS = 5
SEED = 20261124
ROOT = Path(__file__).parents[1]


def measure(needs: int = 10_000) -> dict[str, float]:
    """Requests a second of both routes, their ratios, and MiB of a web worker.

    `route_ratio` is ours over the bare one's; at least 0.5 is wanted, and at most 200 MiB for
    `web_worker_mib`.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = make_settings(Path(folder))
        prepare(settings)
        parts = open_parts(settings)
        key, ids = _fill(parts, Path(folder), needs)
        environment = os.environ | {
            "REGISTRY_DATA_DIR": str(settings.data_dir),
            "REGISTRY_MASTER_KEY_FILE": str(settings.master_key_file),
            "BENCH_DATABASE": settings.database_url,
        }
        with (
            _serving("wsgi:app", environment) as ours,
            _serving("bench.bare_app:app", environment) as bare,
        ):
            rounds = _compare(ours, bare, ids, key)
            for path in ("/search?category=fixed_costs", "/needs?limit=100", "/search?country=PL"):
                _ask(http.client.HTTPConnection("127.0.0.1", ours.port), path, key)
            workers = [child.memory_info().rss / 2**20 for child in ours.process.children()]
        parts.database.engine.dispose()
    return {
        "route_requests_per_second": median(each.rate for each, _ in rounds),
        "bare_requests_per_second": median(each.rate for _, each in rounds),
        "route_ratio": median(ours.rate / bare.rate for ours, bare in rounds),
        "route_processor_ms": median(each.cost for each, _ in rounds) * 1_000,
        "bare_processor_ms": median(each.cost for _, each in rounds) * 1_000,
        "web_worker_mib": max(workers),
    }


class Server(NamedTuple):
    """A gunicorn of its own port."""

    port: int
    process: psutil.Process


class Round(NamedTuple):
    """Requests a second, and processor seconds of the server per request."""

    rate: float
    cost: float


def _fill(parts: Parts, folder: Path, needs: int) -> tuple[str, list[str]]:
    """Import needs that partners may read; return a partner's key and the ids."""
    write_organisations(folder / "organisations.jsonl")
    write_needs(folder / "needs.jsonl", needs)
    for kind in ("organisations", "needs"):
        import_file(parts.database, HOUSE, kind, folder / f"{kind}.jsonl")
    with create_app_from(parts).app_context(), parts.database.writing() as session:
        session.exec(update(Organisation).values(vetting=Vetting.VERIFIED))
        account, _ = create_account(session, Role.PARTNER)
        key = create_api_key(session, account, frozenset({Scope.NEEDS_READ}))
        ids = list(session.exec(select(col(Need.id)).order_by(col(Need.id))))
    drain_all(parts.database)
    return key, ids


@contextmanager
def _serving(app: str, environment: dict[str, str]) -> Iterator[Server]:
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:registry.cli.serving", app]
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment | {"PORT": str(port)}, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield Server(port, psutil.Process(server.pid))
    finally:
        server.terminate()
        server.wait()


def _compare(ours: Server, bare: Server, ids: list[str], key: str) -> list[tuple[Round, Round]]:
    """Ask both in turns, so that what else the machine does bears on both alike."""
    for server in (ours, bare):
        _round(server.port, ids, key, REQUESTS // 4)
    return [(_measure(ours, ids, key), _measure(bare, ids, key)) for _ in range(ROUNDS)]


def _measure(server: Server, ids: list[str], key: str) -> Round:
    before, begun = _processor_time(server.process), time.perf_counter()
    _round(server.port, ids, key, REQUESTS)
    seconds = time.perf_counter() - begun
    spent = _processor_time(server.process) - before
    return Round(CLIENTS * REQUESTS / seconds, spent / (CLIENTS * REQUESTS))


def _round(port: int, ids: list[str], key: str, requests: int) -> None:
    with ThreadPoolExecutor(CLIENTS) as clients:
        asked = [clients.submit(_client, port, ids, key, requests, each) for each in range(CLIENTS)]
    for each in asked:
        each.result()


def _client(port: int, ids: list[str], key: str, requests: int, number: int) -> None:
    chance = random.Random(SEED + number)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(requests):
        _ask(connection, f"/needs/{chance.choice(ids)}", key)
    connection.close()


def _ask(connection: http.client.HTTPConnection, path: str, key: str) -> None:
    connection.request("GET", f"/api/v1{path}", headers={"X-API-Key": key})
    answer = connection.getresponse()
    answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{path} answered {answer.status}")


def _processor_time(server: psutil.Process) -> float:
    times = [child.cpu_times() for child in server.children()]
    return float(sum(each.user + each.system for each in times))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return
