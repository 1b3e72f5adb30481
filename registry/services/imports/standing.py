"""What the database holds already of what a file speaks of, read a batch at a time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select

from registry.services.imports.kinds import Kind, Party
from registry.storage.database import RegistrySession
from search.codes import RecordState


@dataclass(frozen=True, slots=True)
class Standing:
    """A record that is there already: `kept` holds its states, and the days that follow them."""

    id: str
    version: int
    readable_hash: bytes | None
    owner_id: str | None
    kept: Mapping[str, Any]

    @property
    def is_deleted(self) -> bool:
        return self.kept.get("state") == RecordState.DELETED


@dataclass(frozen=True, slots=True)
class PartyFound:
    """A party that a row names."""

    id: str
    is_active: bool


def find_standing(
    session: RegistrySession, kind: Kind, hashes: Collection[bytes]
) -> dict[bytes, Standing]:
    """Return the records that have these external ids, by the keyed hash of it."""
    model = kind.model
    names = ("external_id_hash", "id", "version", "readable_hash", *kind.kept, *kind.days)
    columns = [kind.table.c[name] for name in names]
    if kind.reference.owns:
        columns.append(kind.table.c[kind.reference.column])
    statement = select(*columns).where(col(model.external_id_hash).in_(hashes))
    return {
        row[0]: Standing(
            id=row[1],
            version=row[2],
            readable_hash=row[3],
            owner_id=row[len(names)] if kind.reference.owns else None,
            kept=dict(zip(names[4:], row[4 : len(names)], strict=True)),
        )
        for row in session.execute(statement)
    }


def find_parties(
    session: RegistrySession, party: Party, hashes: Collection[bytes], ids: Collection[str]
) -> dict[bytes | str, PartyFound]:
    """Return parties by the keyed hash of their external id, and by their id."""
    if not hashes and not ids:
        return {}
    statement = select(party.external_id_hash, party.id, party.state).where(
        or_(col(party.external_id_hash).in_(hashes), col(party.id).in_(ids))
    )
    found: dict[bytes | str, PartyFound] = {}
    for external_id_hash, row_id, state in session.execute(statement):
        found[row_id] = PartyFound(row_id, state == RecordState.ACTIVE)
        if external_id_hash is not None:
            found[external_id_hash] = found[row_id]
    return found
