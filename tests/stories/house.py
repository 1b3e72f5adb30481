"""A registry that really runs: gunicorn and a worker as processes over a folder of a test."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from registry.config import Settings

ROOT = Path(__file__).parents[2]
START_SECONDS = 30.0


def free_port() -> int:
    """Return a port of the loopback address that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(holds: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait for something to become true; fail with what it was."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, f"waited {seconds} s in vain: {what}"
        time.sleep(0.05)


@dataclass(slots=True)
class House:
    """The processes of a registry; whatever a test starts, `end` ends."""

    settings: Settings
    port: int = field(default_factory=free_port)
    web: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "REGISTRY_DATA_DIR": str(self.settings.data_dir),
            "REGISTRY_MASTER_KEY_FILE": str(self.settings.master_key_file),
            "PORT": str(self.port),
        }

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the registry to its end."""
        return subprocess.run(
            [sys.executable, "-m", "registry.cli", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def start_web(self) -> None:
        self.web = self._start("gunicorn", "--config", "python:registry.cli.serving")

    def start_worker(self) -> None:
        self.worker = self._start("registry.cli", "worker")

    def wait_until_ready(self) -> None:
        wait_until(self._answers, START_SECONDS, "/readyz says ready")

    def ask(self, method: str, path: str, key: str = "", body: Any = None) -> tuple[int, Any]:
        """Ask the API; raises OSError or HTTPException where no whole answer comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Content-Type": "application/json"} | ({"X-API-Key": key} if key else {})
        try:
            connection.request(method, path, json.dumps(body) if body else None, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"null")
        finally:
            connection.close()

    def web_workers(self) -> list[int]:
        """Return the processes that gunicorn started, oldest first."""
        if self.web is None or self.web.poll() is not None:
            return []
        return [child.pid for child in psutil.Process(self.web.pid).children()]

    def end(self) -> None:
        """End everything that is still there."""
        orphans = self.web_workers()
        for process in (self.web, self.worker):
            if process is not None and process.poll() is None:
                process.terminate()
                try:
                    process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        for orphan in orphans:
            if psutil.pid_exists(orphan):
                os.kill(orphan, signal.SIGKILL)

    def _start(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _answers(self) -> bool:
        try:
            return self.ask("GET", "/readyz")[0] == 200
        except (OSError, http.client.HTTPException, ValueError):
            return False
