import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from registry.domain.errors import FieldProblem
from registry.schemas.records import dump_record, load_record, schema_of
from registry.web.form import Form, flatten, read_amount, read_day
from search.money import Money, Quantity

REQUIRED = {"external_id": "1", "organisation": "2"}
TYPED = [
    ("csrf_token", "x"),
    ("_version", "3"),
    ("category", "legal_aid"),
    ("country", "PL"),
    ("title", "  Fines "),
    ("amount_requested.amount", "3 000,50"),
    ("amount_requested.currency", "EUR"),
    ("quantity.amount", ""),
    ("quantity.unit", "hours"),
    ("minimum_useful.amount", "1,200"),
    ("_in.minimum_useful", "EUR"),
    ("channels", "bank_abroad"),
    ("channels", "in_kind"),
    ("needed_by", "31.3.2027"),
    ("months_covered", ""),
    ("_in.breakdown", "EUR"),
    ("breakdown.legal_aid.fines.amount", "1500"),
    ("breakdown.legal_aid.advice.amount", ""),
]


def need_form(*changes: tuple[str, str], without: str = "") -> Form:
    typed = [pair for pair in TYPED if pair[0] != without]
    return Form(schema_of("need"), MultiDict([*typed, *changes]))


def test_what_was_typed_becomes_a_record() -> None:
    need = need_form().load(**REQUIRED)
    assert need is not None
    assert need["title"] == "Fines"
    assert need["amount_requested"] == Money.of("3000.50", "EUR")
    assert need["minimum_useful"] == Money.of("1200", "EUR")
    assert need["channels"] == ["bank_abroad", "in_kind"]
    assert need["needed_by"].isoformat() == "2027-03-31"
    assert need["breakdown"] == {"legal_aid.fines": Money.of("1500", "EUR")}
    assert "quantity" not in need
    assert "months_covered" not in need


def test_amounts_can_share_one_denomination() -> None:
    typed = MultiDict([("_in", "hours"), ("budget.amount", "100"), ("max_award.amount", "8")])
    form = Form(schema_of("offer"), typed, only=("budget", "max_award"))
    read = form.read()
    assert read["budget"] == {"amount": "100", "unit": "hours"}
    assert read["max_award"] == {"amount": "8", "unit": "hours"}
    assert form.counted_in("budget") == "hours"


def test_a_refused_form_keeps_what_was_typed_and_says_what_to_do(look: Flask) -> None:
    form = need_form(("amount_requested.amount", "lots"), without="amount_requested.amount")
    assert form.load(**REQUIRED) is None
    with look.test_request_context():
        [sentence] = form.problems_of("amount_requested")
        assert sentence.startswith("Write the amount in digits")
        assert form.problem_lines() == [("amount_requested", "How much money", sentence)]
        assert form.problems_of("title") == []
    assert form.typed("amount_requested.amount") == "lots"


def test_a_sentence_at_a_field_fills_its_gaps(look: Flask) -> None:
    form = need_form(("title", "x" * 121), without="title")
    assert form.load(**REQUIRED) is None
    with look.test_request_context():
        assert form.problems_of("title") == [
            "This is too long. Shorten it to 120 characters at most."
        ]


def test_a_field_that_is_not_of_the_form_is_refused() -> None:
    form = need_form(("urgency_confirmed", "emergency"), ("is_admin", "1"))
    assert form.load(**REQUIRED) is None
    assert {(each.field, each.code) for each in form.problems} == {
        ("urgency_confirmed", "unknown_field"),
        ("is_admin", "unknown_field"),
    }


def test_a_page_that_shows_a_part_takes_only_that_part() -> None:
    form = Form(
        schema_of("need"),
        MultiDict([("title", "Rent"), ("situation", "slipped in")]),
        only=("title", "summary"),
    )
    assert form.read() == {"title": "Rent", "situation": "slipped in"}
    assert form.load(partial=True) == {"title": "Rent", "summary": None, "situation": "slipped in"}


def test_a_change_that_blanks_a_field_empties_it() -> None:
    form = Form(
        schema_of("need"), MultiDict([("title", " ")]), only=("title", "channels", "needed_by")
    )
    assert form.load(partial=True) == {"title": None, "channels": None, "needed_by": None}


def test_a_service_can_add_its_own_problems(look: Flask) -> None:
    form = need_form()
    form.refuse([FieldProblem("amount_requested", "mixed_currencies")])
    with look.test_request_context():
        assert form.problems_of("amount_requested") == [
            "Use one currency for all amounts of this record."
        ]


def test_a_record_comes_back_from_the_form_as_it_went_in() -> None:
    need = load_record("need", need_form().read() | REQUIRED)
    dumped = dump_record("need", need)
    shown = Form(schema_of("need"), record=dumped)
    assert load_record("need", Form(schema_of("need"), shown.sent).read()) == need


def test_flat_names_keep_every_answer() -> None:
    flat = flatten({"a": ["x", "y"], "b": {"amount": "1", "currency": "EUR"}, "c": True, "d": None})
    assert list(flat.items(multi=True)) == [
        ("a", "x"),
        ("a", "y"),
        ("b.amount", "1"),
        ("b.currency", "EUR"),
        ("c", "true"),
    ]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1500", "1500"),
        ("1 500,50", "1500.50"),
        ("1\u00a0500.5", "1500.5"),
        ("1,500", "1500"),
        ("1,500,000.25", "1500000.25"),
        ("1'500", "1500"),
        ("12,5", "12.5"),
        ("1.500", "1.500"),
        ("1,5000", "1,5000"),
        ("-5", "-5"),
        ("1e3", "1e3"),
        ("lots", "lots"),
        ("١٢", "١٢"),
    ],
)
def test_amounts_are_read_as_people_write_them_and_never_guessed(typed: str, read: str) -> None:
    assert read_amount(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [("31.3.2027", "2027-03-31"), ("2027-03-31", "2027-03-31"), ("soon", "soon"), ("", "")],
)
def test_days_are_read_in_two_manners(typed: str, read: str) -> None:
    assert read_day(typed) == read


def test_a_quantity_reads_its_unit() -> None:
    form = Form(
        schema_of("need"),
        MultiDict([("quantity.amount", "20"), ("quantity.unit", "hours")]),
        only=("quantity",),
    )
    assert form.load(partial=True) == {"quantity": Quantity.of("20", "hours")}


def test_the_form_knows_what_the_schema_asks_for() -> None:
    form = need_form()
    assert form.is_required("category")
    assert not form.is_required("title")
    assert form.longest("title") == 120
    assert form.longest("months_covered") is None
