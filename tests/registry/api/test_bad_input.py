"""Bad input: a clear 4xx that names the field, and nothing is changed."""

import json

import pytest
from sqlmodel import func, select

from registry.domain.roles import Role, Scope
from registry.storage.audit import AuditEntry
from registry.storage.needs import Need
from registry.storage.outbox import OutboxEntry
from tests.factories import NeedFactory

NEED = {
    "external_id": "rent-2027",
    "category": "fixed_costs.rent",
    "country": "PL",
    "amount_requested": {"amount": "4500.00", "currency": "EUR"},
}


@pytest.fixture
def own(api_client):
    return api_client(Role.ORGANISATION)


@pytest.fixture
def unchanged(rows):
    """Fail the test if needs, audit or outbox differ at its end from what they were."""

    def count() -> list[int]:
        with rows() as reading:
            return [
                reading.exec(select(func.count()).select_from(table)).one()
                for table in (Need, AuditEntry, OutboxEntry)
            ]

    before: list[list[int]] = []
    yield lambda: before.append(count())
    assert before
    assert count() == before[0]


def post(own, changes=None, **raw):
    record = NEED | {"organisation": own.account.organisation_id} | (changes or {})
    if raw:
        headers = {"Content-Type": raw.get("content_type", "application/json")}
        return own.open("POST", "/needs", data=raw["data"], headers=headers)
    return own.post("/needs", record)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"budget": "1"}, "budget", "unknown_field"),
        ({"urgency_confirmed": "urgent"}, "urgency_confirmed", "unknown_field"),
        ({"id": "0" * 32}, "id", "unknown_field"),
        ({"category": "rent"}, "category", "short_category"),
        ({"category": "fixed_costs.yacht"}, "category", "unknown_category"),
        ({"category": 7}, "category", "not_text"),
        ({"category": None}, "category", "required"),
        ({"country": "Poland"}, "country", "unknown_country"),
        ({"country": "pl"}, "country", "unknown_country"),
        ({"urgency": "now"}, "urgency", "unknown_code"),
        ({"channels": "bank_abroad"}, "channels", "not_a_list"),
        ({"channels": ["bank_abroad", "bank_abroad"]}, "channels", "duplicate"),
        ({"channels": ["pigeon"]}, "channels.0", "unknown_code"),
        ({"amount_requested": "4500"}, "amount_requested", "not_a_record"),
        ({"amount_requested": 4500}, "amount_requested", "not_a_record"),
        (
            {"amount_requested": {"amount": "-1", "currency": "EUR"}},
            "amount_requested.amount",
            "not_an_amount",
        ),
        (
            {"amount_requested": {"amount": "NaN", "currency": "EUR"}},
            "amount_requested.amount",
            "not_an_amount",
        ),
        (
            {"amount_requested": {"amount": "0", "currency": "EUR"}},
            "amount_requested.amount",
            "not_positive",
        ),
        (
            {"amount_requested": {"amount": "1e9", "currency": "EUR"}},
            "amount_requested.amount",
            "not_an_amount",
        ),
        (
            {"amount_requested": {"amount": "9" * 20, "currency": "EUR"}},
            "amount_requested.amount",
            "amount_too_large",
        ),
        (
            {"amount_requested": {"amount": 1500.5, "currency": "EUR"}},
            "amount_requested.amount",
            "amount_not_text",
        ),
        (
            {"amount_requested": {"amount": "1", "currency": "EURO"}},
            "amount_requested.currency",
            "unknown_currency",
        ),
        (
            {"amount_requested": {"amount": "1", "currency": "EUR", "tax": "2"}},
            "amount_requested.tax",
            "unknown_field",
        ),
        ({"needed_by": "2027-02-30"}, "needed_by", "not_a_day"),
        ({"needed_by": "31.01.2027"}, "needed_by", "not_a_day"),
        ({"needed_by": "2027-01-31T10:00:00"}, "needed_by", "not_a_day"),
        ({"needed_by": 20270131}, "needed_by", "not_a_day"),
        ({"needed_by": "0001-01-01"}, "needed_by", "day_out_of_range"),
        ({"months_covered": 0}, "months_covered", "out_of_range"),
        ({"months_covered": 1.5}, "months_covered", "not_a_number"),
        ({"months_covered": True}, "months_covered", "not_a_number"),
        ({"months_covered": 10**30}, "months_covered", "out_of_range"),
        ({"title": "x" * 1_000_000}, "title", "too_long"),
        ({"summary": "x" * 1_000_000}, "summary", "too_long"),
        ({"title": "one\ntwo"}, "title", "bad_characters"),
        ({"title": "bell \x07"}, "title", "bad_characters"),
        ({"title": "end\x00"}, "title", "bad_characters"),
        ({"title": "turned \u202e txt.exe"}, "title", "bad_characters"),
        ({"summary": "\x1b[31mred"}, "summary", "bad_characters"),
        ({"title": '=HYPERLINK("http://example.org")'}, "title", "looks_like_formula"),
        ({"title": "+48 123"}, "title", "looks_like_formula"),
        ({"title": "@SUM(A1)"}, "title", "looks_like_formula"),
        ({"title": ["a"]}, "title", "not_text"),
        ({"external_id": " a"}, "external_id", "spaces_at_ends"),
        ({"external_id": "x" * 81}, "external_id", "too_long"),
        ({"external_id": ""}, "external_id", "required"),
        (
            {"breakdown": {"equipment.hardware": {"amount": "1", "currency": "EUR"}}},
            "breakdown.equipment.hardware",
            "outside_category",
        ),
        ({"status": "met"}, "status", "invalid_move"),
        (
            {"minimum_useful": {"amount": "9000", "currency": "EUR"}},
            "minimum_useful",
            "minimum_above_ask",
        ),
        ({"amount_requested": None}, "amount_requested", "amount_missing"),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_kept(own, unchanged, changes, field, code):
    unchanged()

    answer = post(own, changes)

    assert answer.status_code == (409 if code == "invalid_move" else 422)
    problems = [(each["field"], each["code"]) for each in answer.json["errors"]]
    assert (field, code) in problems
    assert all(each["message"] for each in answer.json["errors"])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "bad_json"),
        (b"{", "bad_json"),
        (b"{'category': 1}", "bad_json"),
        (b'{"category": "\xff\xfe"}', "bad_json"),
        (b'\xef\xbb\xbf{"category": 1}', "bad_json"),
        (b'{"months_covered": ' + b"9" * 5000 + b"}", "bad_json"),
        (b'{"months_covered": NaN}', "not_a_json_number"),
        (b'{"months_covered": -Infinity}', "not_a_json_number"),
        (b'{"category": "advocacy", "category": "advocacy"}', "duplicate_name"),
        (b'{"amount_requested": {"amount": "1", "amount": "2"}}', "duplicate_name"),
        (b"[" * 100_000, "json_too_deep"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "json_too_deep"),
        (b"[" * 30 + b"]" * 30, "json_too_deep"),
    ],
)
def test_a_body_that_is_no_plain_json_is_refused(own, unchanged, body, code):
    unchanged()

    answer = post(own, data=body)

    assert answer.status_code == 400
    assert [(each["field"], each["code"]) for each in answer.json["errors"]] == [(None, code)]


