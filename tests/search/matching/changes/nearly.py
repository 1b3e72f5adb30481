"""Pairs that nearly fit: everything is known and fits, but for a few facts drawn at random."""

from hypothesis import strategies as st

from tests.search.eligibility.pairs import ON, needs, offers
from tests.search.eligibility.records import euros

NEED = {
    "category": "security",
    "country": "BY",
    "external_id": "N-1",
    "amount_requested": euros("1000.00"),
    "minimum_useful": euros("400.00"),
    "breakdown": {"security.digital": euros("600.00"), "security.physical": euros("400.00")},
    "serves": ["BY"],
    "needed_by": "2026-06-01",
    "useful_until": "2026-07-01",
    "months_covered": 6,
    "minimum_months": 3,
    "channels": ["bank_abroad", "fiscal_sponsor"],
    "publicity_accepted": "aggregate",
    "reporting_accepted": "light",
    "target_groups": ["media"],
}
ORGANISATION = {
    "kind": "media",
    "legal_statuses": ["registered_abroad"],
    "base_country": "LT",
    "external_id": "O-1",
    "handle": "quiet-lime",
    "operates_in": ["BY", "LT"],
    "languages": ["be", "ru"],
    "active_since": 2020,
    "vetting": "verified",
    "declines_donor_kinds": ["business"],
}
OFFER = {
    "instrument": "grant",
    "budget": euros("9000.00"),
    "flexibility": "core",
    "status": "open",
    "external_id": "F-1",
    "donor_kind": "foundation",
    "donor_vetting": "verified",
    "budget_left": euros("5000.00"),
    "min_award": euros("300.00"),
    "max_award": euros("1500.00"),
    "categories": ["security"],
    "channels": ["bank_abroad"],
    "publicity_required": "none",
    "reporting_required": "light",
    "decision_days": 10,
    "payout_days": 10,
    "max_months": 12,
    "retroactive": False,
    "co_funding": True,
    "languages": ["be", "en"],
    "min_years_active": 2,
    "minimum_vetting": "vouched",
}


@st.composite
def nearly_fitting(draw, most=5):
    """A line in which up to so many facts of need and offer are any that can be."""
    line = {"need": dict(NEED), "organisation": dict(ORGANISATION), "offer": dict(OFFER)}
    drawn = {"need": draw(needs()), "offer": draw(offers())}
    names = [(side, name) for side in drawn for name in sorted(drawn[side])]
    for side, name in draw(st.lists(st.sampled_from(names), max_size=most, unique=True)):
        line[side][name] = drawn[side][name]
    line["need"]["breakdown"] = _of_category(line["need"])
    return {**line, "on": ON.isoformat()}


def _of_category(need):
    """Drop items of another category."""
    named = need["breakdown"].items()
    return {item: each for item, each in named if item.startswith(need["category"])}
