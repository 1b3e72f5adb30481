"""Views: what an audience may see of a row, as a record with typed values.

Only what is shown is opened: a view of open fields decrypts nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from registry.domain.errors import FieldProblem, RecordRefusedError
from registry.privacy.vault import Vault
from registry.storage.records import RecordRow
from search.codes import RecordState


def view_fields(vault: Vault, row: RecordRow, names: Iterable[str]) -> dict[str, Any]:
    """Return the named fields that are fields of the row itself and hold something.

    Raises:
        KeyGoneError: something guarded is asked for and its key was destroyed.
    """
    wanted = tuple(names)
    coded = _coded(vault, row, wanted)
    seen = {name: _value(vault, row, name, coded) for name in wanted}
    return {name: value for name, value in seen.items() if value not in (None, "", [], {})}


def _coded(vault: Vault, row: RecordRow, wanted: tuple[str, ...]) -> dict[str, Any]:
    return vault.read_document(row, "coded") if set(wanted) & set(row.CODED_FIELDS) else {}


def _value(vault: Vault, row: RecordRow, name: str, coded: Mapping[str, Any]) -> Any:
    if name in row.GUARDED_FIELDS:
        return vault.read(row, name)
    if name in row.OPEN_FIELDS or name in ("id", "version", "created_on"):
        return getattr(row, name)
    return coded.get(name)


def refuse_foreign_fields(record: Mapping[str, Any], foreign: Iterable[str]) -> None:
    """Let a record pass that sets no field which is not its author's to set.

    Raises:
        RecordRefusedError: naming each such field.
    """
    problems = [FieldProblem(name, "unknown_field") for name in foreign if name in record]
    if problems:
        raise RecordRefusedError(problems)


def refuse_deletion(state: str | None) -> None:
    """Let every state pass but the one that an act of its own brings about: it destroys a key.

    Raises:
        RecordRefusedError: naming the field `state`.
    """
    if state == RecordState.DELETED:
        raise RecordRefusedError([FieldProblem("state", "unknown_field")])
