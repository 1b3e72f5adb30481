"""A need as files, API and pages spell it."""

from registry.schemas.amounts import AmountField, MoneyField, QuantityField, breakdown
from registry.schemas.plain import Category, Code, Country, Day, Language, Several, Whole
from registry.schemas.record import RecordSchema
from registry.schemas.texts import ExternalId, Line, Prose
from search.codes import (
    Channel,
    Measure,
    NeedStatus,
    Publicity,
    Reader,
    Recurrence,
    Reporting,
    TargetGroup,
    Urgency,
)

TITLE_LENGTH, TEXT_LENGTH = 120, 4000
MOST_MONTHS = 1200


class NeedSchema(RecordSchema):
    """Amounts are the total for `months_covered`; `urgency_confirmed` is the officers' to set."""

    record_kind = "need"

    external_id = ExternalId(required=True)
    organisation = ExternalId(required=True)
    category = Category(required=True)
    country = Country(required=True)
    title = Line(TITLE_LENGTH, is_told=True)
    summary = Prose(TEXT_LENGTH)
    situation = Prose(TEXT_LENGTH)
    language = Language()
    breakdown = breakdown()
    amount_requested = MoneyField()
    quantity = QuantityField()
    asks_for = Several(Code(Measure))
    minimum_useful = AmountField(zero=True)
    serves = Several(Country())
    needed_by = Day()
    useful_until = Day()
    months_covered = Whole(1, MOST_MONTHS)
    minimum_months = Whole(1, MOST_MONTHS)
    recurrence = Code(Recurrence)
    urgency = Code(Urgency)
    urgency_confirmed = Code(Urgency, dump_only=True)
    channels = Several(Code(Channel))
    publicity_accepted = Code(Publicity)
    reporting_accepted = Code(Reporting)
    target_groups = Several(Code(TargetGroup))
    readers = Several(Code(Reader))
    status = Code(NeedStatus)
