"""The worker's pulse: it shows that the worker goes on, and ends it when it is told to stop."""

import threading
import time
from collections.abc import Callable

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
        self._stopping = threading.Event()

    def ask_to_stop(self) -> None:
        """End the work at its next beat; safe to call from a signal handler."""
        self._stopping.set()

    def beat(self) -> None:
        """Show that work goes on.

        Raises:
            StopWork: somebody asked the worker to end.
        """
        if self._stopping.is_set():
            raise StopWork
        now = time.monotonic()
        if now - self._last >= BEAT_SECONDS:
            self._file.touch(mode=0o600)
            self._last = now

    def rest(self, seconds: float) -> None:
        """Wait, but not when asked to end."""
        self._stopping.wait(seconds)

    def stop(self) -> None:
        """Take the sign of life away."""
        self._file.unlink(missing_ok=True)


def seconds_since_beat(settings: Settings) -> float | None:
    """Return how long ago the worker showed a sign of life; None where there is no sign."""
    try:
        beaten = (settings.data_dir / BEAT_FILE).stat().st_mtime
    except FileNotFoundError:
        return None
    return max(0.0, time.time() - beaten)


def is_worker_alive(settings: Settings) -> bool:
    """Say whether a worker has shown a sign of life lately."""
    age = seconds_since_beat(settings)
    return age is not None and age <= STILL_ALIVE_SECONDS


def unwatched() -> None:
    """Be the pulse of work that nobody watches."""
