"""What must not come in: each gets a line, a field and a remedy, and changes nothing."""

import json

import pytest

from registry.services.imports.problems import sentence_of
from tests.registry.services.imports.records import donor, need, offer, organisation, told

MONEY = {"amount": "1500.00", "currency": "EUR"}
LONG = "x" * 1_000_000


def line(record, **raw):
    """Write a record, with values that json.dumps would not write."""
    text = json.dumps(record)
    for placeholder, written in raw.items():
        text = text.replace(f'"{placeholder}"', written)
    return text


BAD_NEEDS = {
    "unknown field": (need(colour="red"), "colour", "unknown_field"),
    "wrong code": (need(urgency="yesterday"), "urgency", "unknown_code"),
    "wrong category": (need(category="fixed_costs.tea"), "category", "unknown_category"),
    "missing field": (need(category=None), "category", "required"),
    "negative amount": (
        need(amount_requested=MONEY | {"amount": "-5.00"}),
        "amount_requested.amount",
        "not_an_amount",
    ),
    "nan as text": (
        need(amount_requested=MONEY | {"amount": "NaN"}),
        "amount_requested.amount",
        "not_an_amount",
    ),
    "nan as a number": (
        line(need(amount_requested=MONEY | {"amount": "@"}), **{"@": "NaN"}),
        "amount_requested.amount",
        "amount_not_text",
    ),
    "endless amount": (
        line(need(amount_requested=MONEY | {"amount": "@"}), **{"@": "1e999"}),
        "amount_requested.amount",
        "amount_not_text",
    ),
    "months not a number": (
        line(need(months_covered="@"), **{"@": "NaN"}),
        "months_covered",
        "not_a_number",
    ),
    "impossible day": (need(needed_by="2027-02-30"), "needed_by", "not_a_day"),
    "day relative to now": (need(needed_by="+90d"), "needed_by", "not_a_day"),
    "a megabyte of text": (need(summary=LONG), "summary", "too_long"),
    "a megabyte of id": (need(LONG), "external_id", "too_long"),
    "control character": (need(title="Rent\u0007"), "title", "bad_characters"),
    "hidden direction": (need(summary="Rent\u202e"), "summary", "bad_characters"),
    "lone surrogate": (need(title="Rent \ud800"), "title", "bad_characters"),
    "lone surrogate in a code": (need(country="\ud800"), "country", "unknown_country"),
    "nul": (need(summary="a\u0000b"), "summary", "bad_characters"),
    "nul in an id": (need("need\u0000"), "external_id", "bad_characters"),
    "formula": (need(title="=1+1"), "title", "looks_like_formula"),
    "formula in an id": (need("@SUM(A1)"), "external_id", "looks_like_formula"),
    "deeply nested": ("[" * 100_000, "", "nested_too_deeply"),
    "deeply nested in a field": (
        line(need(title="@"), **{"@": "[" * 500 + "]" * 500}),
        "title",
        "not_text",
    ),
    "unknown organisation": (need(organisation="org-9"), "organisation", "unknown_reference"),
    "no record": ("[1, 2]", "", "not_a_record"),
    "no json": ("{'a': 1}", "", "not_json"),
    "half a line": ('{"external_id": "need', "", "not_json"),
    "an endless number": (
        line(need(months_covered="@"), **{"@": "9" * 5000}),
        "",
        "not_json",
    ),
    "one name twice": (
        line(need()).replace('"country"', '"title": "x", "country"'),
        "title",
        "named_twice",
    ),
    "a line of 3 MB": ('{"title": "' + "x" * 3_000_000 + '"}', "", "line_too_long"),
}


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize("case", BAD_NEEDS)
def test_a_bad_need_is_refused_at_its_line_and_field(run, contents, case):
    record, field, code = BAD_NEEDS[case]
    before = contents()

    report = run("needs", [need("first"), record, need("last")])

    assert told(report) == [(2, field, code)]
    assert (report.created, report.refused, report.rows) == (0, 1, 3)
    assert contents() == before
    assert len(sentence_of(report.problems[0].problem)) < 300


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize(
    ("plural", "record", "field", "code"),
    [
        ("organisations", organisation("o", contact="a"), "contact", "sealed_not_available"),
        ("organisations", organisation("o", legal_name="a"), "legal_name", "sealed_not_available"),
        ("organisations", organisation("o", payout="a"), "payout", "sealed_not_available"),
        ("organisations", organisation("o", state="deleted"), "state", "unknown_field"),
        ("organisations", organisation("o", hosted_by="o"), "hosted_by", "unknown_reference"),
        ("organisations", organisation("o", hosted_by="x"), "hosted_by", "unknown_reference"),
        ("donors", donor("d", legal_name="a"), "legal_name", "sealed_not_available"),
        ("donors", donor("d", donor_kind="bank"), "donor_kind", "unknown_code"),
        ("offers", offer(donor="org-1"), "donor", "unknown_reference"),
        ("offers", offer(status=None), "status", "required"),
        (
            "offers",
            offer(category_caps={"fixed_costs": "140"}),
            "category_caps.fixed_costs",
            "not_a_percentage",
        ),
    ],
)
def test_other_records_are_refused_in_the_same_way(run, plural, record, field, code):
    report = run(plural, [record])

    assert told(report) == [(1, field, code)]
    assert (report.created, report.refused) == (0, 1)


