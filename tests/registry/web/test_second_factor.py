"""Codes at signing in, setting up, spare codes, and proving once more before what reveals."""

import re
import time

import pytest
from sqlmodel import select

from registry.domain.roles import Role
from registry.identity.accounts import create_account
from registry.identity.proof import FRESH_SECONDS, PENDING, PROVED
from registry.identity.second_factor import code_of, needs_set_up
from registry.identity.session_interface import COOKIE
from registry.storage.accounts import Account
from tests.factories.accounts import give_second_factor, present_code
from tests.person import Person

WRONG = "000000"


@pytest.fixture
def officer_secret(app, session):
    """Make an officer who signs in by name, passphrase and code."""
    with app.app_context():
        account, secret = create_account(session, Role.OFFICER)
    give_second_factor(session, account)
    session.commit()
    return secret


@pytest.fixture
def waiting(app, officer_secret):
    """Sit somebody down who has said the passphrase and not yet the code."""
    person = Person(app.test_client())
    typed = {"username": officer_secret.name, "password": officer_secret.passphrase}
    return person.open("/desk/donors").send("Sign in", typed)


def set_in_session(person, **values):
    with person.client.session_transaction() as browser:
        for name, value in values.items():
            browser[name] = value


def secret_shown(person):
    return re.findall(r'<p class="secret" translate="no">([^<]+)</p>', person.source)[0]


def test_the_passphrase_alone_opens_nothing(waiting):
    assert waiting.address == "/second-factor/"
    assert waiting.open("/desk/queue").address == "/second-factor/"
    assert waiting.open("/home").address == "/second-factor/"
    assert "Sign out" not in waiting.page.all_text


def test_the_code_leads_to_where_somebody_wanted_to_go(waiting):
    before = waiting.client.get_cookie(COOKIE).value
    assert waiting.send("Sign in", {"code": present_code()}).address == "/desk/donors"
    assert waiting.client.get_cookie(COOKIE).value != before


def test_a_wrong_code_opens_nothing_and_a_used_one_neither(waiting, app, officer_secret):
    assert waiting.send("Sign in", {"code": WRONG}).status == 422
    assert waiting.sees("This code is not right")
    code = present_code()
    assert waiting.send("Sign in", {"code": code}).address == "/desk/donors"
    other = Person(app.test_client())
    typed = {"username": officer_secret.name, "password": officer_secret.passphrase}
    other.open("/sign-in").send("Sign in", typed)
    assert other.send("Sign in", {"code": code}).status == 422


def test_codes_are_not_tried_for_ever(waiting):
    for _ in range(5):
        assert waiting.send("Sign in", {"code": WRONG}).status == 422
    assert waiting.send("Sign in", {"code": present_code()}).status == 429
    assert waiting.open("/desk/queue").address == "/second-factor/"


def test_the_code_is_due_for_ten_minutes(waiting):
    with waiting.client.session_transaction() as browser:
        browser[PENDING] = browser[PENDING] | {"until": int(time.time())}
    assert waiting.open("/second-factor/").address == "/sign-in"
    assert waiting.open("/desk/queue").address == "/sign-in"


@pytest.mark.parametrize(
    "change", [{"active": False}, {"fs_uniquifier": "0" * 64}], ids=["closed", "other passphrase"]
)
def test_an_account_that_changed_meanwhile_is_not_let_in(waiting, session, change):
    account = session.exec(select(Account)).one()
    for name, value in change.items():
        setattr(account, name, value)
    session.add(account)
    session.commit()
    assert waiting.send("Sign in", {"code": present_code()}).address == "/sign-in"
    assert waiting.open("/desk/queue").address == "/sign-in"


def test_nobody_reaches_the_code_without_the_passphrase(client):
    assert Person(client).open("/second-factor/").address == "/sign-in"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ORGANISATION])
