"""One worker at a time: only who holds the lock writes the index.

The kernel lets go of the lock when its holder ends, however it ends.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from registry.config import Settings

LOCK_FILE = "worker.lock"


@contextmanager
def worker_lock(settings: Settings) -> Iterator[bool]:
    """Take the lock of the worker; yields False where another process holds it."""
    descriptor = os.open(settings.data_dir / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _take(descriptor)
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