@pytest.mark.parametrize("body", ["[]", '"text"', "1", "null", "[{}]"])
def test_a_body_that_is_no_record_is_refused(own, unchanged, body):
    unchanged()

    answer = post(own, data=body)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["code"] == "not_a_record"


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", ""],
)
def test_another_content_type_is_refused(own, unchanged, content_type):
    unchanged()

    answer = post(own, data=json.dumps(NEED), content_type=content_type)

    assert answer.status_code == 415
    assert answer.json["errors"][0]["code"] == "wrong_content_type"


def test_lone_surrogates_are_refused_at_their_field(own, unchanged):
    unchanged()

    for escaped in (r"\ud800", r"\udfff", r"a\ud83dz"):
        record = NEED | {"organisation": own.account.organisation_id}
        body = json.dumps(record)[:-1] + f', "title": "{escaped}"' + "}"
        answer = post(own, data=body)
        assert answer.status_code == 422
        assert answer.json["errors"][0]["field"] == "title"


def test_surrogates_in_names_and_references_do_no_harm(own, unchanged):
    unchanged()

    for body in (
        '{"\\ud800": 1}',
        '{"organisation": "\\ud800"}',
        '{"category": "\\ud800", "country": "\\u0000"}',
        '{"breakdown": {"\\ud800": {}}}',
    ):
        answer = post(own, data=body)
        assert answer.status_code == 422
        assert "\\ud800" not in answer.text


