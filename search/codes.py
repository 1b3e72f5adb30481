"""The closed lists of the field, their orders and families: the one place for them.

Values are the stable codes of files, API and database; labels for people stand in
`registry/domain/labels.py`. Orders (`VETTING_ORDER` ...) run from least to most.
"""

from enum import StrEnum

import pycountry


class OrganisationKind(StrEnum):
    CSO = "cso"
    MEDIA = "media"
    COMMUNITY = "community"
    UNION = "union"
    DIASPORA = "diaspora"
    INITIATIVE = "initiative"


class LegalStatus(StrEnum):
    """What an organisation is on paper; several can hold at once."""

    REGISTERED_HOME = "registered_home"
    LIQUIDATED = "liquidated"
    UNREGISTERED = "unregistered"
    REGISTRATION_PENDING = "registration_pending"
    REGISTERED_ABROAD = "registered_abroad"
    COMPANY_ABROAD = "company_abroad"
    FISCALLY_SPONSORED = "fiscally_sponsored"
    HOSTED = "hosted"


class StaffBand(StrEnum):
    VOLUNTEERS = "volunteers"
    FROM_1_TO_5 = "1-5"
    FROM_6_TO_15 = "6-15"
    FROM_16_TO_50 = "16-50"
    OVER_50 = "over_50"


class Vetting(StrEnum):
    UNVERIFIED = "unverified"
    VOUCHED = "vouched"
    VERIFIED = "verified"
    SUSPENDED = "suspended"


class Theme(StrEnum):
    HUMAN_RIGHTS = "human_rights"
    MEDIA = "media"
    CULTURE_AND_LANGUAGE = "culture_and_language"
    EDUCATION = "education"
    LOCAL_DEVELOPMENT = "local_development"
    ENVIRONMENT = "environment"
    SOCIAL_SERVICES = "social_services"
    WOMEN_AND_GENDER = "women_and_gender"
    LABOUR = "labour"
    YOUTH = "youth"
    RESEARCH = "research"
    ELECTIONS_AND_DEMOCRACY = "elections_and_democracy"
    DIASPORA = "diaspora"
    HEALTH = "health"
    BUSINESS_SUPPORT = "business_support"


class TargetGroup(StrEnum):
    VICTIMS_AND_FAMILIES = "victims_and_families"
    POLITICAL_PRISONERS = "political_prisoners"
    NEW_COMMUNITIES = "new_communities"
    CSO_ACTIVISTS = "cso_activists"
    MEDIA = "media"
    YOUTH = "youth"
    VULNERABLE_GROUPS = "vulnerable_groups"
    ARRIVALS = "arrivals"
    GENERAL_PUBLIC = "general_public"


class EnvelopeKind(StrEnum):
    """What an organisation or a donor can seal, so that only accounts it names can read it."""

    CONTACT = "contact"
    LEGAL_NAME = "legal_name"
    PAYOUT = "payout"


class RecordState(StrEnum):
    """The state of an organisation or a donor in the registry."""

    ACTIVE = "active"
    FROZEN = "frozen"
    DELETED = "deleted"


class DonorKind(StrEnum):
    FOUNDATION = "foundation"
    GOVERNMENT = "government"
    INGO = "ingo"
    DIASPORA_FUND = "diaspora_fund"
    BUSINESS = "business"
    INDIVIDUAL = "individual"


class Measure(StrEnum):
    """What help is counted in: money, or a unit of a service or a thing."""

    MONEY = "money"
    HOURS = "hours"
    SESSIONS = "sessions"
    SEATS = "seats"
    PLACES = "places"
    NIGHTS = "nights"
    MONTHS = "months"
    ITEMS = "items"
    INTRODUCTIONS = "introductions"


UNITS = tuple(measure for measure in Measure if measure is not Measure.MONEY)


class Recurrence(StrEnum):
    ONE_OFF = "one_off"
    MONTHLY = "monthly"


