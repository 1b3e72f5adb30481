"""A donor as files, API and pages spell it."""

from registry.schemas.organisation import handle
from registry.schemas.plain import Code, Language, Several
from registry.schemas.record import RecordSchema
from registry.schemas.texts import ExternalId, Sealed
from search.codes import DonorKind, RecordState, Vetting


class DonorSchema(RecordSchema):
    """`intermediary` is the verified donor or partner through whom an anonymous giver gives."""

    record_kind = "donor"

    external_id = ExternalId(required=True)
    handle = handle()
    donor_kind = Code(DonorKind, required=True)
    vetting = Code(Vetting)
    intermediary = ExternalId()
    languages = Several(Language())
    state = Code(RecordState)
    contact = Sealed()
    legal_name = Sealed()
