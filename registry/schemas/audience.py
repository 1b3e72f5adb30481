"""Which fields of a record each audience may be shown: lists, so that nothing slips through.

A field that stands in no list of an audience is never dumped for it, whatever a service hands
over. Whether somebody may see the record at all is for the policy and the service to say.
"""

from registry.domain.audience import Audience

__all__ = ["FIELDS", "Audience", "Fields", "fields_for"]


Fields = tuple[str, ...]
_A = Audience

_NEED_CODES: Fields = (
    *("id", "category", "country", "breakdown", "amount_requested", "quantity", "asks_for"),
    *("minimum_useful", "needed_by", "useful_until", "months_covered", "minimum_months"),
    *("recurrence", "urgency", "urgency_confirmed", "status"),
)
_NEED_TEXT: Fields = (*_NEED_CODES, "title", "summary", "language")
_NEED_TERMS: Fields = ("channels", "publicity_accepted", "reporting_accepted", "target_groups")
_NEED_ALL: Fields = (
    *_NEED_TEXT,
    *_NEED_TERMS,
    *("version", "created_on", "external_id", "organisation", "situation", "serves", "readers"),
)

_OFFER_PUBLIC: Fields = (
    *("id", "instrument", "flexibility", "status", "title", "summary", "language", "budget"),
    *("budget_per", "min_award", "max_award", "categories", "excluded_categories"),
    *("category_caps", "countries", "organisation_kinds", "target_groups", "publicity_required"),
    *("reporting_required", "languages", "opens_on", "closes_on", "decision_days", "payout_days"),
    *("max_months", "renewable", "retroactive", "co_funding", "min_years_active"),
    "reallocation_percent",
)
_OFFER_MEMBERS: Fields = (
    *_OFFER_PUBLIC,
    *("channels", "legal_statuses", "base_countries", "minimum_vetting"),
)
_OFFER_ALL: Fields = (
    *_OFFER_MEMBERS,
    *("version", "created_on", "external_id", "donor", "budget_left", "excluded_organisations"),
    "visibility",
)

_ORGANISATION_ALL: Fields = (
    *("id", "version", "created_on", "external_id", "handle", "kind", "legal_statuses"),
    *("base_country", "operates_in", "themes", "target_groups", "languages", "staff_band"),
    *("active_since", "vetting", "declines_donor_kinds", "declines_anonymous", "hosted_by"),
    "state",
)
_DONOR_ALL: Fields = (
    *("id", "version", "created_on", "external_id", "handle", "donor_kind", "vetting"),
    *("intermediary", "languages", "state"),
)

_MATCH_SIDES: Fields = ("id", "version", "need", "offer", "proposed_amount", "state")
_MATCH_ALL: Fields = (
    *_MATCH_SIDES,
    *("created_on", "outcome", "score", "confidence", "parts", "verdicts", "assigned_to"),
    *("pinned", "reviews", "programme", "programme_version", "weights_version", "rules_version"),
)
_REVIEW_SIDES: Fields = ("kind", "by_role", "reason_code", "day")
_QUESTION_ALL: Fields = (
    *("id", "about", "to_role", "asked_by", "text", "answer", "state", "asked_on"),
    "answered_on",
)
_AWARD_ALL: Fields = (
    *("id", "match", "amount", "awarded_on", "months", "conditions", "reallocation_percent"),
    *("decided_by", "publication_consent", "not_before"),
)

FIELDS: dict[str, dict[Audience, Fields]] = {
    "organisation": {
        _A.OWNER: _ORGANISATION_ALL,
        _A.OFFICER: _ORGANISATION_ALL,
        _A.DONOR_OFFERED: ("kind", "base_country", "vetting"),
        _A.DONOR_OFFERED_TEXT: ("kind", "base_country", "vetting"),
        _A.DONOR_INTRODUCED: (
            *("handle", "kind", "base_country", "vetting", "themes", "target_groups"),
            "languages",
        ),
    },
    "donor": {
        _A.OWNER: _DONOR_ALL,
        _A.OFFICER: _DONOR_ALL,
        _A.ORGANISATION_OFFERED: ("id", "handle", "donor_kind", "vetting", "languages"),
    },
    "need": {
        _A.OWNER: _NEED_ALL,
        _A.OFFICER: _NEED_ALL,
        _A.PARTNER: _NEED_CODES,
        _A.PARTNER_TEXT: _NEED_TEXT,
        _A.DONOR_OFFERED: (*_NEED_CODES, *_NEED_TERMS),
        _A.DONOR_OFFERED_TEXT: (*_NEED_TEXT, *_NEED_TERMS),
        _A.DONOR_INTRODUCED: (*_NEED_TEXT, *_NEED_TERMS),
    },
    "offer": {
        _A.OWNER: _OFFER_ALL,
        _A.OFFICER: _OFFER_ALL,
        _A.PARTNER: _OFFER_PUBLIC,
        _A.PARTNER_TEXT: _OFFER_PUBLIC,
        _A.DONOR: _OFFER_PUBLIC,
        _A.ORGANISATION: _OFFER_MEMBERS,
        _A.ORGANISATION_OFFERED: _OFFER_MEMBERS,
        _A.PUBLIC: _OFFER_PUBLIC,
    },
    "match": {
        _A.OFFICER: _MATCH_ALL,
        _A.DONOR_OFFERED: _MATCH_SIDES,
        _A.DONOR_OFFERED_TEXT: _MATCH_SIDES,
        _A.DONOR_INTRODUCED: _MATCH_SIDES,
        _A.ORGANISATION_OFFERED: _MATCH_SIDES,
    },
    "review": {
        _A.OFFICER: (*_REVIEW_SIDES, "note", "rule", "until", "amount"),
        _A.DONOR_OFFERED: _REVIEW_SIDES,
        _A.DONOR_OFFERED_TEXT: _REVIEW_SIDES,
        _A.DONOR_INTRODUCED: _REVIEW_SIDES,
        _A.ORGANISATION_OFFERED: _REVIEW_SIDES,
    },
    "question": {_A.OFFICER: _QUESTION_ALL, _A.OWNER: _QUESTION_ALL},
    "award": {_A.OFFICER: _AWARD_ALL, _A.OWNER: _AWARD_ALL, _A.DONOR_INTRODUCED: _AWARD_ALL},
}
"""Record -> audience -> fields. An audience that is missing sees nothing of that record."""


def fields_for(record: str, audience: Audience) -> Fields:
    """Return the fields of a record that an audience may be shown; () where it sees nothing.

    Raises:
        KeyError: there is no such record.
    """
    return FIELDS[record].get(Audience(audience), ())
