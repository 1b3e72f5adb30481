"""One envelope for every refusal, whatever went wrong and whoever asks."""

import pytest
from sqlalchemy.exc import OperationalError

from registry.domain.errors import SearchUnavailableError
from registry.domain.roles import Role, Scope
from registry.storage.accounts import ApiKey
from tests.factories import NeedFactory


def check_envelope(answer, status, code):
    assert answer.status_code == status
    assert answer.mimetype == "application/json"
    assert set(answer.json) == {"status", "message", "errors"}
    assert answer.json["status"] == status
    assert answer.json["message"]
    assert [set(each) for each in answer.json["errors"]] == [{"code", "field", "message"}]
    assert answer.json["errors"][0]["code"] == code


@pytest.mark.parametrize(
    "path", ["/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v2/needs", "/api/", "/api/v1/needs/"]
)
def test_an_unknown_address_gets_the_envelope(client, path):
    check_envelope(client.get(path), 404, "not_found")


def test_an_unknown_method_names_those_that_are_taken(client):
    answer = client.put("/api/v1/needs", json={})

    check_envelope(answer, 405, "method_not_allowed")
    assert {"GET", "POST"} <= {each.strip() for each in answer.headers["Allow"].split(",")}


@pytest.mark.parametrize("key", [None, "", "made-up", "й", "x" * 10_000])
def test_without_a_good_key_nobody_reads_anything(client, key):
    headers = {} if key is None else {"X-API-Key": key.encode().decode("latin-1")}

    for path in ("/needs", "/offers", "/organisations", "/donors", f"/needs/{'0' * 32}"):
        check_envelope(client.get(f"/api/v1{path}", headers=headers), 401, "sign_in_needed")


def test_a_session_of_a_browser_opens_nothing_of_the_api(signed_in):
    browser = signed_in(Role.OFFICER)

    check_envelope(browser.get("/api/v1/needs"), 401, "sign_in_needed")
    check_envelope(browser.post("/api/v1/needs", json={}), 401, "sign_in_needed")


def test_a_key_opens_no_page(api_client):
    officer = api_client(Role.OFFICER)

    answer = officer.client.get("/home", headers={"X-API-Key": officer.key})

    assert answer.status_code in (303, 401)


@pytest.mark.parametrize(
    ("change", "day"), [({"revoked": True}, 0), ({"expires_on": "day"}, 1), ({}, 0)]
)
def test_a_revoked_or_expired_key_is_like_none(api_client, session, calendar, change, day):
    officer = api_client(Role.OFFICER)
    row = session.exec(ApiKey.__table__.select()).one()
    key = session.get_one(ApiKey, row.id)
    for name, value in change.items():
        setattr(key, name, calendar.day if value == "day" else value)
    session.commit()
    before = officer.get("/needs").status_code
    calendar.pass_days(day)

    assert before == (401 if change.get("revoked") else 200)
    assert officer.get("/needs").status_code == (401 if change else 200)


def test_the_key_of_a_closed_account_is_like_none(api_client, session):
    officer = api_client(Role.OFFICER)
    officer.account.active = False
    session.add(officer.account)
    session.commit()

    check_envelope(officer.get("/needs"), 401, "sign_in_needed")


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/needs", Scope.NEEDS_READ),
        ("POST", "/needs", Scope.NEEDS_WRITE),
        ("GET", "/offers", Scope.OFFERS_READ),
        ("POST", "/offers", Scope.OFFERS_WRITE),
        ("GET", "/organisations", Scope.ORGANISATIONS_READ),
        ("POST", "/organisations", Scope.ORGANISATIONS_WRITE),
        ("GET", "/donors", Scope.OFFERS_READ),
        ("POST", "/donors", Scope.OFFERS_WRITE),
        ("GET", "/statistics", Scope.STATISTICS_READ),
    ],
)
def test_every_operation_asks_for_its_scope(api_client, method, path, scope):
    others = api_client(Role.OFFICER, *(each for each in Scope if each is not scope))
    one = api_client(Role.OFFICER, scope)

    check_envelope(others.open(method, path, json={}), 403, "not_allowed")
    assert one.open(method, path, json={}).status_code in (200, 422)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "There is nothing here"), ("fr, en;q=0.5", "There is nothing here")],
)
def test_sentences_come_in_the_language_that_is_asked_for(client, language, sentence):
    answer = client.get("/api/v1/nothing", headers={"Accept-Language": language})

    assert answer.json["message"].startswith(sentence)


@pytest.mark.parametrize("language", ["be", "ru"])
def test_codes_stay_where_sentences_are_translated(client, language):
    answer = client.get("/api/v1/nothing", headers={"Accept-Language": language})

    assert answer.json["errors"][0]["code"] == "not_found"
    assert answer.json["message"] != client.get("/api/v1/nothing").json["message"]


def test_what_is_unexpected_is_told_without_a_detail(api_client, monkeypatch, caplog):
    officer = api_client(Role.OFFICER)

    def break_down(*_, **__):
        raise ValueError("the secret text of somebody")

    monkeypatch.setattr("registry.api.v1.needs.list_needs", break_down)
    answer = officer.get("/needs")

    check_envelope(answer, 500, "unexpected")
    assert "secret" not in answer.text
    assert "secret" not in caplog.text
    assert "ValueError" in caplog.text


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SearchUnavailableError(), "search_unavailable"),
        (OperationalError("statement", None, Exception("locked")), "busy"),
    ],
)
def test_a_busy_registry_says_when_to_come_back(api_client, monkeypatch, error, code):
    officer = api_client(Role.OFFICER)

    def be_busy(*_, **__):
        raise error

    monkeypatch.setattr("registry.api.v1.needs.list_needs", be_busy)
    answer = officer.get("/needs")

    check_envelope(answer, 503, code)
    assert int(answer.headers["Retry-After"]) > 0


def test_what_failed_halfway_leaves_nothing(api_client, monkeypatch, rows):
    own = api_client(Role.ORGANISATION)

    def break_down(*_, **__):
        raise ValueError

    monkeypatch.setattr("registry.services.needs.register_need.write_audit", break_down)
    record = {
        "external_id": "a",
        "organisation": own.account.organisation_id,
        "category": "advocacy",
        "country": "PL",
        "asks_for": ["hours"],
    }

    assert own.post("/needs", record).status_code == 500
    monkeypatch.undo()
    assert own.get("/needs").json["items"] == []
    assert own.post("/needs", record).status_code == 201


def test_a_key_in_the_address_is_no_key(client, api_client):
    officer = api_client(Role.OFFICER)

    check_envelope(client.get(f"/api/v1/needs?key={officer.key}"), 401, "sign_in_needed")


def test_answers_are_kept_by_nobody(api_client):
    officer = api_client(Role.OFFICER)
    NeedFactory.create()

    answer = officer.get("/needs")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
