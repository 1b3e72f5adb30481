"""A partner's keys: made, shown once, used, taken back."""

import pytest
from sqlmodel import select

from registry.domain.roles import Role
from registry.storage.accounts import ApiKey
from tests.factories import AccountFactory
from tests.person import Person


@pytest.fixture
def person(person_of, partner) -> Person:
    return person_of(partner)


def make_key(person: Person, *scopes: str, until: str = "") -> str:
    person.open("/keys/new")
    person.send("Make the key", {"scopes": list(scopes), "expires_on": until})
    return person.source.partition('translate="no">')[2].partition("<")[0]


def test_an_empty_list_says_what_will_stand_there(person):
    person.open("/home")
    assert person.address == "/keys/"
    assert person.sees("Your keys will stand here")


def test_a_key_is_shown_once_and_works(person, app):
    key = make_key(person, "needs:read")
    assert person.open("/keys/").sees("A new key was made and is still to be copied.")
    person.follow("See it").send("I have copied it")
    assert person.address == "/keys/"
    assert key not in person.source
    assert person.sees("Read needs", "works", "it is taken back")
    assert person.open("/keys/new/shown").address == "/keys/"
    assert person.sees("not yet")
    for _ in range(2):
        answer = app.test_client().get("/api/v1/needs", headers={"X-API-Key": key})
        assert answer.status_code == 200
    assert "24 November 2026" in person.open("/keys/").text.partition("Last used")[2]


def test_a_key_that_may_do_nothing_or_ran_out_is_not_made(person):
    person.open("/keys/new").send("Make the key", {"expires_on": "2026-12-31"})
    assert person.status == 422
    assert person.typed("expires_on") == "2026-12-31"
    person.send("Make the key", {"scopes": ["needs:read"], "expires_on": "2026-11-01"})
    assert person.sees("Name a day that is still to come.")
    assert "needs:read" in person.typed("scopes")


def test_a_key_is_taken_back_after_a_question(person, app):
    key = make_key(person, "needs:read", until="2027-01-31")
    person.open("/keys/").follow("Take this key back")
    assert person.sees("From now on every programme that uses it is refused.")
    person.send("Yes, take it back")
    assert person.sees("The key opens nothing any more.", "taken back")
    answer = app.test_client().get("/api/v1/needs", headers={"X-API-Key": key})
    assert answer.status_code == 401


def test_a_key_of_another_account_is_not_there(session, person, person_of, rows):
    make_key(person, "needs:read")
    stranger = person_of(AccountFactory.create(role=Role.PARTNER))
    with rows() as reading:
        key = reading.exec(select(ApiKey)).one()
    assert stranger.open(f"/keys/{key.id}/revoke").status == 404
    stranger.open("/keys/")
    assert stranger.post(f"/keys/{key.id}/revoke").status_code == 404
    with rows() as reading:
        assert not reading.get_one(ApiKey, key.id).revoked