class Urgency(StrEnum):
    ROUTINE = "routine"
    SOON = "soon"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class Channel(StrEnum):
    """How help can reach the one who needs it."""

    BANK_ABROAD = "bank_abroad"
    FISCAL_SPONSOR = "fiscal_sponsor"
    SUPPLIER_DIRECT = "supplier_direct"
    SERVICE_CONTRACT = "service_contract"
    CASH_EQUIVALENT = "cash_equivalent"
    IN_KIND = "in_kind"
    CRYPTO = "crypto"


class Publicity(StrEnum):
    NONE = "none"
    AGGREGATE = "aggregate"
    PSEUDONYMOUS = "pseudonymous"
    NAMED = "named"


class Reporting(StrEnum):
    NONE = "none"
    LIGHT = "light"
    STANDARD = "standard"
    FULL = "full"


class Reader(StrEnum):
    """Who besides officers may read a need's title and summary before it said yes."""

    DONORS = "donors"
    PARTNERS = "partners"


class NeedStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    PARTLY_MET = "partly_met"
    MET = "met"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Instrument(StrEnum):
    GRANT = "grant"
    SERVICE = "service"
    IN_KIND = "in_kind"
    FELLOWSHIP = "fellowship"


class Flexibility(StrEnum):
    UNRESTRICTED = "unrestricted"
    CORE = "core"
    CATEGORY = "category"
    PROJECT = "project"


class BudgetPer(StrEnum):
    ONCE = "once"
    MONTH = "month"


class Visibility(StrEnum):
    OFFICERS = "officers"
    MEMBERS = "members"
    PUBLIC = "public"


class OfferStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    EXHAUSTED = "exhausted"
    CLOSED = "closed"


class MatchState(StrEnum):
    PROPOSED = "proposed"
    SHORTLISTED = "shortlisted"
    OFFERED = "offered"
    INTERESTED = "interested"
    CONSENTED = "consented"
    INTRODUCED = "introduced"
    AWARDED = "awarded"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class ReviewKind(StrEnum):
    SHORTLIST = "shortlist"
    OFFER = "offer"
    INTEREST = "interest"
    CONSENT = "consent"
    DECLINE = "decline"
    DISMISS = "dismiss"
    WAIVE = "waive"
    PIN = "pin"
    FORBID = "forbid"
    NOTE = "note"
    AWARD = "award"


class QuestionState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What one rule says of one pair."""

    MET = "met"
    NOT_MET = "not_met"
    NEEDS_INFORMATION = "needs_information"
    NOT_IN_FORCE = "not_in_force"


class PairOutcome(StrEnum):
    """What all rules together say of one pair."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    NEEDS_INFORMATION = "needs_information"


class WhyNot(StrEnum):
    """Why a pair does not come about: exactly one of these, or nothing keeps it apart."""

    FAILS_RULES = "fails_rules"
    LACKS_INFORMATION = "lacks_information"
    OUTBID = "outbid"
    REMAINDER = "remainder_below_minimum"
    DECIDED = "decided"


class Party(StrEnum):
    """Whom a rule protects, and who can answer an open question."""

    ORGANISATION = "organisation"
    DONOR = "donor"
    OFFICER = "officer"
    BOTH = "both"


class ReasonCode(StrEnum):
    """Why somebody refused a pairing; a refusal always carries one."""

    NOT_A_PRIORITY = "not_a_priority"
    NO_LONGER_NEEDED = "no_longer_needed"
    AMOUNT_TOO_SMALL = "amount_too_small"
    AMOUNT_TOO_LARGE = "amount_too_large"
    TIMING = "timing"
    WRONG_CATEGORY = "wrong_category"
    WRONG_COUNTRY = "wrong_country"
    CHANNEL_UNSAFE = "channel_unsafe"
    PUBLICITY_UNSAFE = "publicity_unsafe"
    REPORTING_TOO_HEAVY = "reporting_too_heavy"
    CONDITIONS_UNSUITABLE = "conditions_unsuitable"
    DONOR_NOT_TRUSTED = "donor_not_trusted"
    ORGANISATION_NOT_READY = "organisation_not_ready"
    ALREADY_FUNDED = "already_funded"
    TEXT_MISLEADING = "text_misleading"
    DUPLICATE = "duplicate"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    NO_ANSWER = "no_answer"
    NO_LONGER_AVAILABLE = "no_longer_available"
    OTHER = "other"


