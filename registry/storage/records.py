"""Rows as records and back: which fields are plain, which the vault guards, which are coded.

A record is a flat dict in the spelling of files and API, with typed values (codes, days,
amounts). Each table declares `OPEN_FIELDS`, `GUARDED_FIELDS` (a column each) and
`CODED_FIELDS` (together one guarded document in the column `coded`). Absent is left out.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, ClassVar, Protocol

from registry.privacy.vault import GuardedRow, Vault


class RecordRow(GuardedRow, Protocol):
    """A table whose rows are records."""

    OPEN_FIELDS: ClassVar[tuple[str, ...]]
    GUARDED_FIELDS: ClassVar[tuple[str, ...]]
    CODED_FIELDS: ClassVar[tuple[str, ...]]
    coded: Any


def write_record(vault: Vault, row: RecordRow, changes: Mapping[str, Any]) -> None:
    """Write the given fields into the row; None empties one, fields left out stay as they are.

    Raises:
        KeyError: a field that this table does not have.
    """
    coded = {name: value for name, value in changes.items() if name in row.CODED_FIELDS}
    for name, value in changes.items():
        if name in row.OPEN_FIELDS:
            setattr(row, name, value)
        elif name in row.GUARDED_FIELDS:
            vault.write(row, name, value)
        elif name not in coded:
            raise KeyError(name)
    if coded:
        document = vault.read_document(row, "coded") | coded
        vault.write_document(row, "coded", {k: v for k, v in document.items() if _present(v)})


def read_record(vault: Vault, row: RecordRow, *, texts: bool = True) -> dict[str, Any]:
    """Read a row as a record; `texts=False` leaves the single guarded columns unopened."""
    record = {name: getattr(row, name) for name in row.OPEN_FIELDS}
    record |= vault.read_document(row, "coded")
    if texts:
        record |= {name: vault.read(row, name) for name in row.GUARDED_FIELDS}
    return {name: value for name, value in record.items() if _present(value)}


def hash_readable(vault: Vault, record: Mapping[str, Any]) -> bytes:
    """Return the keyed hash by which a repeated import sees that nothing changed."""
    text = json.dumps(record, default=_plain, ensure_ascii=False, sort_keys=True)
    key = vault.keys.purpose_key("readable")
    return hmac.digest(key, text.encode(), hashlib.sha256)[:16]


def _plain(value: Any) -> Any:
    return value.to_record() if hasattr(value, "to_record") else value.isoformat()


def _present(value: Any) -> bool:
    return value is not None and value not in ("", [], {})
