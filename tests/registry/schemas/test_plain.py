import pytest

from registry.schemas.records import load_record
from search.codes import CATEGORIES
from tests.registry.schemas.examples import NEED, OFFER, ORGANISATION
from tests.registry.schemas.refused import refusals


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("urgency", "panic", "unknown_code"),
        ("urgency", "URGENT", "unknown_code"),
        ("urgency", ["urgent"], "not_text"),
        ("category", "pizza", "unknown_category"),
        ("category", "rent", "short_category"),
        ("country", "pl", "unknown_country"),
        ("country", "XX", "unknown_country"),
        ("language", "bel", "unknown_language"),
        ("channels", "bank_abroad", "not_a_list"),
        ("channels", {"bank_abroad": 1}, "not_a_list"),
        ("channels", ["bank_abroad", "bank_abroad"], "duplicate"),
        ("channels", ["bank_abroad"] * 8, "too_many"),
        ("needed_by", "2027-02-30", "not_a_day"),
        ("needed_by", "2027-2-3", "not_a_day"),
        ("needed_by", "20270203", "not_a_day"),
        ("needed_by", "2027-W05-3", "not_a_day"),
        ("needed_by", "2027-02-03T10:00", "not_a_day"),
        ("needed_by", "03.02.2027", "not_a_day"),
        ("needed_by", 20270203, "not_a_day"),
        ("needed_by", "0001-01-01", "day_out_of_range"),
        ("needed_by", "9999-12-31", "day_out_of_range"),
        ("months_covered", 0, "out_of_range"),
        ("months_covered", 1201, "out_of_range"),
        ("months_covered", "-3", "not_a_number"),
        ("months_covered", "six", "not_a_number"),
        ("months_covered", "٦", "not_a_number"),
        ("months_covered", 6.0, "not_a_number"),
        ("months_covered", True, "not_a_number"),
        ("months_covered", "9" * 5000, "not_a_number"),
    ],
)
def test_a_need_refuses(name, value, code):
    (problem,) = refusals("need", {**NEED, "breakdown": None, name: value})
    assert problem[0].partition(".")[0] == name
    assert problem[1] == code


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("renewable", "yes", "not_true_or_false"),
        ("renewable", 1, "not_true_or_false"),
        ("reallocation_percent", 101, "out_of_range"),
        ("decision_days", -1, "out_of_range"),
        ("minimum_vetting", "suspended", "unknown_code"),
        ("category_caps", {"fixed_costs": "101"}, "not_a_percentage"),
        ("category_caps", {"fixed_costs": -1}, "not_a_percentage"),
        ("category_caps", {"fixed_costs": float("nan")}, "not_a_percentage"),
        ("category_caps", {"fixed_costs": True}, "not_a_percentage"),
        ("category_caps", {"fixed_costs": "1e1"}, "not_a_percentage"),
        ("category_caps", {"rent": "10"}, "short_category"),
        ("category_caps", ["fixed_costs"], "not_a_map"),
        ("category_caps", {str(n): "1" for n in range(len(CATEGORIES) + 1)}, "too_many"),
        ("excluded_organisations", [f"org-{n}" for n in range(501)], "too_many"),
        ("excluded_organisations", [" org"], "spaces_at_ends"),
    ],
)
def test_an_offer_refuses(name, value, code):
    (problem,) = refusals("offer", {**OFFER, name: value})
    assert problem[0].partition(".")[0] == name
    assert problem[1] == code


def test_files_and_forms_may_write_numbers_and_flags_as_text():
    offer = load_record("offer", {**OFFER, "max_months": "12", "renewable": "false"})
    assert offer["max_months"] == 12
    assert offer["renewable"] is False


@pytest.mark.parametrize(
    ("given", "kept"), [("30", "30"), ("12.50", "12.5"), (33.3, "33.3"), (100, "100"), ("0", "0")]
)
def test_a_percentage_is_kept_exactly(given, kept):
    caps = load_record("offer", {**OFFER, "category_caps": {"fixed_costs": given}})["category_caps"]
    assert caps == {"fixed_costs": kept}


def test_the_year_a_group_began_is_a_year():
    assert refusals("organisation", {**ORGANISATION, "active_since": 20}) == [
        ("active_since", "out_of_range")
    ]


def test_an_item_outside_the_taxonomy_is_answered_with_its_full_codes():
    problems = refusals("need", {**NEED, "breakdown": None, "category": "living_costs"})
    assert problems == [("category", "short_category")]
