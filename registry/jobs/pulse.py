"""The worker's pulse: it shows that the worker goes on, and ends it when it is told to stop."""

import time
from collections.abc import Callable
from pathlib import Path

from registry.config import Settings

BEAT_FILE = "worker.alive"
BEAT_SECONDS = 1.0
STILL_ALIVE_SECONDS = 30.0
"""A worker that showed no sign of life for so long is taken for dead or stuck."""

Pulse = Callable[[], None]
"""Called between two small pieces of work."""


class StopWork(BaseException):
    """The worker was told to end; what is not committed is done again by the next one."""


class Heart:
    """Leaves a sign of life in the data folder, at most once a second."""

    def __init__(self, settings: Settings) -> None:
        self._file = settings.data_dir / BEAT_FILE
        self._last = float("-inf")
        self.stopping = False

    def beat(self) -> None:
        """Show that work goes on.

        Raises:
            StopWork: somebody asked the worker to end.
        """
        if self.stopping:
            raise StopWork
        now = time.monotonic()
        if now - self._last >= BEAT_SECONDS:
            self._file.touch(mode=0o600)
            self._last = now

    def stop(self) -> None:
        """Take the sign of life away."""
        self._file.unlink(missing_ok=True)


def seconds_since_beat(settings: Settings) -> float | None:
    """Return how long ago the worker showed a sign of life; None where there is no sign."""
    return _age(settings.data_dir / BEAT_FILE)


def is_worker_alive(settings: Settings) -> bool:
    """Say whether a worker has shown a sign of life lately."""
    age = seconds_since_beat(settings)
    return age is not None and age <= STILL_ALIVE_SECONDS


def _age(path: Path) -> float | None:
    try:
        return max(0.0, time.time() - path.stat().st_mtime)
    except FileNotFoundError:
        return None


def never() -> None:
    """Be the pulse of work that nothing watches, as in the command line and in tests."""
