"""Finding records by the ids that people outside gave them.

An external id is guarded; it is found by a keyed hash that is made per kind of record and per
scope: `house` for the command line, officers and import; the account of a partner's keys; the
organisation or donor itself for its own.
"""

from typing import TypeVar

from sqlmodel import col, select

from registry.domain.errors import (
    AlreadyExistsError,
    FieldProblem,
    NotFoundError,
    RecordRefusedError,
)
from registry.domain.identifiers import is_id
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation

HOUSE_SCOPE = "house"

Record = TypeVar("Record", Organisation, Donor, Need, Offer)


def scope_of(actor: Actor) -> str:
    """Return the scope in which this actor's external ids are unique."""
    if actor.is_officer:
        return HOUSE_SCOPE
    if actor.role is Role.PARTNER:
        return actor.account_id
    return actor.organisation_id or actor.donor_id or actor.account_id


def hash_external_id(
    session: RegistrySession, kind: type[Record], external_id: str, scope: str
) -> bytes:
    """Return the keyed hash under which a record of this kind is found in a scope."""
    return session.vault.lookup(f"{kind.__tablename__}|{scope}", external_id)


def find_by_external_id(
    session: RegistrySession, kind: type[Record], external_id: str, scope: str = HOUSE_SCOPE
) -> Record | None:
    """Return the record that has this external id in a scope; None where none has."""
    wanted = hash_external_id(session, kind, external_id, scope)
    return session.exec(select(kind).where(col(kind.external_id_hash) == wanted)).first()


def find_record(session: RegistrySession, kind: type[Record], reference: str) -> Record:
    """Return the record that the command line names by id or external id.

    Raises:
        NotFoundError: there is none.
    """
    found = session.get(kind, reference) if is_id(reference) else None
    found = found or find_by_external_id(session, kind, reference)
    if found is None:
        raise NotFoundError
    return found


def find_for(
    session: RegistrySession, actor: Actor, kind: type[Record], reference: str, field: str
) -> Record:
    """Return the record that a field of this actor's record points to, by id or external id.

    Whether the actor may know of it is for the caller to ask; a foreign one has to end in the
    same refusal, `refuse_reference(field)`.

    Raises:
        RecordRefusedError: naming the field; there is none.
    """
    found = session.get(kind, reference) if is_id(reference) else None
    found = found or find_by_external_id(session, kind, reference, scope_of(actor))
    if found is None:
        raise refuse_reference(field)
    return found


def refuse_reference(field: str) -> RecordRefusedError:
    """Make the refusal of a field that points to nothing the actor may know of."""
    return RecordRefusedError([FieldProblem(field, "unknown_reference")])


def take_external_id(session: RegistrySession, row: Record, external_id: str, scope: str) -> None:
    """Let a new record be found by its external id; the text itself is the record's to write.

    Raises:
        AlreadyExistsError: another record of this scope has it.
    """
    kind = type(row)
    if find_by_external_id(session, kind, external_id, scope) is not None:
        raise AlreadyExistsError
    row.external_id_hash = hash_external_id(session, kind, external_id, scope)
