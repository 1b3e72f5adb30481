"""Programmes as officers type them: a flat form, a field for each part's weight."""

from functools import cache

from marshmallow import Schema

from registry.schemas.plain import Code, Several, Whole
from registry.schemas.record import InputSchema
from registry.schemas.texts import Line, Prose
from search.eligibility.catalogue import optional_rules
from search.matching.score import load_parts

MOST_WEIGHT = 100
"""The most that one part may weigh; only the proportions matter."""
NAME_LENGTH = 80
REASON_LENGTH = 500


@cache
def terms_schema() -> type[Schema]:
    """Make the schema of terms: `applied` (codes of optional rules) and `weight_<part>` each."""
    weights = {f"weight_{code}": Whole(0, MOST_WEIGHT, required=True) for code in load_parts()}
    applied = Several(Code(tuple(sorted(optional_rules()))))
    return InputSchema.from_dict({"applied": applied, **weights}, name="ProgrammeTermsSchema")


class ProgrammeNameSchema(InputSchema):
    """What a programme is called."""

    name = Line(NAME_LENGTH, required=True)


class ProgrammeReasonSchema(InputSchema):
    """Why a version is written."""

    reason = Prose(REASON_LENGTH, required=True)