@pytest.mark.usefixtures("parties")
def test_text_that_is_not_utf8_is_refused_at_its_line(run, contents):
    before = contents()
    good = json.dumps(need("good")).encode()
    bad = json.dumps(need("bad", title="Аренда"), ensure_ascii=False).encode("cp1251")

    assert told(run("needs", good + b"\n" + bad + b"\n")) == [(2, "", "not_utf8")]
    assert contents() == before


@pytest.mark.usefixtures("parties")
def test_the_same_external_id_twice_is_refused_with_the_line_of_the_first(run, contents):
    before = contents()

    report = run("needs", [need("a"), need("b"), need("a", title="Other")])

    assert told(report) == [(3, "external_id", "repeated_external_id")]
    assert "Line 1" in sentence_of(report.problems[0].problem)
    assert contents() == before


@pytest.mark.usefixtures("parties")
def test_no_value_of_a_guarded_field_is_repeated(run):
    secret = "Kupala7"
    records = [
        need(secret * 90),
        need("b", title=f"={secret}"),
        need("c", summary=f"{secret}\u0000", organisation=secret),
        need("d", channels=[secret], language=secret),
        need("e", organisation=secret),
        [secret],
    ]

    report = run("needs", records)

    assert report.refused == len(records)
    assert secret not in json.dumps(report.document())


@pytest.mark.usefixtures("parties")
def test_every_problem_of_a_row_is_told_up_to_a_bound(run):
    report = run("needs", [need(country="xx", urgency="now", title="=")])
    many = run("needs", [need(**{f"field{number}": "x" for number in range(90)})])

    assert {field for _, field, _ in told(report)} == {"country", "urgency", "title"}
    assert report.refused == 1
    assert len(many.problems) == 20
    assert many.refused == 1


@pytest.mark.usefixtures("parties")
def test_states_only_move_as_their_tables_allow(run, find):
    run("needs", [need(status="met")])
    run("organisations", [organisation("org-2", vetting="suspended")])

    met = run("needs", [need(status="open", title="Again")])
    suspended = run("organisations", [organisation("org-2")])

    assert told(met) == [(1, "status", "move_impossible")]
    assert told(suspended) == [(1, "vetting", "move_not_possible")]
    assert sentence_of(suspended.problems[0].problem) == (
        "It is suspended now and can only go to: unverified."
    )


@pytest.mark.usefixtures("parties")
def test_a_record_stays_with_its_party(run, contents):
    run("organisations", [organisation("org-2")])
    run("needs", [need()])
    before = contents()

    report = run("needs", [need(organisation="org-2")])

    assert told(report) == [(1, "organisation", "belongs_elsewhere")]
    assert contents() == before


@pytest.mark.usefixtures("parties")
def test_nothing_is_written_for_a_frozen_organisation(run):
    run("organisations", [organisation(state="frozen")])

    assert told(run("needs", [need()])) == [(1, "organisation", "party_not_active")]


@pytest.mark.usefixtures("parties")
def test_a_record_that_is_being_deleted_is_not_brought_back(run, session, find):
    from registry.storage.organisations import Organisation

    row = session.get(Organisation, find(Organisation, "org-1").id)
    row.state = "deleted"
    session.commit()

    report = run("organisations", [organisation(base_country="LT")])
    assert told(report) == [(1, "external_id", "record_deleted")]
