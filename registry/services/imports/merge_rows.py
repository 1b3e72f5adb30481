"""Pass 2: what was staged goes into the main database, in one short transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from registry.domain.errors import ConflictError
from registry.domain.identifiers import new_id
from registry.identity.actor import Actor
from registry.services.imports.kinds import Kind
from registry.services.imports.side_file import CHANGE, CREATE
from registry.storage.audit import write_audit, write_audits
from registry.storage.database import Database, RegistrySession
from registry.storage.envelopes import Envelope
from registry.storage.outbox import put_outbox

MOST_SUBJECTS = 1_000
"""Ids in one outbox entry, so that the worker never takes a whole import in one bite."""

CACHE_KIB = 64 * 1024
"""Held while rows go in: keyed hashes fall all over the indexes, and a small cache doubles the
time for which others wait."""


class OvertakenError(ConflictError):
    """Somebody wrote the same records while the file was being checked; nothing was imported."""

    def __init__(self, record: str) -> None:
        super().__init__(record, 0)
        self.args = (
            "Somebody changed the same records, or their parties, while the file was read. "
            "Nothing was imported; import it again",
        )


def merge_rows(database: Database, actor: Actor, kind: Kind, side: Path) -> None:
    """Insert and change what the side file holds, with audit and outbox entries.

    Raises:
        OvertakenError: something stands differently than pass 1 saw it; nothing was written.
    """
    try:
        with _joined(database, side) as session:
            _check_parties(session, kind)
            created = _insert_new(session, kind)
            _insert_sealed(session)
            changed = _change_standing(session, kind)
            _audit(session, actor, kind, created, changed)
            for rows in _staged_in_chunks(session, "staged_act"):
                put_outbox(session, kind.topic, *(row_id for row_id, _ in rows))
                session.flush()
    except IntegrityError as error:
        raise OvertakenError(kind.name) from error


@contextmanager
def _joined(database: Database, side: Path) -> Iterator[RegistrySession]:
    """Open a writing session that sees the side file as `staging`.

    SQLite attaches a file only outside a transaction, so it is done before the first statement,
    on the connection that the session then uses.
    """
    session = database.open_session(writes=True)
    engine: Any = session.get_bind()
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("ATTACH DATABASE ? AS staging", (str(side),))
        (usual,) = raw.execute("PRAGMA main.cache_size").fetchone()
        raw.execute(f"PRAGMA main.cache_size = {-CACHE_KIB}")
        try:
            session.bind = connection
            with session:
                yield session
                session.commit()
        finally:
            connection.rollback()
            raw.execute(f"PRAGMA main.cache_size = {usual}")
            raw.execute("DETACH DATABASE staging")


def _check_parties(session: RegistrySession, kind: Kind) -> None:
    """Refuse where a party was frozen or deleted since its rows were checked."""
    if not kind.reference.owns:
        return
    party, column = kind.reference.party.__tablename__, kind.reference.column
    statement = (
        f"SELECT 1 FROM staging.staged s LEFT JOIN main.{party} p ON p.id = s.{column} "  # noqa: S608 - names of our own tables
        "WHERE p.id IS NULL OR p.state <> 'active' LIMIT 1"
    )
    if session.execute(text(statement)).first() is not None:
        raise OvertakenError(kind.name)


def _insert_new(session: RegistrySession, kind: Kind) -> int:
    columns = ", ".join(column.name for column in kind.table.columns)
    statement = (
        f"INSERT INTO main.{kind.name} ({columns}) SELECT {columns} FROM staging.staged "  # noqa: S608 - names of our own tables
        "WHERE staged_act = :act ORDER BY staged_line"
    )
    return _run(session, statement, act=CREATE)


def _insert_sealed(session: RegistrySession) -> None:
    """Insert the envelopes that new records bring, and the one key to each."""
    columns = ", ".join(column.name for column in Envelope.__table__.columns)  # type: ignore[attr-defined]
    envelopes = f"INSERT INTO main.envelope ({columns}) SELECT {columns} FROM staging.sealed"  # noqa: S608 - names of our own columns
    _run(session, envelopes)
    _run(
        session,
        "INSERT INTO main.envelope_key (id, envelope_id, account_id, sealed_key) "
        "SELECT key_id, id, account_id, sealed_key FROM staging.sealed",
    )


def _change_standing(session: RegistrySession, kind: Kind) -> int:
    """Write changed rows over those whose version is still the one that pass 1 saw."""
    wanted = "SELECT count(*) FROM staging.staged WHERE staged_act = :act"
    expected = session.execute(text(wanted), {"act": CHANGE}).scalar_one()
    written = ", ".join([*(f"{name} = s.{name}" for name in kind.written_columns), *_falls(kind)])
    statement = (
        f"UPDATE main.{kind.name} SET {written} FROM staging.staged AS s "  # noqa: S608 - names of our own tables
        f"WHERE {kind.name}.id = s.id AND s.staged_act = :act "
        f"AND {kind.name}.version = s.version - 1"
    )
    changed = _run(session, statement, act=CHANGE) if expected else 0
    if changed != expected:
        raise OvertakenError(kind.name)
    return changed


def _falls(kind: Kind) -> Iterator[str]:
    """Yield how each confirmed column is written: it stays where the row states nothing new."""
    for confirmed, stated in kind.confirmed.items():
        stays = " OR ".join(f"s.{stated} IS {kind.name}.{each}" for each in (stated, confirmed))
        yield f"{confirmed} = CASE WHEN {stays} THEN {kind.name}.{confirmed} END"


def _run(session: RegistrySession, statement: str, **values: object) -> int:
    result: Any = session.execute(text(statement), values)
    return int(result.rowcount)


def _audit(session: RegistrySession, actor: Actor, kind: Kind, created: int, changed: int) -> None:
    """Record the batch as one act, and beside it every trust that the file gave or took."""
    counts = f"created={created} changed={changed}"
    write_audit(session, actor.account_id, f"{kind.plural}_imported", new_id(), counts)
    for vetted in _staged_in_chunks(session, "staged_vetting"):
        write_audits(session, actor.account_id, "vetting_imported", vetted)


def _staged_in_chunks(session: RegistrySession, column: str) -> Iterator[list[tuple[str, Any]]]:
    """Yield id and a column of the staged rows in which the column holds something.

    They come in the order of the file, a chunk at a time; the session may write in between.
    """
    statement = text(
        f"SELECT staged_line, id, {column} FROM staging.staged "  # noqa: S608 - names of our own columns
        f"WHERE staged_line > :last AND {column} IS NOT NULL ORDER BY staged_line LIMIT :most"
    )
    last = 0
    while rows := session.execute(statement, {"last": last, "most": MOST_SUBJECTS}).all():
        yield [(row[1], row[2]) for row in rows]
        last = rows[-1][0]
