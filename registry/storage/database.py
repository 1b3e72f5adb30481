"""The database: connections that are set up safely, and sessions that read or write.

SQLite takes its write lock at BEGIN IMMEDIATE, so that two processes that read and
then write lose nothing; a writer waits up to ten seconds for another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlmodel import Session

from registry.config import Settings
from registry.domain.clock import Clock, utc_day
from registry.privacy.vault import Vault
from search.index.protocol import SearchIndex

BUSY_MILLISECONDS = 10_000
LOG_MILLISECONDS = 1_000

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
)


class RegistrySession(Session):
    """One transaction, with what services need besides rows: vault, index, settings, the day."""

    vault: Vault
    index: SearchIndex
    settings: Settings
    today: date
    writes: bool
    database: "Database"

    def leave_no_trace(self) -> None:
        """Have the write-ahead log emptied once this is committed: something was deleted."""
        self.info["leaves_no_trace"] = True

    def commit(self) -> None:
        """Commit, and empty the log where something was deleted."""
        super().commit()
        if self.info.pop("leaves_no_trace", False):
            self.database.empty_log()


class Database:
    """Opens sessions. `reading()` never takes the write lock, `writing()` takes it at once."""

    def __init__(
        self, settings: Settings, vault: Vault, index: SearchIndex, clock: Clock = utc_day
    ) -> None:
        self._settings = settings
        self._vault = vault
        self._index = index
        self._clock = clock
        self.engine = make_engine(settings.database_url)
        self._writer = self.engine.execution_options(writes=True)

    def empty_log(self) -> bool:
        """Write the write-ahead log back and empty it; say whether nobody stood in the way.

        Waits a second for those who read; whoever reads longer makes it wait for the next time.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        with self.engine.connect() as connection:
            driver = connection.connection.dbapi_connection
            assert driver is not None
            driver.execute(f"PRAGMA busy_timeout = {LOG_MILLISECONDS}")
            busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            driver.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        return not busy

    def beside(self, settings: Settings) -> "Database":
        """Open another database with the same keys, index and clock; the caller disposes of it."""
        return Database(settings, self._vault, self._index, self._clock)

    def open_session(self, *, writes: bool) -> RegistrySession:
        """Open a session; the caller commits or rolls back, and closes it."""
        session = RegistrySession(self._writer if writes else self.engine, autoflush=True)
        session.vault = self._vault
        session.index = self._index
        session.settings = self._settings
        session.today = self._clock()
        session.writes = writes
        session.database = self
        return session

    @contextmanager
    def reading(self) -> Iterator[RegistrySession]:
        """Open a session that only reads."""
        with self.open_session(writes=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[RegistrySession]:
        """Open a session whose changes are committed at the end, or rolled back on an error."""
        with self.open_session(writes=True) as session:
            yield session
            session.commit()


def make_engine(url: str) -> Engine:
    """Make the engine; statements never show their parameters in errors or logs."""
    engine = create_engine(url, hide_parameters=True)
    if make_url(url).get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
