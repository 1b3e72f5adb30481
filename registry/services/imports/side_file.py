"""The side file: where an import keeps what it has checked, apart from the main database.

It lies in a folder of its own in the data folder, holds what is guarded as ciphertext only, and
is removed whatever happens. What a killed import left behind, the next one clears away.
"""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import IO, Any

from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    MetaData,
    NullPool,
    String,
    Table,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.engine import Connection

from registry.config import Settings
from registry.services.imports.kinds import Kind
from registry.storage.envelopes import Envelope

CREATE, CHANGE, REFUSED, UNCHANGED = "create", "change", "refused", "unchanged"
FOLDER, STAGED, LOCK = "imports", "staged.db", "lock"
PRAGMAS = ("PRAGMA journal_mode = TRUNCATE", "PRAGMA synchronous = OFF")
"""A killed import has to leave a readable file, but nothing has to survive a power cut."""

_metadata = MetaData()
seen = Table(
    "seen",
    _metadata,
    Column("external_id_hash", LargeBinary(16), primary_key=True),
    Column("line", Integer, nullable=False),
    Column("id", String(32)),
    Column("act", String(16), nullable=False),
)
"""Every external id of the file, as its keyed hash; `id` is absent where the row was refused."""

sealed = Table(
    "sealed",
    _metadata,
    *(Column(column.name, column.type) for column in Envelope.__table__.columns),  # type: ignore[attr-defined]
    Column("key_id", String(32)),
    Column("account_id", String(32)),
    Column("sealed_key", LargeBinary),
)
"""Envelopes of new records, each with its one key, as they will stand in their tables."""


class SideFile:
    """The staged rows of one import, and every external id it has seen."""

    def __init__(self, folder: Path, kind: Kind) -> None:
        self.path = folder / STAGED
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        engine = create_engine(f"sqlite:///{self.path}", poolclass=NullPool, hide_parameters=True)
        event.listen(engine, "connect", _set_up)
        self._staged = _staging_table(kind)
        self._connection: Connection = engine.connect()
        _metadata.create_all(self._connection)
        self._staged.create(self._connection)
        self._connection.commit()

    def find_seen(self, hashes: Iterable[bytes]) -> dict[bytes, tuple[int, str | None]]:
        """Return line and id of the rows before that have these external ids."""
        statement = select(seen.c.external_id_hash, seen.c.line, seen.c.id).where(
            seen.c.external_id_hash.in_(tuple(hashes))
        )
        return {row[0]: (row[1], row[2]) for row in self._connection.execute(statement)}

    def note(self, rows: Sequence[dict[str, Any]]) -> None:
        """Remember external ids, and for good, so that keys made for them can be found again."""
        if rows:
            self._connection.execute(seen.insert(), rows)
        self._connection.commit()

    def stage(self, rows: Sequence[dict[str, Any]]) -> None:
        """Keep rows as they will stand in the table of their kind."""
        if rows:
            self._connection.execute(self._staged.insert(), rows)
        self._connection.commit()

    def stage_sealed(self, rows: Sequence[dict[str, Any]]) -> None:
        """Keep envelopes of new records, already sealed."""
        if rows:
            self._connection.execute(sealed.insert(), rows)
            self._connection.commit()

    def count(self, act: str) -> int:
        """Return of how many rows this is what has to be done, or was found."""
        statement = select(func.count()).where(seen.c.act == act)
        return self._connection.execute(statement).scalar_one()

    def created_ids(self) -> list[str]:
        """Return the ids of new rows, whose data keys go where the rows do not come in."""
        return read_created_ids(self._connection)

    def release(self) -> None:
        """End what was begun here, so that another connection can attach the file."""
        self._connection.rollback()

    def close(self) -> None:
        self._connection.close()


def read_created_ids(connection: Connection) -> list[str]:
    """Return the ids of the new rows of a side file."""
    statement = select(seen.c.id).where(seen.c.act == CREATE, seen.c.id.is_not(None))
    return list(connection.execute(statement).scalars())


@contextmanager
def open_side_file(settings: Settings, kind: Kind) -> Iterator[SideFile]:
    """Make a side file of mode 0600 and remove it in the end, come what may."""
    parent = settings.data_dir / FOLDER
    parent.mkdir(mode=0o700, exist_ok=True)
    folder = Path(mkdtemp(dir=parent))
    lock = _lock(folder, "wb")
    try:
        side = SideFile(folder, kind)
        try:
            yield side
        finally:
            side.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            lock.close()


def find_abandoned(settings: Settings) -> Iterator[Path]:
    """Yield the folders of imports that were killed, locked while they are cleared away."""
    for folder in sorted((settings.data_dir / FOLDER).glob("*/")):
        lock = _lock(folder, "rb")
        if lock is None:
            continue
        with lock:
            yield folder
            shutil.rmtree(folder, ignore_errors=True)


def read_abandoned(folder: Path) -> list[str]:
    """Return the ids for which a killed import may have made data keys."""
    path = folder / STAGED
    if not path.exists():
        return []
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, hide_parameters=True)
    with suppress(Exception), engine.connect() as connection:
        return read_created_ids(connection)
    return []


def _lock(folder: Path, mode: str) -> IO[bytes] | None:
    """Take the lock of an import's folder; None where a running import holds it."""
    try:
        lock: IO[bytes] = (folder / LOCK).open(mode)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return lock


def _set_up(connection: Any, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _staging_table(kind: Kind) -> Table:
    """Declare the columns of a table without its indexes and references, and what to do."""
    return Table(
        "staged",
        MetaData(),
        # First, and the order of the table: read in pass 2 without touching the long columns.
        Column("staged_line", Integer, primary_key=True),
        Column("staged_act", String(16)),
        Column("staged_vetting", String(16)),
        *(Column(column.name, column.type) for column in kind.table.columns),
    )
