"""The fields of the three records, and how each is read: one table per record.

A field that no dataclass of `facts` names is checked and passed over: neither rule nor score
reads it. Texts stay out of facts, so that stored matches hold none.
"""

from search.codes import (
    CATEGORIES,
    CATEGORY_ITEMS,
    COUNTRIES,
    LANGUAGES,
    VETTING_ORDER,
    BudgetPer,
    Channel,
    DonorKind,
    Flexibility,
    Instrument,
    LegalStatus,
    Measure,
    NeedStatus,
    OfferStatus,
    OrganisationKind,
    Publicity,
    Reader,
    RecordState,
    Recurrence,
    Reporting,
    StaffBand,
    TargetGroup,
    Theme,
    Urgency,
    Vetting,
    Visibility,
)
from search.eligibility.kinds import (
    MOST_DAYS,
    MOST_MONTHS,
    MOST_YEARS,
    Read,
    read_by_category,
    read_code,
    read_count,
    read_day,
    read_flag,
    read_list,
    read_measure,
    read_percent,
    read_text,
)


def _one_of(known: tuple[str, ...]) -> str:
    return f"one of: {', '.join(known)}"


IDENTIFIER, PROSE = read_text(), read_text(longest=None)
IDENTIFIERS = read_list(IDENTIFIER)
COUNTRY = read_code(COUNTRIES, "a country code of ISO 3166-1, such as LT")
LANGUAGE = read_code(LANGUAGES, "a language code of ISO 639-1, such as be")
CATEGORY = read_code(CATEGORIES, "a category code of the taxonomy, such as fixed_costs.rent")
MONTHS, DAYS = read_count(MOST_MONTHS), read_count(MOST_DAYS)
MONEY, QUANTITY, AMOUNT = read_measure(unit=False), read_measure(money=False), read_measure()


def _code(known: tuple[str, ...]) -> Read:
    return read_code(known, _one_of(known))


def _codes(known: tuple[str, ...]) -> Read:
    return read_list(_code(known))


NEED: dict[str, Read] = {
    "external_id": IDENTIFIER,
    "organisation": IDENTIFIER,
    "category": CATEGORY,
    "country": COUNTRY,
    "title": PROSE,
    "summary": PROSE,
    "situation": PROSE,
    "language": LANGUAGE,
    "breakdown": read_by_category(CATEGORY_ITEMS, AMOUNT),
    "amount_requested": MONEY,
    "quantity": QUANTITY,
    "asks_for": _codes(tuple(Measure)),
    "minimum_useful": AMOUNT,
    "serves": read_list(COUNTRY),
    "needed_by": read_day,
    "useful_until": read_day,
    "months_covered": MONTHS,
    "minimum_months": MONTHS,
    "recurrence": _code(tuple(Recurrence)),
    "urgency": _code(tuple(Urgency)),
    "urgency_confirmed": _code(tuple(Urgency)),
    "channels": _codes(tuple(Channel)),
    "publicity_accepted": _code(tuple(Publicity)),
    "reporting_accepted": _code(tuple(Reporting)),
    "target_groups": _codes(tuple(TargetGroup)),
    "readers": _codes(tuple(Reader)),
    "status": _code(tuple(NeedStatus)),
    "funded_amount": AMOUNT,
    "funded_by": IDENTIFIERS,
}

ORGANISATION: dict[str, Read] = {
    "external_id": IDENTIFIER,
    "handle": IDENTIFIER,
    "kind": _code(tuple(OrganisationKind)),
    "legal_statuses": _codes(tuple(LegalStatus)),
    "base_country": COUNTRY,
    "operates_in": read_list(COUNTRY),
    "themes": _codes(tuple(Theme)),
    "target_groups": _codes(tuple(TargetGroup)),
    "languages": read_list(LANGUAGE),
    "staff_band": _code(tuple(StaffBand)),
    "active_since": read_count(9999, least=1),
    "vetting": _code(tuple(Vetting)),
    "declines_donor_kinds": _codes(tuple(DonorKind)),
    "declines_anonymous": read_flag,
    "hosted_by": IDENTIFIER,
    "state": _code(tuple(RecordState)),
}

OFFER: dict[str, Read] = {
    "external_id": IDENTIFIER,
    "donor": IDENTIFIER,
    "donor_kind": _code(tuple(DonorKind)),
    "donor_vetting": _code(tuple(Vetting)),
    "instrument": _code(tuple(Instrument)),
    "budget": AMOUNT,
    "budget_per": _code(tuple(BudgetPer)),
    "budget_left": AMOUNT,
    "flexibility": _code(tuple(Flexibility)),
    "status": _code(tuple(OfferStatus)),
    "title": PROSE,
    "summary": PROSE,
    "language": LANGUAGE,
    "min_award": AMOUNT,
    "max_award": AMOUNT,
    "categories": read_list(CATEGORY),
    "excluded_categories": read_list(CATEGORY),
    "category_caps": read_by_category(CATEGORIES, read_percent),
    "countries": read_list(COUNTRY),
    "base_countries": read_list(COUNTRY),
    "organisation_kinds": _codes(tuple(OrganisationKind)),
    "legal_statuses": _codes(tuple(LegalStatus)),
    "target_groups": _codes(tuple(TargetGroup)),
    "minimum_vetting": _code(VETTING_ORDER),
    "channels": _codes(tuple(Channel)),
    "publicity_required": _code(tuple(Publicity)),
    "reporting_required": _code(tuple(Reporting)),
    "languages": read_list(LANGUAGE),
    "opens_on": read_day,
    "closes_on": read_day,
    "decision_days": DAYS,
    "payout_days": DAYS,
    "max_months": MONTHS,
    "renewable": read_flag,
    "retroactive": read_flag,
    "co_funding": read_flag,
    "min_years_active": read_count(MOST_YEARS),
    "reallocation_percent": read_percent,
    "excluded_organisations": IDENTIFIERS,
    "visibility": _code(tuple(Visibility)),
}

SEALED = frozenset({"contact", "legal_name", "payout"})
"""Fields that nobody but their owner reads: a matcher that is handed one says so and stops."""

REQUIRED_NEED = ("category", "country")
REQUIRED_ORGANISATION = ("kind", "legal_statuses", "base_country")
REQUIRED_OFFER = ("instrument", "budget", "flexibility", "status")
SAYS_HOW_MUCH = ("amount_requested", "quantity", "asks_for")
