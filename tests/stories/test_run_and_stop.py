"""`registry run`, as `make run` calls it: starts everything, and ends all of it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from registry.app.parts import Parts
from registry.config import Settings
from registry.domain.roles import Role
from tests.stories.house import ROOT, House, wait_until

END_SECONDS = 20.0


@pytest.fixture
def house(settings: Settings, make_account: Callable[..., Any], session: Any) -> House:
    """Make a registry that somebody uses already, so that no demonstration is loaded."""
    make_account(Role.OFFICER)
    session.commit()
    return House(settings)


@pytest.fixture
def start(house: House, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start `registry run`; its output goes to `said.txt` of the test's folder."""
    started: list[subprocess.Popen[bytes]] = []

    def run() -> subprocess.Popen[bytes]:
        with (tmp_path / "said.txt").open("ab") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "registry.cli", "run"],
                cwd=ROOT,
                env=house.environment,
                stdout=said,
                stderr=said,
            )
        started.append(process)
        return process

    yield run
    for process in started:
        for child in [*descendants(process), process.pid]:
            if psutil.pid_exists(child):
                os.kill(child, signal.SIGKILL)
        process.wait()


def descendants(process: subprocess.Popen[bytes]) -> list[int]:
    try:
        return [child.pid for child in psutil.Process(process.pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def is_gone(process: int) -> bool:
    try:
        return psutil.Process(process).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def wait_until_gone(processes: list[int]) -> None:
    wait_until(lambda: all(map(is_gone, processes)), END_SECONDS, "all processes ended")


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    return [
        child.pid
        for child in psutil.Process(process.pid).children(recursive=True)
        if "worker" in child.cmdline()
    ]


def test_it_serves_ends_on_ctrl_c_and_starts_again(
    house: House, start: Callable[[], subprocess.Popen[bytes]], parts: Parts, tmp_path: Path
) -> None:
    for _ in range(2):
        process = start()
        house.wait_until_ready()
        everything = descendants(process)
        assert len(everything) >= 4
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=END_SECONDS) == 0
        wait_until_gone(everything)
    said = (tmp_path / "said.txt").read_text()
    assert f"http://127.0.0.1:{house.port}/" in said
    assert "Traceback" not in said


def test_if_one_process_dies_all_end_with_a_message(
    house: House, start: Callable[[], subprocess.Popen[bytes]], parts: Parts, tmp_path: Path
) -> None:
    process = start()
    house.wait_until_ready()
    everything = descendants(process)
    for worker in workers_of(process):
        os.kill(worker, signal.SIGKILL)
    assert process.wait(timeout=END_SECONDS) == 1
    wait_until_gone(everything)
    assert "ended by itself" in (tmp_path / "said.txt").read_text()


def test_if_the_command_itself_is_killed_nothing_keeps_the_port(
    house: House, start: Callable[[], subprocess.Popen[bytes]], parts: Parts
) -> None:
    process = start()
    house.wait_until_ready()
    everything = descendants(process)
    process.kill()
    process.wait()
    wait_until_gone(everything)
    assert start().poll() is None
    house.wait_until_ready()


def test_a_port_in_use_is_told_before_anything_starts(house: House, settings: Settings) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", house.port))
        other.listen()
        refused = house.command("run")
    assert refused.returncode == 1
    assert f"Port {house.port}" in refused.stderr
    assert "PORT=" in refused.stderr
    assert not (settings.data_dir / "worker.lock").exists()


def test_it_listens_on_this_machine_only(
    house: House, start: Callable[[], subprocess.Popen[bytes]], parts: Parts
) -> None:
    process = start()
    house.wait_until_ready()
    addresses = {
        connection.laddr.ip
        for child in descendants(process)
        for connection in psutil.Process(child).net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert addresses == {"127.0.0.1"}
