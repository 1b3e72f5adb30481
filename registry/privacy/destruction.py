"""The end of every key, in seconds: without the master key, whatever state the files are in."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from registry.privacy.key_store import DESTROYED, SCHEMA, WRITE_NOTE

PATIENCE_SECONDS = 1.0
"""How long to wait for another process that writes, before its file is taken from under it."""
PART = 1024 * 1024
BESIDE = ("", "-wal", "-shm", "-journal")


def destroy_key_store(path: Path) -> None:
    """Destroy every wrapped key; processes that run find none within two seconds.

    What stays is an empty key store that says so and takes no key any more. Where SQLite cannot do
    it, because the file is damaged or somebody holds it, the file is written over and removed.
    """
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, PATIENCE_SECONDS, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.executescript(SCHEMA)
            connection.execute("BEGIN IMMEDIATE")
            for table in ("wrapped_key", "leaving", "note"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own three tables
            connection.execute(WRITE_NOTE, (DESTROYED, b""))
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error:
        for end in BESIDE:
            remove_file(path.with_name(path.name + end))


def remove_file(path: Path) -> None:
    """Write zeros over a file, then remove it; nothing happens where it is none."""
    if path.is_file():
        write_over(path)
        path.unlink()


def write_over(path: Path) -> None:
    """Write zeros over a file's bytes; where the file system allows it, they are gone by that."""
    left = path.stat().st_size
    with path.open("r+b") as file:
        while left > 0:
            left -= file.write(bytes(min(left, PART)))
        file.flush()
        os.fsync(file.fileno())