def test_a_role_that_must_have_one_does_nothing_before(session, make_account, signed_in, role):
    account = make_account(role, second_factor=None)
    session.vault.write(account, "second_factor", None)
    session.add(account)
    session.commit()
    assert needs_set_up(account)
    person = Person(signed_in(role, account=account))
    for page in ("/home", "/your-sign-in/", "/desk/queue", "/keys/", "/d/home"):
        assert person.open(page).address in ("/second-factor/new", page)
        assert person.status == 403 or person.address == "/second-factor/new"


def test_an_organisation_sets_one_up_and_takes_it_off(person_of, holder, session, rows):
    person = person_of(holder).open("/your-sign-in/")
    person.follow("Set up a second factor")
    secret = secret_shown(person).replace(" ", "")
    picture = person.client.get("/second-factor/picture")
    assert (picture.mimetype, picture.get_data()[:5]) == ("image/svg+xml", b"<?xml")
    assert person.send("Set it up", {"code": WRONG}).status == 422
    assert secret_shown(person).replace(" ", "") == secret
    person.send("Set it up", {"code": code_of(secret, time.time())})
    assert person.address == "/second-factor/spare-codes"
    assert len(re.findall(r"<li>(\d{5} ?){4}</li>", person.source)) == 8
    person.send("I have written them down")
    assert person.address == "/your-sign-in/"
    assert person.sees("8 spare codes are left.")
    assert person.open("/second-factor/spare-codes").address == "/o/home"
    person.open("/your-sign-in/").follow("Take it off").send("Yes, take it off")
    assert person.sees("The second factor is taken off.")
    with rows() as reading:
        assert reading.get_one(Account, holder.account_id).second_factor is None


def test_there_is_no_picture_where_nothing_is_set_up(person_of, holder):
    assert person_of(holder).client.get("/second-factor/picture").status_code == 404


def test_what_gives_rights_asks_again_after_ten_minutes(person_of, make_account):
    person = person_of(make_account(Role.ADMIN)).open("/accounts/new")
    assert person.address == "/accounts/new"
    set_in_session(person, **{PROVED: int(time.time()) - FRESH_SECONDS})
    assert person.open("/accounts/new").address == "/second-factor/again"
    assert person.send("Go on", {"code": WRONG}).status == 422
    assert person.send("Go on", {"code": present_code()}).address == "/accounts/new"
    assert person.open("/accounts/").status == 200


def test_without_a_second_factor_the_passphrase_is_asked_again(app, session, holder, person_of):
    with app.app_context():
        account, secret = create_account(
            session, Role.ORGANISATION, organisation_id=holder.organisation_id
        )
    person = person_of(account)
    set_in_session(person, **{PROVED: 0})
    person.open("/second-factor/new")
    assert person.address == "/second-factor/again"
    assert person.send("Go on", {"passphrase": "wrong words"}).status == 422
    assert person.send("Go on", {"passphrase": secret.passphrase}).address == "/second-factor/new"


def test_an_account_without_a_passphrase_proves_nothing(person_of, holder):
    person = person_of(holder)
    set_in_session(person, **{PROVED: 0})
    person.open("/second-factor/new")
    assert person.send("Go on", {"passphrase": ""}).status == 422


def test_a_form_that_needs_a_fresh_proof_goes_on_with_what_was_typed(person_of, make_account):
    person = person_of(make_account(Role.ADMIN)).open("/accounts/new")
    set_in_session(person, **{PROVED: 0})
    person.send("Make the account", {"role": "auditor", "language": "ru"})
    assert person.sees("Is it still you?", "What you typed is not lost")
    person.send("Go on", {"code": present_code()})
    person.send("Back to the form")
    assert (person.typed("role"), person.typed("language")) == ("auditor", "ru")
    assert person.open("/accounts/").sees("you")


def test_nothing_leads_out_of_the_registry(waiting):
    waiting.open("/second-factor/?next=https://elsewhere.example/")
    assert waiting.typed("next")[-1] == "/"
