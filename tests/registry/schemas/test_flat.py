import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.schemas.flat import columns_of, flatten, unflatten
from registry.schemas.records import load_record, schema_of
from search.codes import CATEGORIES, CATEGORY_ITEMS, UNITS, Channel, Urgency
from tests.registry.schemas.examples import EXAMPLES, NEED, OFFER
from tests.registry.schemas.refused import refusals

NEED_ROW = {
    "external_id": "need-1",
    "organisation": "org-1",
    "category": "fixed_costs",
    "country": "PL",
    "breakdown": "fixed_costs.rent=500.00; fixed_costs.taxes=100.00",
    "breakdown_currency": "EUR",
    "amount_requested": "600",
    "amount_requested_currency": "EUR",
    "quantity": "20",
    "quantity_unit": "hours",
    "minimum_useful": "10",
    "minimum_useful_unit": "hours",
    "asks_for": "money;hours",
    "months_covered": "6",
    "title": "  Rent  ",
}


@pytest.mark.parametrize("kind", EXAMPLES)
def test_flatten_and_unflatten_are_each_others_inverse_on_full_records(kind):
    row = flatten(kind, EXAMPLES[kind])
    assert unflatten(kind, row) == EXAMPLES[kind]
    assert all(isinstance(cell, str) for cell in row.values())
    assert set(row) <= set(columns_of(kind))


def test_a_row_becomes_the_record_it_spells():
    assert unflatten("need", NEED_ROW) == {
        "external_id": "need-1",
        "organisation": "org-1",
        "category": "fixed_costs",
        "country": "PL",
        "breakdown": {
            "fixed_costs.rent": {"amount": "500.00", "currency": "EUR"},
            "fixed_costs.taxes": {"amount": "100.00", "currency": "EUR"},
        },
        "amount_requested": {"amount": "600", "currency": "EUR"},
        "quantity": {"amount": "20", "unit": "hours"},
        "minimum_useful": {"amount": "10", "unit": "hours"},
        "asks_for": ["money", "hours"],
        "months_covered": 6,
        "title": "Rent",
    }
    load_record("need", unflatten("need", NEED_ROW))


def test_blank_cells_are_absent_even_with_a_currency_beside_them():
    row = NEED_ROW | {"amount_requested": " ", "asks_for": " ; ", "title": ""}
    record = unflatten("need", row)
    assert not {"amount_requested", "title"} & set(record)
    assert "asks_for" not in load_record("need", record)


def test_unknown_columns_are_kept_so_that_they_are_refused_by_name():
    record = unflatten("need", NEED_ROW | {"amount": "5", "title_currency": "EUR", "empty": ""})
    assert refusals("need", record) == [
        ("amount", "unknown_field"),
        ("title_currency", "unknown_field"),
    ]


def test_a_column_of_a_measure_that_the_field_does_not_have_is_refused():
    record = unflatten("need", NEED_ROW | {"amount_requested_unit": "hours"})
    assert refusals("need", record) == [("amount_requested_unit", "unknown_field")]


def test_sealed_columns_reach_the_schema_and_are_refused_there():
    row = {
        "external_id": "o",
        "kind": "cso",
        "legal_statuses": "hosted",
        "base_country": "PL",
        "contact": "a@b",
    }
    assert refusals("organisation", unflatten("organisation", row)) == [
        ("contact", "sealed_not_available")
    ]
    assert "contact" not in columns_of("organisation")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"amount_requested_currency": ""}, ("amount_requested", "needs_money")),
        ({"amount_requested": "600 EUR"}, ("amount_requested.amount", "not_an_amount")),
        ({"quantity_unit": ""}, ("quantity", "needs_unit")),
        ({"breakdown_currency": ""}, None),
        ({"breakdown": "fixed_costs.rent"}, ("breakdown.fixed_costs.rent", "not_a_record")),
        ({"breakdown": "rent=5"}, ("breakdown.rent", "short_category")),
        ({"months_covered": "six"}, ("months_covered", "not_a_number")),
        ({"asks_for": "money,hours"}, ("asks_for.0", "unknown_code")),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_at_its_field(changes, problem):
    found = refusals("need", unflatten("need", NEED_ROW | changes))
    without_measure = "amount_without_measure"
    both = [(f"breakdown.fixed_costs.{item}", without_measure) for item in ("rent", "taxes")]
    assert found == ([problem] if problem else both)


