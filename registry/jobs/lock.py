"""One worker at a time: only who holds the lock writes the index.

The kernel lets go of the lock when its holder ends, however it ends.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from registry.config import Settings

LOCK_FILE = "worker.lock"
TRY_AGAIN_SECONDS = 0.1


@contextmanager
def worker_lock(settings: Settings, patience: float = 0.0) -> Iterator[bool]:
    """Take the lock of the worker; yields False where another process holds it.

    `patience` are seconds to wait for one that holds it for a moment, as the command line does.
    """
    descriptor = os.open(settings.data_dir / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = time.monotonic() + patience
        while not (taken := _take(descriptor)) and time.monotonic() < until:
            time.sleep(TRY_AGAIN_SECONDS)
        yield taken
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
