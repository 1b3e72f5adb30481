"""A key that stands on no disk: handed from process to process through a descriptor.

A pipe can be read once, and by one process only. What comes through one is kept in memory that
has a descriptor of its own, which child processes inherit and read as often as they like.
"""

import os
import stat
from pathlib import Path

DESCRIPTORS = Path("/dev/fd")


def hold_key(key: bytes) -> Path:
    """Keep a key in memory; return the path under which this process and its children read it."""
    descriptor = os.memfd_create("key", 0)
    os.fchmod(descriptor, 0o600)
    os.write(descriptor, key.hex().encode())
    os.set_inheritable(descriptor, True)
    return DESCRIPTORS / str(descriptor)


def is_read_once(path: Path) -> bool:
    """Say whether what stands there can be read only once."""
    try:
        return stat.S_ISFIFO(path.stat().st_mode)
    except OSError:
        return False


def is_descriptor(path: Path) -> bool:
    """Say whether a path names a descriptor of the process that reads it."""
    return path.parent == DESCRIPTORS
