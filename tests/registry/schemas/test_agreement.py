import pytest

from registry.schemas.records import load_record
from tests.registry.schemas.examples import NEED, OFFER
from tests.registry.schemas.refused import refusals


def money(amount, currency="EUR"):
    return {"amount": amount, "currency": currency}


def units(amount, unit="hours"):
    return {"amount": amount, "unit": unit}


BARE_NEED = {name: NEED[name] for name in ("external_id", "organisation", "category", "country")}
BARE_OFFER = {
    name: OFFER[name]
    for name in ("external_id", "donor", "instrument", "budget", "flexibility", "status")
}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, ("amount_requested", "amount_missing")),
        ({"breakdown": {"fixed_costs.rent": money("5")}}, ("amount_requested", "amount_missing")),
        (
            {"amount_requested": money("10"), "minimum_useful": money("10.01")},
            ("minimum_useful", "minimum_above_ask"),
        ),
        (
            {"amount_requested": money("10"), "minimum_useful": money("5", "USD")},
            ("minimum_useful", "mixed_currencies"),
        ),
        (
            {"amount_requested": money("10"), "minimum_useful": units("5")},
            ("minimum_useful", "minimum_in_other_measure"),
        ),
        (
            {"quantity": units("10"), "minimum_useful": money("5")},
            ("minimum_useful", "minimum_in_other_measure"),
        ),
        (
            {"quantity": units("10"), "minimum_useful": units("11", "sessions")},
            ("minimum_useful", "minimum_above_ask"),
        ),
        (
            {"quantity": units("10"), "breakdown": {"fixed_costs.rent": units("1", "nights")}},
            ("breakdown.fixed_costs.rent", "mixed_units"),
        ),
        (
            {"amount_requested": money("9"), "breakdown": {"fixed_costs.rent": money("1", "USD")}},
            ("breakdown.fixed_costs.rent", "mixed_currencies"),
        ),
        (
            {"amount_requested": money("9"), "breakdown": {"security.digital": money("1")}},
            ("breakdown.security.digital", "outside_category"),
        ),
        (
            {
                "amount_requested": money("9"),
                "category": "fixed_costs.rent",
                "breakdown": {"fixed_costs.taxes": money("1")},
            },
            ("breakdown.fixed_costs.taxes", "outside_category"),
        ),
        (
            {"asks_for": ["money"], "needed_by": "2027-01-02", "useful_until": "2027-01-01"},
            ("useful_until", "useful_until_before_needed_by"),
        ),
        (
            {"asks_for": ["money"], "months_covered": 3, "minimum_months": 4},
            ("minimum_months", "minimum_months_above_covered"),
        ),
    ],
)
def test_a_need_that_disagrees_with_itself_is_refused(changes, problem):
    assert refusals("need", {**BARE_NEED, **changes}) == [problem]


@pytest.mark.parametrize(
    "changes",
    [
        {"asks_for": ["hours"]},
        {"quantity": units("10")},
        {"amount_requested": money("10"), "quantity": units("3")},
        {"amount_requested": money("10"), "minimum_useful": money("10")},
        {"quantity": units("10"), "minimum_useful": units("10", "sessions")},
        {"asks_for": ["money"], "minimum_useful": money("5")},
        {"asks_for": ["money"], "needed_by": "2027-01-01", "useful_until": "2027-01-01"},
        {"asks_for": ["money"], "minimum_months": 4},
        {
            "amount_requested": money("10"),
            "category": "fixed_costs.rent",
            "breakdown": {"fixed_costs.rent": money("10")},
        },
    ],
)
def test_a_need_that_says_one_thing_is_taken(changes):
    load_record("need", {**BARE_NEED, **changes})


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"min_award": money("6"), "max_award": money("5")}, ("min_award", "min_above_max_award")),
        ({"max_award": money("60000")}, ("max_award", "award_above_budget")),
        ({"min_award": money("60000")}, ("min_award", "award_above_budget")),
        ({"max_award": money("5", "USD")}, ("max_award", "mixed_currencies")),
        ({"max_award": units("5")}, ("max_award", "mixed_units")),
        (
            {"budget": units("50"), "max_award": units("5", "nights")},
            ("max_award", "mixed_units"),
        ),
        (
            {"opens_on": "2027-01-02", "closes_on": "2027-01-01"},
            ("closes_on", "closes_before_opening"),
        ),
        (
            {"categories": ["security"], "excluded_categories": ["security"]},
            ("excluded_categories", "taken_and_excluded"),
        ),
    ],
)
def test_an_offer_that_disagrees_with_itself_is_refused(changes, problem):
    assert refusals("offer", {**BARE_OFFER, **changes}) == [problem]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"min_award": money("5"), "max_award": money("5")},
        {"max_award": money("50000")},
        {"budget": units("50"), "max_award": units("5", "sessions")},
        {"opens_on": "2027-01-01", "closes_on": "2027-01-01"},
        {"categories": ["fixed_costs"], "excluded_categories": ["fixed_costs.taxes"]},
    ],
)
def test_an_offer_that_says_one_thing_is_taken(changes):
    load_record("offer", {**BARE_OFFER, **changes})


def test_a_change_need_not_repeat_how_much_is_asked_for():
    assert load_record("need", {"title": "Rent"}, partial=True) == {"title": "Rent"}


def test_a_change_that_disagrees_with_itself_is_refused_at_once():
    change = {"months_covered": 3, "minimum_months": 4}
    assert refusals("need", change, partial=True) == [
        ("minimum_months", "minimum_months_above_covered")
    ]
