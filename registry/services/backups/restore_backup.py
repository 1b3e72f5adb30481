"""A backup becomes the database again, without whom deleted themselves since."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlmodel import col, delete, select

from registry.config import Settings
from registry.identity.actor import SYSTEM
from registry.privacy.age import Reader, decrypt, read_identities
from registry.services.backups.create_backup import PURPOSE, database_file
from registry.services.backups.layout import BackupRefusedError, Contents, Splitter
from registry.services.deletion.remove_party import Party, remove_rows
from registry.services.index_records import rebuild_index
from registry.storage.audit import last_place, set_anchor, verify_audit, write_audit
from registry.storage.database import Database, RegistrySession
from registry.storage.donors import Donor
from registry.storage.guarded_rows import count_unreadable
from registry.storage.migrate import migrate
from registry.storage.organisations import Organisation
from registry.storage.sent_forms import SentForm
from registry.storage.sessions import BrowserSession

BUSY_SECONDS = 10.0
NOTED_DAYS = ("worker.day", "reach.day")
"""Files of the worker that say what was done already: not in the database that comes back."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: what the backup held, and how many parties did not because they are gone."""

    contents: Contents
    dropped: int


def restore_backup(database: Database, file: Reader, identity: str) -> Restored:
    """Put a backup in place of the database, all of it or nothing, and rebuild the index.

    Whose key is gone from the key store, which is the one that lives here, does not come back.
    Everybody is signed out. Only who holds the worker's lock may call it; the service is stopped.

    Raises:
        AgeError, BackupRefusedError: the file or what is in it cannot be used; nothing changed.
    """
    with database.reading() as session:
        settings, keys = session.settings, session.vault.keys
    with _staged(settings) as path:
        contents = _decrypt_to(path, file, identity)
        if contents.sealed(keys.purpose_key(PURPOSE)) != contents:
            raise BackupRefusedError(
                "This backup was not made with this key store: either it is another registry's, "
                "or somebody else made it"
            )
        staged = database.beside(replace(settings, database_url=f"sqlite:///{path}"))
        try:
            dropped = _make_fit(staged)
            _put_in_place(path, database_file(settings))
        finally:
            staged.engine.dispose()
    _begin_anew(database, settings, contents)
    return Restored(contents, dropped)


@contextmanager
def _staged(settings: Settings) -> Iterator[Path]:
    path = settings.data_dir / f"backup-{secrets.token_hex(8)}.part"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield path
    finally:
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()


def _decrypt_to(path: Path, file: Reader, identity: str) -> Contents:
    with path.open("wb") as out:
        splitter = Splitter(out)
        decrypt(file, splitter, read_identities(identity))
    return splitter.check()


def _make_fit(staged: Database) -> int:
    """Bring the copy to the newest shape, and take out who is gone; return how many that were."""
    migrate(staged.engine)
    with staged.writing() as session:
        if verify_audit(session, anchored=False) is not None:
            raise BackupRefusedError(
                "The audit trail in this backup is broken: somebody changed it"
            )
        gone = _parties_without_key(session)
        for kind, party_id in gone:
            remove_rows(session, kind, party_id)
        if count_unreadable(session):
            raise BackupRefusedError(
                "This backup is older than the last keys that were destroyed after a rotation: "
                "what is in it cannot be read any more. Use one that was made later"
            )
        session.exec(delete(BrowserSession))
        session.exec(delete(SentForm))
    return len(gone)


def _parties_without_key(session: RegistrySession) -> list[tuple[Party, str]]:
    owners = session.vault.keys.owners()
    kinds: tuple[Party, ...] = (Organisation, Donor)
    every = [(kind, each) for kind in kinds for each in session.exec(select(col(kind.id)))]
    gone = [(kind, each) for kind, each in every if each not in owners]
    if gone and len(gone) == len(every):
        raise BackupRefusedError(
            "The key store has a key of nobody in this backup: it is the wrong key store"
        )
    return gone


def _put_in_place(path: Path, target: Path) -> None:
    """Copy the database over the one that stands, in one transaction of SQLite."""
    with (
        closing(sqlite3.connect(path)) as source,
        closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as live,
    ):
        live.execute("PRAGMA secure_delete = ON")
        live.execute("PRAGMA journal_mode = WAL")
        source.backup(live, progress=_refuse_where_busy)
        live.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _refuse_where_busy(status: int, _left: int, _pages: int) -> None:
    """End the copying, which would try again for ever, where somebody else writes."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise BackupRefusedError("The database is in use: stop the service first")


def _begin_anew(database: Database, settings: Settings, contents: Contents) -> None:
    """Write down that it was restored, from which day; from here the trail goes on."""
    for name in NOTED_DAYS:
        (settings.data_dir / name).unlink(missing_ok=True)
    with database.writing() as session:
        write_audit(session, SYSTEM, "backup_restored", SYSTEM, contents.day)
    with database.reading() as session:
        set_anchor(session, last_place(session))
        rebuild_index(session)
