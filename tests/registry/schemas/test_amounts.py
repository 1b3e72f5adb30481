import pytest

from registry.schemas.records import load_record
from search.codes import Measure
from search.money import Money, Quantity
from tests.registry.schemas.examples import NEED, OFFER
from tests.registry.schemas.refused import refusals

PLAIN_NEED = {**NEED, "minimum_useful": None, "breakdown": None, "quantity": None}


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("-5", "not_an_amount"),
        ("+5", "not_an_amount"),
        ("1,500.00", "not_an_amount"),
        ("1 500", "not_an_amount"),
        ("1500.001", "not_an_amount"),
        ("1e3", "not_an_amount"),
        ("NaN", "not_an_amount"),
        ("Infinity", "not_an_amount"),
        ("٥٠", "not_an_amount"),
        ("5\n", "not_an_amount"),
        (".5", "not_an_amount"),
        ("=5", "not_an_amount"),
        ("9" * 16, "amount_too_large"),
        (1500, "amount_not_text"),
        (1500.5, "amount_not_text"),
        (float("nan"), "amount_not_text"),
        (True, "amount_not_text"),
        (["5"], "amount_not_text"),
        ("0", "not_positive"),
        ("0.00", "not_positive"),
        ("", "required"),
        (None, "required"),
    ],
)
def test_what_is_no_amount_is_refused_at_its_place(amount, code):
    record = {**PLAIN_NEED, "amount_requested": {"amount": amount, "currency": "EUR"}}
    assert refusals("need", record) == [("amount_requested.amount", code)]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("1500", ("amount_requested", "not_a_record")),
        ([1], ("amount_requested", "not_a_record")),
        ({"amount": "5"}, ("amount_requested", "needs_money")),
        ({"amount": "5", "unit": "hours"}, ("amount_requested", "needs_money")),
        ({"amount": "5", "currency": "EUR", "unit": "hours"}, ("amount_requested", "needs_money")),
        ({"amount": "5", "currency": "eur"}, ("amount_requested.currency", "unknown_currency")),
        ({"amount": "5", "currency": 5}, ("amount_requested.currency", "unknown_currency")),
        ({"currency": "EUR"}, ("amount_requested.amount", "required")),
        ({"amount": "5", "currency": "EUR", "vat": 1}, ("amount_requested.vat", "unknown_field")),
    ],
)
def test_money_has_an_amount_and_a_currency(value, problem):
    record = {**PLAIN_NEED, "amount_requested": value}
    assert refusals("need", record) == [problem]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({"amount": "5", "currency": "EUR"}, ("quantity", "needs_unit")),
        ({"amount": "5", "unit": "litres"}, ("quantity.unit", "unknown_code")),
        ({"amount": "5", "unit": "money"}, ("quantity.unit", "unknown_code")),
        ({"amount": "0", "unit": "hours"}, ("quantity.amount", "not_positive")),
    ],
)
def test_a_quantity_has_an_amount_and_a_unit(value, problem):
    assert refusals("need", {**PLAIN_NEED, "quantity": value}) == [problem]


def test_amounts_are_counted_in_hundredths():
    amounts = {"amount": "0.1", "currency": "EUR"}, {"amount": "20", "unit": "sessions"}
    need = load_record(
        "need", {**PLAIN_NEED, "amount_requested": amounts[0], "quantity": amounts[1]}
    )
    assert need["amount_requested"] == Money(10, "EUR")
    assert need["quantity"] == Quantity(2000, Measure.SESSIONS)


def test_a_budget_is_money_or_help_and_says_which():
    assert refusals("offer", {**OFFER, "budget": {"amount": "5"}}) == [
        ("budget", "amount_without_measure")
    ]
    hours = {"amount": "120", "unit": "hours"}
    offer = {**OFFER, "instrument": "service", "budget": hours, "min_award": None}
    assert load_record("offer", {**offer, "max_award": None})["budget"].unit is Measure.HOURS


def test_the_least_may_be_nothing_and_so_may_an_item_of_a_breakdown():
    nothing = {"amount": "0", "currency": "EUR"}
    record = {**NEED, "minimum_useful": nothing, "breakdown": {"fixed_costs.rent": nothing}}
    need = load_record("need", record)
    assert need["minimum_useful"].hundredths == 0
    assert need["breakdown"]["fixed_costs.rent"].hundredths == 0


def test_a_breakdown_is_refused_at_the_item_and_its_part():
    broken = {
        "fixed_costs.rent": {"amount": "-1", "currency": "EUR"},
        "fixed_costs.taxes": {"amount": "1", "currency": "XXY"},
        "rent": {"amount": "1", "currency": "EUR"},
        "fixed_costs": {"amount": "1", "currency": "EUR"},
        "fixed_costs.salaries": "100",
    }
    assert refusals("need", {**NEED, "breakdown": broken}) == [
        ("breakdown.fixed_costs.rent.amount", "not_an_amount"),
        ("breakdown.fixed_costs.taxes.currency", "unknown_currency"),
        ("breakdown.rent", "short_category"),
        ("breakdown.fixed_costs", "unknown_category"),
        ("breakdown.fixed_costs.salaries", "not_a_record"),
    ]
