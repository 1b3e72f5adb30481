"""Accounts: listed without names, made with a secret that is shown once, closed for good."""

import pytest

from registry.domain.roles import Role
from registry.storage.accounts import Account
from tests.factories import AccountFactory
from tests.person import Person


@pytest.fixture
def admin(session) -> Account:
    return AccountFactory.create(role=Role.ADMIN)


@pytest.fixture
def person(person_of, admin) -> Person:
    return person_of(admin)


def test_an_admin_begins_at_the_queue_and_reaches_accounts_and_trail(person):
    person.open("/home")
    assert person.address == "/desk/queue"
    assert person.follow("Accounts").sees("Make an account")
    person.follow("Trail").send("Check the whole trail")
    assert person.sees("The chain is whole")


def test_accounts_are_listed_by_role_with_short_ids(person, officer):
    person.open("/accounts/")
    assert person.sees(officer.account_id[:4], "you")
    person.follow("Auditor")
    assert person.sees("There is no account of this role.")


def test_a_new_account_is_shown_once_and_signs_in(person, app):
    person.open("/accounts/").follow("Make an account")
    person.send("Make the account", {"role": "officer", "language": "be"})
    name, passphrase, _code = (
        piece.partition("<")[0] for piece in person.source.split('translate="no">')[1:]
    )
    person.send("It is handed over")
    assert person.open("/accounts/new/shown").address == "/accounts/"
    assert passphrase not in person.source
    newcomer = Person(app.test_client())
    newcomer.open("/sign-in").send("Sign in", {"username": name, "password": passphrase})
    assert newcomer.address == "/second-factor/new"
    assert newcomer.sees("Your role must have one.")


def test_a_role_has_to_be_chosen_among_those_of_the_house(person):
    person.open("/accounts/new")
    assert person.send("Make the account", {"language": "ru"}).status == 422
    assert person.typed("language") == "ru"
    assert person.post("/accounts/new", {"role": "donor"}).status_code == 422


def test_closing_asks_first_and_ends_what_is_open(session, person_of, person, officer, rows):
    colleague = person_of(officer).open("/desk/queue")
    assert colleague.status == 200
    person.open("/accounts/").follow(f"Close {officer.account_id[:4]}")
    assert person.sees("Whoever is signed in with it is signed out at once")
    person.send("Yes, close it")
    assert person.sees("The account is closed", "closed")
    assert colleague.open("/desk/queue").address == "/sign-in"
    with rows() as reading:
        assert not reading.get_one(Account, officer.account_id).active


def test_nobody_closes_the_own_account_or_the_last_admins(session, person, admin, rows):
    assert person.open(f"/accounts/{admin.id}/close").status == 403
    person.open("/accounts/")
    assert person.post(f"/accounts/{admin.id}/close").status_code == 403
    with rows() as reading:
        assert reading.get_one(Account, admin.id).active


def test_a_second_admin_can_be_closed(session, person_of, admin):
    second = AccountFactory.create(role=Role.ADMIN)
    person = person_of(admin).open(f"/accounts/{second.id}/close")
    assert person.send("Yes, close it").sees("The account is closed")
    assert person.open(f"/accounts/{'0' * 32}/close").status == 404


@pytest.mark.parametrize("role", ["officer", "auditor", "partner"])
def test_nobody_else_reaches_them(session, make_account, signed_in, role):
    account = make_account(role)
    session.commit()
    browser = signed_in(role, account=account)
    for page in ("/accounts/", "/accounts/new", f"/accounts/{account.id}/close"):
        assert browser.get(page).status_code == 403
