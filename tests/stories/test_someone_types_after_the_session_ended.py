"""A long text is typed while the session ends: signing in again brings it back into the form."""

import re

import pytest
from flask import Flask
from sqlmodel import select

from registry.domain.roles import Role
from registry.identity.accounts import NewSecret, create_account
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from registry.storage.sessions import BrowserSession
from registry.web.carrying import AGAIN
from tests.factories import NeedFactory, OrganisationFactory
from tests.factories.accounts import give_second_factor, present_code
from tests.person import Person

SUMMARY = "Three of us were searched.\nThe fines are due “soon” & we cannot pay <them>."


@pytest.fixture
def need(session) -> Need:
    return NeedFactory.create(organisation=OrganisationFactory.create())


@pytest.fixture
def secret(app, session, need) -> NewSecret:
    with app.app_context():
        _, secret = create_account(session, Role.ORGANISATION, organisation_id=need.organisation_id)
    session.commit()
    return secret


def sign_in(person: Person, secret: NewSecret) -> Person:
    return person.send("Sign in", {"username": secret.name, "password": secret.passphrase})


def end_sessions(session) -> None:
    for row in session.exec(select(BrowserSession)):
        session.delete(row)
    session.commit()


def test_someone_types_after_the_session_ended(app: Flask, session, secret, need, rows) -> None:
    hanna = sign_in(Person(app.test_client()).open(f"/o/needs/{need.id}/what"), secret)
    end_sessions(session)  # she types for longer than half an hour
    hanna.send("Save", {"title": "Fines of three", "summary": SUMMARY})

    # The sign-in page says so, and the text is nowhere but in it.
    assert hanna.sees("Sign in", "What you typed is not lost")
    assert "searched" in hanna.source
    with rows() as reading:
        assert reading.get_one(Need, need.id).version == need.version
        assert reading.exec(select(BrowserSession)).all() == []

    # A slip in the passphrase does not lose it either.
    hanna.send("Sign in", {"username": secret.name, "password": "wrong words"})
    assert hanna.sees("not right", "What you typed is not lost")
    sign_in(hanna, secret)
    assert hanna.sees("What you typed is still here")
    hanna.send("Back to the form")
    assert hanna.typed("title") == "Fines of three"
    assert hanna.typed("summary").replace("\r\n", "\n") == SUMMARY
    with rows() as reading:
        assert reading.get_one(Need, need.id).version == need.version
    hanna.send("Save")
    assert hanna.sees("It is saved.", "Fines of three")


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    app: Flask, session, secret, need
) -> None:
    hanna = sign_in(Person(app.test_client()).open(f"/o/needs/{need.id}/what"), secret)
    other = sign_in(Person(app.test_client()).open(f"/o/needs/{need.id}/what"), secret)
    end_sessions(session)
    hanna.send("Save", {"title": "Hers"})
    sign_in(other.open(f"/o/needs/{need.id}/what"), secret)
    other.send("Save", {"title": "Theirs"})
    sign_in(hanna, secret).send("Back to the form").send("Save")
    assert hanna.status == 409
    assert hanna.sees("Theirs")
    assert hanna.typed("title") == "Hers"


def test_it_comes_through_the_code_of_a_second_factor(app: Flask, session) -> None:
    with app.app_context():
        account, secret = create_account(session, Role.PARTNER)
    give_second_factor(session, account)
    session.commit()
    pavel = sign_in(Person(app.test_client()).open("/keys/new"), secret)
    pavel.send("Sign in", {"code": present_code()})
    end_sessions(session)
    scopes = re.findall(r'name="scopes" value="([^"]+)"', pavel.source)[:2]
    pavel.send("Make the key", {"scopes": scopes, "expires_on": "2027-01-31"})
    sign_in(pavel, secret)
    assert pavel.sees("Now the code", "What you typed is not lost")
    give_second_factor(session, account)  # half a minute later
    session.commit()
    pavel.send("Sign in", {"code": present_code()}).send("Back to the form")
    assert pavel.typed("scopes") == scopes
    assert pavel.typed("expires_on") == "2027-01-31"


def test_a_button_that_was_pressed_too_late_does_nothing(app: Flask, session, secret, need) -> None:
    hanna = sign_in(Person(app.test_client()).open(f"/o/needs/{need.id}"), secret)
    end_sessions(session)
    answer = hanna.post("/o/questions/new", {"text": "searched"})
    assert (answer.status_code, "searched" in answer.get_data(as_text=True)) == (401, True)
    answer = hanna.post(f"/o/needs/{need.id}/open", {"note": "searched"})
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_sends_is_not_carried(app: Flask, site) -> None:
    answer = app.test_client().post(
        "/o/questions/new", data={"text": "planted"}, headers={"Sec-Fetch-Site": site}
    )
    assert answer.status_code == 303
    assert "planted" not in answer.get_data(as_text=True)


def test_passphrases_and_codes_are_never_carried(app: Flask) -> None:
    typed = {"text": "kept", "passphrase": "planted one", "code": "planted two"}
    page = app.test_client().post("/o/questions/new", data=typed).get_data(as_text=True)
    assert "kept" in page
    assert "planted" not in page


def test_a_button_without_a_form_does_what_it_says_whatever_is_sent_along(
    person_of, holder, session
) -> None:
    need = NeedFactory.create(organisation=session.get_one(Organisation, holder.organisation_id))
    need.status = "draft"
    hanna = person_of(holder).open(f"/o/needs/{need.id}")
    button = next(form for form in hanna.page.forms if form.action.endswith("/open"))
    version = next(each.values for each in button.fields if each.name == "_version")
    answer = hanna.post(button.action, {AGAIN: "1", "_version": version})
    assert answer.status_code == 303
    assert hanna.open(f"/o/needs/{need.id}").sees("It is open.")
