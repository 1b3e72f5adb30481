"""A row that its schema took, on its way through the other checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from registry.domain.errors import FieldProblem, RecordRefusedError
from registry.domain.identifiers import is_id
from registry.schemas.records import load_record
from registry.services.imports.kinds import Kind
from registry.services.imports.side_file import REFUSED
from registry.services.imports.source_row import SourceRow
from registry.services.imports.standing import Standing
from registry.services.record_fields import refuse_deletion
from registry.services.references import HOUSE_SCOPE
from registry.storage.database import RegistrySession

PartyKey = bytes | str
"""How a row names a party: the keyed hash of its external id, or its id."""


@dataclass(slots=True)
class Candidate:
    """A record, what stands already under its external id, and what will be done with it."""

    line: int
    record: dict[str, Any]
    own_key: bytes
    party_key: PartyKey | None
    standing: Standing | None = None
    party_id: str | None = None
    row_id: str | None = None
    act: str = REFUSED
    sealed: dict[str, str] = field(default_factory=dict)
    """Texts that only their owner will read; none where the import names nobody to seal to."""


def load_candidate(session: RegistrySession, kind: Kind, row: SourceRow) -> Candidate:
    """Read a row into typed values.

    Raises:
        RecordRefusedError: it could not be read, or its schema refuses it.
    """
    if row.problems:
        raise RecordRefusedError(row.problems)
    record = load_record(kind.name, row.record)
    refuse_deletion(record.get("state"))
    if record["external_id"] == record.get(kind.reference.field):
        raise RecordRefusedError([FieldProblem(kind.reference.field, "unknown_reference")])
    own_key = _key(session, kind.name, record["external_id"])
    return Candidate(row.line, record, own_key, _party_key(session, kind, record))


def _party_key(session: RegistrySession, kind: Kind, record: Mapping[str, Any]) -> PartyKey | None:
    named = record.get(kind.reference.field)
    if named is None:
        return None
    return str(named) if is_id(named) else _key(session, kind.reference.party.__tablename__, named)


def _key(session: RegistrySession, kind: str, external_id: str) -> bytes:
    return session.vault.lookup(f"{kind}|{HOUSE_SCOPE}", external_id)
