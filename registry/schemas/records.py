"""Records in and out: the schema of each kind, without marshmallow's own manners.

Routes hand the schemas to flask-smorest; imports, services and the command line use these.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from marshmallow import ValidationError

from registry.domain.errors import RecordRefusedError
from registry.schemas.agreement import disagreements
from registry.schemas.audience import Audience, fields_for
from registry.schemas.award import AwardSchema
from registry.schemas.donor import DonorSchema
from registry.schemas.errors import problems_of
from registry.schemas.match import MatchSchema, ReviewSchema
from registry.schemas.need import NeedSchema
from registry.schemas.offer import OfferSchema
from registry.schemas.organisation import OrganisationSchema
from registry.schemas.question import QuestionSchema
from registry.schemas.record import InputSchema

SCHEMAS: dict[str, type[InputSchema]] = {
    "organisation": OrganisationSchema,
    "donor": DonorSchema,
    "need": NeedSchema,
    "offer": OfferSchema,
    "match": MatchSchema,
    "review": ReviewSchema,
    "question": QuestionSchema,
    "award": AwardSchema,
}


@lru_cache(maxsize=64)
def schema_of(kind: str) -> InputSchema:
    """Return the schema of a kind of record, made once."""
    return SCHEMAS[kind]()


@lru_cache(maxsize=64)
def view_of(kind: str, audience: Audience) -> InputSchema:
    """Return the schema that dumps what an audience may be shown of a record, and no more."""
    return SCHEMAS[kind](only=fields_for(kind, audience))


def load_record(kind: str, record: object, *, partial: bool = False) -> dict[str, Any]:
    """Read a record (or with `partial` a change to one) from outside into typed values.

    Raises:
        RecordRefusedError: with a problem per field; nothing is repaired or guessed.
    """
    try:
        loaded: dict[str, Any] = schema_of(kind).load(record, partial=partial)  # type: ignore[arg-type]
    except ValidationError as error:
        raise RecordRefusedError(problems_of(error.messages)) from None
    return loaded


def check_record(kind: str, record: Mapping[str, Any]) -> None:
    """Check that the fields of a whole record agree, say after a change was merged into it.

    Raises:
        RecordRefusedError: with a problem per disagreement.
    """
    problems = list(disagreements(kind, record))
    if problems:
        raise RecordRefusedError(problems)


def dump_record(
    kind: str, record: Mapping[str, Any], audience: Audience = Audience.OWNER
) -> dict[str, Any]:
    """Write typed values as plain ones, only the fields that the audience may be shown."""
    dumped: dict[str, Any] = view_of(kind, audience).dump(record)
    return dumped
