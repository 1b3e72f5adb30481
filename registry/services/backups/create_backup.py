"""A consistent copy of the database, encrypted for a key that this machine does not have."""

import fcntl
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import make_url

from registry.config import Settings
from registry.privacy.age import Writer, encrypt, read_recipient
from registry.services.backups.layout import (
    FORMAT,
    BackupRefusedError,
    Contents,
    Joined,
    hash_file,
)
from registry.storage.database import Database

LOCK = "backup.lock"
PART_FILES = "backup-*.part"
PURPOSE = "backups"
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"


def create_backup(database: Database, recipient: str, out: Writer) -> Contents:
    """Write a backup, while the service runs; return what it holds.

    The copy that it is made of lies in the data folder, where the database lies too, has no name
    while it is encrypted, and is cleared away by the next backup where this one was killed.

    Raises:
        AgeError: the recipient is no age public key.
        BackupRefusedError: another backup is being made, or the database is none of SQLite.
    """
    key = read_recipient(recipient)
    with database.reading() as session:
        settings, day = session.settings, session.today
        seal = session.vault.keys.purpose_key(PURPOSE)
    with _only_one(settings), _copied(settings) as (copy, revision, rows):
        size, digest = hash_file(copy)
        copy.seek(0)
        contents = Contents(FORMAT, day.isoformat(), revision, size, digest, rows).sealed(seal)
        encrypt(Joined(contents.to_line(), copy), out, key)
    return contents


def database_file(settings: Settings) -> Path:
    """Return where the database lies.

    Raises:
        BackupRefusedError: it is no file of SQLite.
    """
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise BackupRefusedError("Only a database of SQLite is backed up here: use its own tools")
    return Path(url.database)


@contextmanager
def _only_one(settings: Settings) -> Iterator[None]:
    """Let one backup be made at a time, and clear away what a killed one left."""
    descriptor = os.open(settings.data_dir / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in settings.data_dir.glob(PART_FILES):
            left.unlink()
        yield
    except BlockingIOError as error:
        raise BackupRefusedError("Another backup is being made: wait until it is done") from error
    finally:
        os.close(descriptor)


@contextmanager
def _copied(settings: Settings) -> Iterator[tuple[BinaryIO, str, dict[str, int]]]:
    """Copy the database as it stands at one moment; the copy has lost its name when it is used."""
    source = database_file(settings)
    path = settings.data_dir / f"backup-{secrets.token_hex(8)}.part"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(source, isolation_level=None)) as connection:
            connection.execute("VACUUM INTO ?", (str(path),))
        revision, rows = _look_into(path)
        copy = path.open("rb")
    finally:
        path.unlink()
    with copy:
        yield copy, revision, rows


def _look_into(path: Path) -> tuple[str, dict[str, int]]:
    """Return the shape of a copy and its rows per table; it has to be sound."""
    with closing(sqlite3.connect(path)) as connection:
        sound = connection.execute("PRAGMA quick_check").fetchone()[0]
        if sound != "ok":
            raise BackupRefusedError("The database is damaged, and was not backed up")
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        names = [row[0] for row in connection.execute(TABLES)]
        rows = {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - names of our own tables
            for name in names
        }
    return revision, rows