def test_flags_and_caps_are_read():
    row = flatten("offer", OFFER) | {"renewable": "TRUE", "retroactive": "ja"}
    record = unflatten("offer", row)
    assert record["renewable"] is True
    assert record["category_caps"] == {"fixed_costs": "30", "equipment.hardware": "12.5"}
    assert refusals("offer", record) == [("retroactive", "not_true_or_false")]


def test_columns_stand_in_the_order_of_the_record_with_measures_beside_their_amounts():
    columns = columns_of("need")
    assert columns[:4] == ["external_id", "organisation", "category", "country"]
    place = columns.index("amount_requested")
    assert columns[place : place + 4] == [
        "amount_requested",
        "amount_requested_currency",
        "quantity",
        "quantity_unit",
    ]
    assert {"minimum_useful_currency", "minimum_useful_unit"} <= set(columns)


@pytest.mark.parametrize("kind", ["organisation", "donor", "need", "offer"])
def test_no_two_fields_share_a_column(kind):
    columns = columns_of(kind)
    assert len(set(columns)) == len(columns)
    assert set(schema_of(kind).load_fields) - {"contact", "legal_name", "payout"} <= set(columns)


CENTS = st.integers(1, 10**9).map(lambda cents: f"{cents // 100}.{cents % 100:02d}")
MONEY = st.fixed_dictionaries({"amount": CENTS, "currency": st.sampled_from(["EUR", "PLN"])})
HELP = st.fixed_dictionaries(
    {"amount": st.integers(1, 500).map(str), "unit": st.sampled_from([str(unit) for unit in UNITS])}
)
IDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=12)
NEEDS = st.fixed_dictionaries(
    {"external_id": IDS, "category": st.sampled_from(CATEGORIES)},
    optional={
        "amount_requested": MONEY,
        "quantity": HELP,
        "minimum_useful": MONEY | HELP,
        "breakdown": st.dictionaries(st.sampled_from(CATEGORY_ITEMS), MONEY | HELP, min_size=1),
        "channels": st.lists(st.sampled_from([str(c) for c in Channel]), min_size=1, unique=True),
        "urgency": st.sampled_from([str(urgency) for urgency in Urgency]),
        "months_covered": st.integers(1, 1200),
        "needed_by": st.dates().map(str),
    },
)
OFFERS = st.fixed_dictionaries(
    {"budget": MONEY | HELP},
    optional={
        "category_caps": st.dictionaries(
            st.sampled_from(CATEGORIES), st.integers(0, 100).map(str), min_size=1
        ),
        "excluded_organisations": st.lists(IDS, min_size=1, max_size=4),
        "renewable": st.booleans(),
        "decision_days": st.integers(0, 3650),
    },
)


@given(NEEDS)
def test_any_need_comes_back_from_its_row(need):
    assert unflatten("need", flatten("need", need)) == need


@given(OFFERS)
def test_any_offer_comes_back_from_its_row(offer):
    assert unflatten("offer", flatten("offer", offer)) == offer


@given(st.dictionaries(st.sampled_from([*columns_of("need"), "x"]), st.text(max_size=20)))
def test_no_row_breaks_the_reading_of_it(row):
    record = unflatten("need", row)
    assert all(name in record for name, text in row.items() if name == "x" and text.strip())


def test_the_example_is_the_same_record_from_either_file():
    assert load_record("need", unflatten("need", flatten("need", NEED))) == load_record(
        "need", NEED
    )
