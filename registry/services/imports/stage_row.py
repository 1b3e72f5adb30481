"""A row as it will stand in the table of its kind, with what is guarded encrypted."""

from typing import Any

from registry.services.imports.candidate import Candidate
from registry.services.imports.kinds import Kind
from registry.services.imports.side_file import CREATE
from registry.storage.database import RegistrySession
from registry.storage.records import hash_readable

VETTING = "vetting"


def stage_row(session: RegistrySession, kind: Kind, candidate: Candidate) -> dict[str, Any]:
    """Write a candidate as the columns of its table, and those that say what to do with it.

    A row is the whole record: fields it leaves out are emptied. States it leaves out stay as they
    are, and what the file does not speak of is not written at all (`kinds.LEFT_ALONE`).

    Raises:
        KeyGoneError: the data key of its party was destroyed meanwhile.
    """
    row = _make_row(session, kind, candidate)
    kind.store_fields(session, row, _fields_to_write(kind, candidate))
    row.external_id_hash = candidate.own_key
    row.readable_hash = hash_readable(session.vault, candidate.record)
    if kind.has_own_key and kind.reference.column:
        setattr(row, kind.reference.column, candidate.party_id)
    staged = {column.name: getattr(row, column.name) for column in kind.table.columns}
    return staged | {
        "staged_line": candidate.line,
        "staged_act": candidate.act,
        "staged_vetting": _vetting_given(candidate),
    }


def _make_row(session: RegistrySession, kind: Kind, candidate: Candidate) -> Any:
    owner: dict[str, Any] = (
        {kind.reference.column: candidate.party_id} if kind.reference.owns else {}
    )
    row = kind.model(id=str(candidate.row_id), created_on=session.today, **owner)
    standing = candidate.standing
    row.version = 1 if standing is None else standing.version + 1
    if standing is not None:
        for name, value in standing.kept.items():
            setattr(row, name, value)
    return row


def _fields_to_write(kind: Kind, candidate: Candidate) -> dict[str, Any]:
    """Leave out states that stay as they are, so that nothing follows from them anew."""
    record = dict(candidate.record)
    if candidate.act == CREATE:
        return {**kind.defaults, **record}
    standing = candidate.standing
    for name in kind.kept:
        if standing is not None and record.get(name) == standing.kept[name]:
            del record[name]
    return record


def _vetting_given(candidate: Candidate) -> str | None:
    """Return the trust that the file gives or takes, for the audit trail."""
    given: str | None = candidate.record.get(VETTING)
    standing = candidate.standing
    before = standing.kept.get(VETTING) if standing is not None else "unverified"
    return given if given != before else None