def test_a_body_beyond_the_limit_is_refused(own, unchanged):
    unchanged()

    answer = post(own, data=b'{"title": "' + b"x" * (5 * 1024 * 1024) + b'"}')

    assert answer.status_code == 413
    assert answer.json["errors"][0]["code"] == "too_large"


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("limit=0", "limit", "out_of_range"),
        ("limit=101", "limit", "out_of_range"),
        ("limit=-1", "limit", "not_a_number"),
        ("limit=ten", "limit", "not_a_number"),
        ("limit=%00", "limit", "not_a_number"),
        ("limit=1&limit=2", "limit", "duplicate"),
        ("colour=red", "colour", "unknown_field"),
        ("category=yacht", "category", "unknown_category"),
        ("country=%ff", "country", "unknown_country"),
        ("status=%ED%A0%80", "status", "unknown_code"),
        ("amount_from=-5", "amount_from", "not_an_amount"),
        ("amount_from=NaN", "amount_from", "not_an_amount"),
        ("amount_from=9&amount_to=5", "amount_to", "empty_range"),
        ("needed_from=2026-13-01", "needed_from", "not_a_day"),
        ("sort=title", "sort", "unknown_code"),
        ("organisation=nobody", "organisation", "unknown_reference"),
        ("cursor=" + "x" * 5000, "cursor", "too_long"),
    ],
)
def test_a_bad_parameter_is_named(own, query, field, code):
    answer = own.get(f"/needs?{query}")

    assert answer.status_code == 422
    assert [(each["field"], each["code"]) for each in answer.json["errors"]] == [(field, code)]


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_parameters_of_operations_that_take_none_are_refused(own, method):
    made = post(own).json

    answer = own.open(method, f"/needs/{made['id']}?verbose=1")

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "verbose"
    assert own.get(f"/needs/{made['id']}").json["status"] == "open"


@pytest.mark.parametrize("need_id", ["1", "x" * 3000, "%00", "..%2f..", "%ff", "0" * 32, "й"])
def test_ids_that_are_none_look_like_any_other_absent_one(own, need_id):
    assert own.get(f"/needs/{need_id}").status_code == 404


def test_a_change_with_bad_fields_leaves_the_record_as_it_was(own):
    made = post(own).json
    path = f"/needs/{made['id']}"

    for bad in ({"country": "XX"}, {"amount_requested": {"amount": "-1", "currency": "EUR"}}):
        assert own.patch(path, bad | {"urgency": "urgent"}, version=1).status_code == 422

    assert own.get(path).json == made


def test_what_is_sealed_is_refused_by_name(api_client):
    officer = api_client(Role.OFFICER)
    record = {
        "external_id": "a",
        "kind": "media",
        "legal_statuses": ["unregistered"],
        "base_country": "BY",
    }

    for field in ("contact", "legal_name", "payout"):
        answer = officer.post("/organisations", record | {field: "somebody"})
        assert answer.status_code == 422
        assert [(each["field"], each["code"]) for each in answer.json["errors"]] == [
            (field, "sealed_not_available")
        ]


def test_a_key_without_the_scope_changes_nothing(api_client, unchanged):
    reader = api_client(Role.ORGANISATION, Scope.NEEDS_READ)
    need = NeedFactory.create()
    unchanged()

    made = reader.post("/needs", NEED | {"organisation": reader.account.organisation_id})
    gone = reader.delete(f"/needs/{need.id}")

    assert made.status_code == gone.status_code == 403
    assert made.json["errors"][0]["code"] == "not_allowed"
