"""The key store: data keys wrapped by the master key, in a file of its own.

One key per owner (an organisation or a donor) and one per purpose of the service
itself (`system:index` ...). Destroying an owner's key makes all it guarded unreadable,
in old backups too, because the key store is in none of them.
"""

import os
import secrets
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from registry.domain.errors import KeyGoneError, UnsafeSettingsError

NONCE_BYTES = 12
KEY_BYTES = 32
REMEMBER_SECONDS = 2.0
"""How long a process may go on using a key that another one destroyed."""

MOST_REMEMBERED = 5_000
"""Owners whose keys are held at one time; past it all are forgotten and read anew."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS wrapped_key (
    owner TEXT NOT NULL, version INTEGER NOT NULL, wrapped BLOB NOT NULL,
    PRIMARY KEY (owner, version)
);
CREATE TABLE IF NOT EXISTS leaving (owner TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, body BLOB NOT NULL);
"""
"""`leaving` names who was deleted, until its rows are known to be gone too; a `note` is what the
database is held against, and must not stand in it."""

SELECT = "SELECT version, wrapped FROM wrapped_key WHERE owner = ?"
NEWEST = "SELECT owner, max(version) FROM wrapped_key GROUP BY owner"
DELETE_OLD = """
DELETE FROM wrapped_key WHERE version <
    (SELECT max(version) FROM wrapped_key AS newer WHERE newer.owner = wrapped_key.owner)
"""
READ_NOTE = "SELECT body FROM note WHERE name = ?"
DESTROYED = "destroyed"
"""The note in a key store whose keys were all destroyed: it takes no new ones."""
INSERT = """
INSERT OR IGNORE INTO wrapped_key SELECT ?, 1, ?
    WHERE NOT EXISTS (SELECT 1 FROM note WHERE name = 'destroyed')
"""
WRITE_NOTE = "INSERT OR REPLACE INTO note VALUES (?, ?)"


