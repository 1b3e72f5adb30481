"""Sealed fields of a file: taken when a record is new, sealed to the account that was named."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from registry.domain.envelopes import KINDS
from registry.domain.errors import FieldProblem, RecordRefusedError
from registry.domain.identifiers import new_id
from registry.domain.pipeline import Mover
from registry.schemas.envelope import EnvelopeSchema
from registry.schemas.errors import problems_of
from registry.services.envelopes.seal_envelope import seal_into
from registry.services.imports.candidate import Candidate
from registry.services.imports.kinds import Kind
from registry.storage.database import RegistrySession
from registry.storage.envelopes import Envelope

_SCHEMA = EnvelopeSchema()


@dataclass(frozen=True, slots=True)
class SealTo:
    """The account that the sealed fields of a file are sealed to: its id and its public key."""

    account_id: str
    public: bytes


def take_sealed(kind: Kind, record: Any) -> tuple[Any, dict[str, str]]:
    """Split the raw record of a file: what is readable, and the texts to be sealed.

    Raises:
        RecordRefusedError: a text that cannot be taken.
    """
    if kind.name not in set(KINDS) or not isinstance(record, Mapping):
        return record, {}
    names = [str(each) for each in KINDS[Mover(kind.name)]]
    texts: dict[str, str] = {}
    problems: list[FieldProblem] = []
    for name in names:
        try:
            loaded = _SCHEMA.load({"text": record.get(name)})
        except ValidationError as refused:
            codes = problems_of(refused.messages)
            problems += [FieldProblem(name, each.code, **each.values) for each in codes]
        else:
            texts |= {name: loaded["text"]} if loaded else {}
    if problems:
        raise RecordRefusedError(problems)
    return {name: value for name, value in record.items() if name not in names}, texts


def seal_row(
    session: RegistrySession, kind: Kind, candidate: Candidate, seal_to: SealTo
) -> list[dict[str, Any]]:
    """Seal what a new record brings; return rows for the side file (`side_file.sealed`)."""
    owner = f"{kind.name}_id"
    sealed = []
    for name, text in candidate.sealed.items():
        envelope = Envelope(id=new_id(), version=1, kind=name)
        setattr(envelope, owner, candidate.row_id)
        keys = seal_into(session, envelope, text, [seal_to.public])
        sealed.append(
            {
                "id": envelope.id,
                "version": 1,
                "kind": name,
                "organisation_id": envelope.organisation_id,
                "donor_id": envelope.donor_id,
                "body": envelope.body,
                "key_id": new_id(),
                "account_id": seal_to.account_id,
                "sealed_key": keys[seal_to.public],
            }
        )
    return sealed
