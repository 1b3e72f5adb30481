"""An award: what a donor gave to a need after an introduction."""

from marshmallow import fields

from registry.schemas.amounts import AmountField
from registry.schemas.match import NOTE_LENGTH
from registry.schemas.need import MOST_MONTHS
from registry.schemas.plain import Code, Day, Whole
from registry.schemas.record import RecordSchema
from registry.schemas.texts import ExternalId, Prose
from search.codes import Publicity


class AwardSchema(RecordSchema):
    """`publication_consent` is the organisation's own, none unless it says otherwise."""

    record_kind = "award"

    match = ExternalId(required=True)
    amount = AmountField(required=True)
    awarded_on = Day()
    months = Whole(1, MOST_MONTHS)
    conditions = Prose(NOTE_LENGTH)
    reallocation_percent = Whole(0, 100)
    decided_by = fields.String(dump_only=True)
    publication_consent = Code(Publicity)
    not_before = Day()