VETTING_ORDER = (Vetting.UNVERIFIED, Vetting.VOUCHED, Vetting.VERIFIED)
PUBLICITY_ORDER = tuple(Publicity)
REPORTING_ORDER = tuple(Reporting)
URGENCY_ORDER = tuple(Urgency)
FLEXIBILITY_ORDER = (
    Flexibility.PROJECT,
    Flexibility.CATEGORY,
    Flexibility.CORE,
    Flexibility.UNRESTRICTED,
)

MATCHED_NEED_STATUSES = (NeedStatus.OPEN, NeedStatus.PARTLY_MET)
MATCHED_OFFER_STATUSES = (OfferStatus.OPEN,)

CATEGORY_GROUPS: dict[str, tuple[str, ...]] = {
    "fixed_costs": ("rent", "utilities", "accounting", "taxes", "salaries"),
    "equipment": ("hardware", "software", "replacement_of_seized", "printing"),
    "relocation": ("travel", "visas_and_papers", "housing", "living_costs", "set_up"),
    "legal_aid": (
        "representation",
        "fines",
        "advice",
        "search_and_interrogation",
        "registration",
        "taxation",
    ),
    "psychological_support": ("counselling", "burnout", "respite"),
    "security": ("digital", "physical"),
    "development": ("training", "management", "media_skills", "internship", "audiences"),
    "networks": ("coalition", "exchange", "mediation"),
    "infrastructure": ("coworking", "studio", "meeting_space"),
    "victim_support": ("prisoners", "families", "released", "medical", "living_costs"),
    "integration": ("employment", "education", "language", "social"),
    "advocacy": ("domestic", "international"),
}
"""Group -> names of its items; the code of an item is `group.item`."""

CATEGORY_ITEMS = tuple(
    f"{group}.{item}" for group, items in CATEGORY_GROUPS.items() for item in items
)
CATEGORIES = (*CATEGORY_GROUPS, *CATEGORY_ITEMS)
"""Every code a need's category may have: whole groups first, then items."""

COVERS: dict[str, tuple[str, ...]] = {
    "equipment.hardware": ("equipment.replacement_of_seized",),
    "equipment.software": ("equipment.replacement_of_seized",),
    "psychological_support.counselling": ("psychological_support.burnout",),
    "relocation.set_up": ("legal_aid.registration",),
}
"""Item -> the further items that help with it covers too."""

COUNTRIES = frozenset(country.alpha_2 for country in pycountry.countries)
LANGUAGES = frozenset(
    language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")
)
CURRENCIES = frozenset(currency.alpha_3 for currency in pycountry.currencies) - {"XTS", "XXX"}
"""ISO 4217, without its codes for tests and for no currency at all."""
ENDED_CURRENCIES = frozenset(
    ["BGN", "CYP", "EEK", "HRK", "LTL", "LVL", "MTL", "ROL", "SIT", "SKK", "TRL"]
)
"""Those that the bank's table still has rates of: amounts of their days stay readable."""
PAGE_LANGUAGES = ("en", "be", "ru")


def group_of(category: str) -> str:
    """Return the group of a category code (a group's own code is its group)."""
    return category.partition(".")[0]


def is_group(category: str) -> bool:
    """Say whether the code names a whole group rather than one item."""
    return category in CATEGORY_GROUPS


def items_of(category: str) -> tuple[str, ...]:
    """Return the item codes that a category code stands for: itself, or all of its group."""
    if is_group(category):
        return tuple(f"{category}.{item}" for item in CATEGORY_GROUPS[category])
    return (category,)
