"""An organisation as files, API and pages spell it."""

from registry.schemas.plain import Code, Country, Flag, Language, Several, Whole
from registry.schemas.record import RecordSchema
from registry.schemas.texts import ExternalId, Line, Sealed
from search.codes import (
    DonorKind,
    LegalStatus,
    OrganisationKind,
    RecordState,
    StaffBand,
    TargetGroup,
    Theme,
    Vetting,
)

HANDLE_LENGTH = (3, 40)


def handle() -> Line:
    """Declare the pseudonym that an organisation or a donor goes by here."""
    least, most = HANDLE_LENGTH
    return Line(most, least=least, is_told=True)


class OrganisationSchema(RecordSchema):
    """`active_since` is the year the group began to work, whatever its papers say."""

    record_kind = "organisation"

    external_id = ExternalId(required=True)
    handle = handle()
    kind = Code(OrganisationKind, required=True)
    legal_statuses = Several(Code(LegalStatus), required=True)
    base_country = Country(required=True)
    operates_in = Several(Country())
    themes = Several(Code(Theme))
    target_groups = Several(Code(TargetGroup))
    languages = Several(Language())
    staff_band = Code(StaffBand)
    active_since = Whole(1900, 2100)
    vetting = Code(Vetting)
    declines_donor_kinds = Several(Code(DonorKind))
    declines_anonymous = Flag()
    hosted_by = ExternalId()
    state = Code(RecordState)
    contact = Sealed()
    legal_name = Sealed()
    payout = Sealed()
