"""An offer of help as files, API and pages spell it."""

from registry.schemas.amounts import AmountField, category_caps
from registry.schemas.need import MOST_MONTHS, TEXT_LENGTH, TITLE_LENGTH
from registry.schemas.plain import Category, Code, Country, Day, Flag, Language, Several, Whole
from registry.schemas.record import RecordSchema
from registry.schemas.texts import ExternalId, Line, Prose
from search.codes import (
    VETTING_ORDER,
    BudgetPer,
    Channel,
    Flexibility,
    Instrument,
    LegalStatus,
    OfferStatus,
    OrganisationKind,
    Publicity,
    Reporting,
    TargetGroup,
    Visibility,
)

MOST_DAYS = 3650
MOST_EXCLUDED = 500


class OfferSchema(RecordSchema):
    """All amounts are in the budget's one currency or unit; empty lists accept everything."""

    record_kind = "offer"

    external_id = ExternalId(required=True)
    donor = ExternalId(required=True)
    instrument = Code(Instrument, required=True)
    budget = AmountField(required=True)
    budget_left = AmountField(dump_only=True)
    flexibility = Code(Flexibility, required=True)
    status = Code(OfferStatus, required=True)
    title = Line(TITLE_LENGTH, is_told=True)
    summary = Prose(TEXT_LENGTH)
    language = Language()
    budget_per = Code(BudgetPer)
    min_award = AmountField(zero=True)
    max_award = AmountField()
    categories = Several(Category())
    excluded_categories = Several(Category())
    category_caps = category_caps()
    countries = Several(Country())
    base_countries = Several(Country())
    organisation_kinds = Several(Code(OrganisationKind))
    legal_statuses = Several(Code(LegalStatus))
    target_groups = Several(Code(TargetGroup))
    minimum_vetting = Code(VETTING_ORDER)
    channels = Several(Code(Channel))
    publicity_required = Code(Publicity)
    reporting_required = Code(Reporting)
    languages = Several(Language())
    opens_on = Day()
    closes_on = Day()
    decision_days = Whole(0, MOST_DAYS)
    payout_days = Whole(0, MOST_DAYS)
    max_months = Whole(1, MOST_MONTHS)
    renewable = Flag()
    retroactive = Flag()
    co_funding = Flag()
    min_years_active = Whole(0, 200)
    reallocation_percent = Whole(0, 100)
    excluded_organisations = Several(ExternalId(), most=MOST_EXCLUDED)
    visibility = Code(Visibility)
