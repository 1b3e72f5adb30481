"""Strategies for any pair that can be judged, for properties that must hold of all of them."""

from datetime import date, timedelta

from hypothesis import strategies as st

from search.codes import (
    CATEGORIES,
    VETTING_ORDER,
    Channel,
    DonorKind,
    Flexibility,
    Instrument,
    LegalStatus,
    OfferStatus,
    OrganisationKind,
    Publicity,
    Reporting,
    TargetGroup,
    Urgency,
    Vetting,
    items_of,
)
from search.money import decimal_text
from tests.search.eligibility.records import euros

ON = date(2026, 5, 4)
COUNTRIES = st.sampled_from(["BY", "LT", "PL"])
SOME_GROUPS = ("security", "equipment", "relocation")
SOME_CATEGORIES = st.sampled_from(SOME_GROUPS) | st.sampled_from(
    [*(each for each in CATEGORIES if each.startswith(SOME_GROUPS)), "legal_aid.registration"]
)
AMOUNTS = st.integers(0, 12).map(lambda hundreds: euros(f"{hundreds * 100}.00")) | st.integers(
    0, 120_000
).map(lambda cents: euros(decimal_text(cents)))
BUDGETS = st.integers(0, 400_000).map(lambda cents: euros(decimal_text(cents)))
DAYS = st.integers(-20, 40).map(lambda days: (ON + timedelta(days=days)).isoformat())
MONTHS = st.integers(0, 12)


def _lists(values):
    return st.lists(values, max_size=2)


def _codes(kind):
    return _lists(st.sampled_from([str(each) for each in kind]))


def _code(kind):
    return st.sampled_from([str(each) for each in kind])


@st.composite
def needs(draw):
    """A need in which some facts are missing, and the breakdown fits its category."""
    record = draw(
        st.fixed_dictionaries(
            {
                "category": SOME_CATEGORIES,
                "country": COUNTRIES,
                "asks_for": st.sampled_from([["money"], ["money", "hours"], ["hours"]]),
            },
            optional={
                "external_id": st.just("N-1"),
                "amount_requested": AMOUNTS,
                "minimum_useful": AMOUNTS,
                "serves": _lists(COUNTRIES),
                "needed_by": DAYS,
                "useful_until": DAYS,
                "months_covered": MONTHS,
                "minimum_months": MONTHS,
                "urgency_confirmed": _code(Urgency),
                "channels": _codes(Channel),
                "publicity_accepted": _code(Publicity),
                "reporting_accepted": _code(Reporting),
                "target_groups": _codes(TargetGroup),
                "funded_amount": AMOUNTS,
                "funded_by": _lists(st.sampled_from(["F-1", "F-2"])),
            },
        )
    )
    items = items_of(record["category"])
    record["breakdown"] = draw(st.dictionaries(st.sampled_from(items), AMOUNTS, max_size=3))
    return record


def organisations():
    return st.fixed_dictionaries(
        {
            "kind": _code(OrganisationKind),
            "legal_statuses": st.lists(_code(LegalStatus), min_size=1, max_size=2),
            "base_country": COUNTRIES,
        },
        optional={
            "external_id": st.just("O-1"),
            "handle": st.just("quiet-lime"),
            "operates_in": _lists(COUNTRIES),
            "languages": _lists(st.sampled_from(["be", "ru", "en"])),
            "active_since": st.integers(2015, 2027),
            "vetting": _code(Vetting),
            "declines_donor_kinds": _codes(DonorKind),
        },
    )


def offers():
    return st.fixed_dictionaries(
        {
            "instrument": _code(Instrument),
            "budget": BUDGETS,
            "flexibility": _code(Flexibility),
            "status": st.sampled_from(["open", "open", "open", *map(str, OfferStatus)]),
        },
        optional={
            "external_id": st.just("F-1"),
            "donor_kind": _code(DonorKind),
            "donor_vetting": _code(Vetting),
            "budget_left": BUDGETS,
            "min_award": AMOUNTS,
            "max_award": BUDGETS,
            "categories": _lists(SOME_CATEGORIES),
            "excluded_categories": _lists(SOME_CATEGORIES),
            "category_caps": st.dictionaries(
                SOME_CATEGORIES, st.integers(0, 1000).map(lambda n: n / 10), max_size=2
            ),
            "countries": _lists(COUNTRIES),
            "base_countries": _lists(COUNTRIES),
            "organisation_kinds": _codes(OrganisationKind),
            "legal_statuses": _codes(LegalStatus),
            "target_groups": _codes(TargetGroup),
            "minimum_vetting": _code(VETTING_ORDER),
            "channels": _codes(Channel),
            "publicity_required": _code(Publicity),
            "reporting_required": _code(Reporting),
            "languages": _lists(st.sampled_from(["be", "ru", "en"])),
            "opens_on": DAYS,
            "closes_on": DAYS,
            "decision_days": st.integers(0, 40),
            "payout_days": st.integers(0, 40),
            "max_months": MONTHS,
            "retroactive": st.booleans(),
            "co_funding": st.booleans(),
            "min_years_active": st.integers(0, 5),
            "reallocation_percent": st.integers(0, 100),
            "excluded_organisations": _lists(st.sampled_from(["O-1", "quiet-lime", "O-2"])),
        },
    )


CURRENCIES = ["EUR", "USD", "PLN", "RUB", "BYN", "GEL"]
ALL_DAYS = st.sampled_from(["2022-02-27", "2022-03-02", "2026-05-04", "2026-11-24"])


@st.composite
def mixed_lines(draw):
    """Lines whose records are in several currencies or in hours, on days with rates and without."""
    line = draw(lines())
    need_in, offer_in = draw(st.sampled_from(CURRENCIES)), draw(st.sampled_from(CURRENCIES))
    names = draw(st.sets(st.sampled_from(["minimum_useful", "funded_amount", "breakdown"])))
    need = {name: _recount(each, need_in, name in names) for name, each in line["need"].items()}
    if draw(st.booleans()):
        need["quantity"] = {"amount": str(draw(st.integers(0, 1200))), "unit": "hours"}
    in_hours = draw(st.booleans())
    offer = {name: _recount(each, offer_in, in_hours) for name, each in line["offer"].items()}
    return {**line, "need": need, "offer": offer, "on": draw(ALL_DAYS)}


def _recount(value, currency, in_hours):
    """Count an amount (or a map of them) in another currency or in sessions; else leave it."""
    if not isinstance(value, dict):
        return value
    if "amount" in value and in_hours:
        return {"amount": value["amount"], "unit": "sessions"}
    if "amount" in value:
        return {"amount": value["amount"], "currency": currency}
    return {name: _recount(each, currency, in_hours) for name, each in value.items()}


def lines():
    """Lines for any pair of one currency on one day."""
    return st.fixed_dictionaries(
        {
            "need": needs(),
            "organisation": organisations(),
            "offer": offers(),
            "on": st.just(ON.isoformat()),
        }
    )