class KeyStore:
    """Reads, makes and destroys data keys; safe to use from several processes."""

    def __init__(self, path: Path, master_key: bytes) -> None:
        self._path = path
        self._wrap = AESGCM(master_key)
        self._known: dict[str, tuple[float, dict[int, bytes]]] = {}
        self._prepare_file()

    def __repr__(self) -> str:
        return "<KeyStore>"

    def make_key(self, owner: str) -> None:
        """Make the first data key of an owner; where one is already, nothing changes."""
        with self._connection() as connection:
            connection.execute(
                INSERT, (owner, self._wrapped(owner, 1, secrets.token_bytes(KEY_BYTES)))
            )
        self._known.pop(owner, None)

    def make_keys(self, owners: Iterable[str]) -> None:
        """Make the first data keys of owners that have none yet, all of them or none.

        Raises:
            sqlite3.IntegrityError: one of them has a key already.
        """
        made = {owner: secrets.token_bytes(KEY_BYTES) for owner in owners}
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "INSERT INTO wrapped_key VALUES (?, 1, ?)",
                ((owner, self._wrapped(owner, 1, key)) for owner, key in made.items()),
            )
            connection.execute("COMMIT")
        for owner, key in made.items():
            self._remember(owner, {1: key})

    def newest_key(self, owner: str) -> tuple[int, bytes]:
        """Return version and bytes of the key to write with.

        Raises:
            KeyGoneError: the owner has no key (any more).
        """
        keys = self._keys(owner)
        version = max(keys)
        return version, keys[version]

    def key(self, owner: str, version: int) -> bytes:
        """Return one version of the owner's key, to read with.

        Another process may have written with a version that was made since this one looked.

        Raises:
            KeyGoneError: that key is not there (any more).
        """
        keys = self._keys(owner)
        if version not in keys:
            self._known.pop(owner, None)
            keys = self._keys(owner)
        try:
            return keys[version]
        except KeyError as error:
            raise KeyGoneError from error

    def look_up(self, owners: Collection[str]) -> None:
        """Read the keys of many owners at once, so that what follows need not ask one by one."""
        with self._connection() as connection:
            for owner in owners:
                rows = connection.execute(SELECT, (owner,)).fetchall()
                if rows:
                    self._remember(owner, self._opened(owner, rows))

    def purpose_key(self, purpose: str) -> bytes:
        """Return the service's own key for one purpose, made at first use."""
        owner = f"system:{purpose}"
        try:
            return self.newest_key(owner)[1]
        except KeyGoneError:
            self.make_key(owner)
            return self.newest_key(owner)[1]

    def destroy_key(self, owner: str) -> None:
        """Destroy every version of an owner's key. There is no way back."""
        self.destroy_keys((owner,))

    def destroy_keys(self, owners: Iterable[str]) -> None:
        """Destroy every key of several owners at once."""
        gone = tuple(owners)
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "DELETE FROM wrapped_key WHERE owner = ?", ((owner,) for owner in gone)
            )
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for owner in gone:
            self._known.pop(owner, None)

    def add_versions(self, owners: Iterable[str], note: str, body: bytes) -> None:
        """Make a new version of the key of each owner, and a note of it, in one step."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            newest = dict(connection.execute(NEWEST))
            connection.executemany(
                "INSERT INTO wrapped_key VALUES (?, ?, ?)",
                (self._new_version(owner, newest[owner] + 1) for owner in owners),
            )
            connection.execute(WRITE_NOTE, (note, body))
            connection.execute("COMMIT")
        self._known.clear()

    def drop_old_versions(self, note: str, body: bytes) -> None:
        """Destroy every version but the newest of each owner's key, and note that it was done."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(DELETE_OLD)
            connection.execute(WRITE_NOTE, (note, body))
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._known.clear()

    def rewrap(self, master_key: bytes, note: str, body: bytes | None) -> None:
        """Wrap every key with another master key instead, in one step, and note how it is made.

        Processes that hold the old master key open nothing from then on.
        """
        wrap = AESGCM(master_key)
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            rows = connection.execute("SELECT owner, version, wrapped FROM wrapped_key").fetchall()
            connection.executemany(
                "UPDATE wrapped_key SET wrapped = ? WHERE owner = ? AND version = ?",
                (
                    (
                        _wrapped(wrap, owner, number, self._unwrapped(owner, number, old)),
                        owner,
                        number,
                    )
                    for owner, number, old in rows
                ),
            )
            connection.execute("DELETE FROM note WHERE name = ?", (note,))
            if body is not None:
                connection.execute(WRITE_NOTE, (note, body))
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._wrap = wrap
        self._known.clear()

    def begin_leaving(self, owner: str) -> None:
        """Destroy every key of an owner and note that its rows have to go, in one step."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT OR IGNORE INTO leaving VALUES (?)", (owner,))
            connection.execute("DELETE FROM wrapped_key WHERE owner = ?", (owner,))
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._known.pop(owner, None)

    def leaving(self) -> set[str]:
        """Return the owners whose keys are destroyed and whose rows may still be there."""
        with self._connection() as connection:
            return {row[0] for row in connection.execute("SELECT owner FROM leaving")}

    def end_leaving(self, owner: str) -> None:
        """Note that nothing of a deleted owner is left."""
        with self._connection() as connection:
            connection.execute("DELETE FROM leaving WHERE owner = ?", (owner,))

    def read_note(self, name: str) -> bytes | None:
        """Return what was noted under a name; None where nothing was."""
        with self._connection() as connection:
            row = connection.execute(READ_NOTE, (name,)).fetchone()
        return bytes(row[0]) if row else None

    def write_note(self, name: str, body: bytes) -> None:
        """Note something under a name, over what stood there."""
        with self._connection() as connection:
            connection.execute(WRITE_NOTE, (name, body))

    def owners(self) -> set[str]:
        """Return every owner that has a key."""
        with self._connection() as connection:
            return {row[0] for row in connection.execute("SELECT owner FROM wrapped_key")}

    def _keys(self, owner: str) -> dict[int, bytes]:
        known = self._known.get(owner)
        if known and time.monotonic() - known[0] < REMEMBER_SECONDS:
            return known[1]
        keys = self._read_keys(owner)
        if not keys:
            self._known.pop(owner, None)
            raise KeyGoneError
        self._remember(owner, keys)
        return keys

    def _remember(self, owner: str, keys: dict[int, bytes]) -> None:
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        self._known[owner] = (time.monotonic(), keys)

    def _read_keys(self, owner: str) -> dict[int, bytes]:
        with self._connection() as connection:
            rows = connection.execute(SELECT, (owner,)).fetchall()
        return self._opened(owner, rows)

    def _opened(self, owner: str, rows: Iterable[tuple[int, bytes]]) -> dict[int, bytes]:
        return {version: self._unwrapped(owner, version, wrapped) for version, wrapped in rows}

    def _new_version(self, owner: str, version: int) -> tuple[str, int, bytes]:
        return owner, version, self._wrapped(owner, version, secrets.token_bytes(KEY_BYTES))

    def _wrapped(self, owner: str, version: int, key: bytes) -> bytes:
        return _wrapped(self._wrap, owner, version, key)

    def _unwrapped(self, owner: str, version: int, wrapped: bytes) -> bytes:
        nonce, body = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        try:
            return self._wrap.decrypt(nonce, body, f"{owner}|{version}".encode())
        except InvalidTag as error:
            raise UnsafeSettingsError(
                "The master key does not open the key store: another one wrapped its keys. "
                "Give the master key that this data was begun with"
            ) from error

    def are_destroyed(self) -> bool:
        """Say whether every key was destroyed: whoever works with this key store has to end."""
        return self.read_note(DESTROYED) is not None

    def _prepare_file(self) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        with self._connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(SCHEMA)
        if self.are_destroyed():
            raise UnsafeSettingsError(
                "The keys of this registry were destroyed: nothing in it can be read any more. "
                "Begin anew with an empty data folder and another key store"
            )

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=10, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
            yield connection


def _wrapped(wrap: AESGCM, owner: str, version: int, key: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + wrap.encrypt(nonce, key, f"{owner}|{version}".encode())
