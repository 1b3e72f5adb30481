"""Every guarded column of every table, and encrypting rows anew under the newest keys."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Table
from sqlmodel import func, select

from registry.domain.errors import KeyGoneError
from registry.privacy.ciphertext import Ciphertext
from registry.privacy.vault import VERSION_BYTES, Vault
from registry.storage import tables
from registry.storage.base import Row
from registry.storage.columns import Guarded
from registry.storage.database import RegistrySession

ROWS_AT_ONCE = 100


def guarded_tables() -> Iterator[tuple[type[Any], tuple[str, ...]]]:
    """Yield each model that has guarded columns, with their names."""
    for name in sorted(tables.metadata.tables):
        table = tables.metadata.tables[name]
        fields = tuple(each.name for each in table.columns if isinstance(each.type, Guarded))
        if fields:
            yield _model_of(table), fields


def count_rows(session: RegistrySession) -> int:
    """Return how many rows have guarded columns."""
    counts = (select(func.count()).select_from(model) for model, _fields in guarded_tables())
    return sum(session.exec(count).one() for count in counts)


def read_part(
    session: RegistrySession, model: type[Any], after: str, limit: int = ROWS_AT_ONCE
) -> list[Any]:
    """Read the next rows behind an id, with their keys looked up at once."""
    rows = session.exec(select(model).where(model.id > after).order_by(model.id).limit(limit)).all()
    session.vault.keys.look_up({row.key_owner for row in rows})
    return list(rows)


def is_old(vault: Vault, row: Any, field: str) -> bool:
    """Say whether a field is under an older version of a key that is still there."""
    stored: Ciphertext | None = getattr(row, field)
    if stored is None:
        return False
    try:
        newest, _key = vault.keys.newest_key(row.key_owner)
    except KeyGoneError:
        return False
    return int.from_bytes(stored.body[:VERSION_BYTES]) < newest


def count_unreadable(session: RegistrySession) -> int:
    """Return how many guarded values are under a version of a key that is gone from its owner."""
    return sum(
        _is_lost(session.vault, row, field)
        for model, fields in guarded_tables()
        for row in session.exec(select(model).execution_options(yield_per=1000))
        for field in fields
    )


def _is_lost(vault: Vault, row: Any, field: str) -> bool:
    stored: Ciphertext | None = getattr(row, field)
    if stored is None:
        return False
    try:
        vault.keys.newest_key(row.key_owner)
        vault.keys.key(row.key_owner, int.from_bytes(stored.body[:VERSION_BYTES]))
    except KeyGoneError:
        return True
    return False


def renew_part(
    session: RegistrySession, model: type[Any], fields: Sequence[str], ids: Sequence[str]
) -> int:
    """Encrypt what is old in these rows under the newest keys; return in how many rows that was.

    A row's own version stays: nobody who changes it meanwhile is told that somebody else did.
    """
    rows = session.exec(select(model).where(model.id.in_(ids))).all()
    session.expunge_all()
    renewed = 0
    for row in rows:
        changes = _renewed(session.vault, row, fields)
        if changes:
            table: Table = model.__table__
            session.execute(table.update().where(table.c.id == row.id).values(**changes))
            renewed += 1
    return renewed


def _renewed(vault: Vault, row: Any, fields: Sequence[str]) -> dict[str, Ciphertext]:
    changes: dict[str, Ciphertext] = {}
    for field in fields:
        if is_old(vault, row, field):
            with suppress(KeyGoneError):  # not to be read before, and not now
                vault.write(row, field, vault.read(row, field))
                changes[field] = getattr(row, field)
    return changes


def _model_of(table: Table) -> type[Any]:
    mappers = Row._sa_registry.mappers  # noqa: SLF001 - the only list of models there is
    return next(each.class_ for each in mappers if each.local_table is table)
