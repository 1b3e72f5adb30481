"""A passphrase is changed, or lost and recovered, or everything is lost: what still opens."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlmodel import select

from registry.domain.roles import Role
from registry.identity.accounts import NewSecret, create_account
from registry.storage.accounts import Account
from registry.storage.audit import AuditEntry
from registry.storage.database import RegistrySession
from tests.factories import OrganisationFactory
from tests.person import Person

SEALED = "Ask for Ales at the red door"


@pytest.fixture
def secret(app: Flask, session: RegistrySession) -> NewSecret:
    """Make the account of an organisation, with its secrets."""
    organisation = OrganisationFactory.create()
    return make_holder(app, session, organisation.id)


def make_holder(app: Flask, session: RegistrySession, organisation_id: str) -> NewSecret:
    with app.app_context():
        _, secret = create_account(session, Role.ORGANISATION, organisation_id=organisation_id)
    session.commit()
    return secret


def sign_in(app: Flask, name: str, passphrase: str) -> Person:
    person = Person(app.test_client())
    return person.open("/sign-in").send("Sign in", {"username": name, "password": passphrase})


def shown(person: Person) -> list[str]:
    """Return what stands on a page to be written down."""
    return re.findall(r'<p class="secret" translate="no">([^<]+)</p>', person.source)


def seal(person: Person) -> Person:
    return person.open("/o/about/sealed/contact").send("Seal it", {"text": SEALED})


def test_a_changed_passphrase_opens_what_was_sealed_and_the_old_one_nothing(
    app: Flask, secret: NewSecret, rows: Callable
) -> None:
    person = seal(sign_in(app, secret.name, secret.passphrase))
    elsewhere = sign_in(app, secret.name, secret.passphrase)
    person.open("/your-sign-in/").follow("A new passphrase")
    person.send("Show me a new one", {"passphrase": "not the right words"})
    assert (person.status, person.sees("The passphrase is not right.")) == (422, True)
    person.send("Show me a new one", {"passphrase": secret.passphrase.upper()})
    (new,) = shown(person)

    # It holds only once it was typed back; until then the old one does.
    assert sign_in(app, secret.name, secret.passphrase).address == "/o/home"
    person.send("It holds from now on", {"passphrase": secret.passphrase})
    assert (person.status, person.sees("This is not the passphrase above.")) == (422, True)
    person.send("It holds from now on", {"passphrase": new})
    assert person.sees("The new passphrase holds.")
    assert person.open("/o/about").sees(SEALED)

    assert elsewhere.open("/o/about").address == "/sign-in"
    assert sign_in(app, secret.name, secret.passphrase).sees("is not right")
    again = sign_in(app, secret.name, new)
    assert again.open("/o/about").sees(SEALED)
    with rows() as reading:
        acts = {entry.act for entry in reading.exec(select(AuditEntry))}
    assert "passphrase_changed" in acts


def test_nothing_is_changed_by_a_page_of_the_change_that_nobody_asked_for(
    app: Flask, secret: NewSecret
) -> None:
    person = sign_in(app, secret.name, secret.passphrase)
    assert person.open("/your-sign-in/passphrase/new").address == "/your-sign-in/passphrase"
    visitor = Person(app.test_client())
    assert visitor.open("/lost-passphrase/new").address == "/lost-passphrase"


def test_the_recovery_code_gives_a_new_passphrase_and_loses_nothing(
    app: Flask, secret: NewSecret
) -> None:
    seal(sign_in(app, secret.name, secret.passphrase))
    person = Person(app.test_client())
    person.open("/sign-in").follow("The passphrase is lost")
    typed = {"name": secret.name, "recovery_code": secret.recovery_code.replace(" ", "-")}
    for wrong in ({"recovery_code": "1" * 25}, {"name": "nobody-at-all"}, {"name": ""}):
        person.open("/lost-passphrase").send("Go on", typed | wrong)
        assert (person.status, person.sees("is not right. Try once more.")) == (422, True)
    person.open("/lost-passphrase").send("Go on", typed)
    passphrase, code = shown(person)

    # The code alone signs nobody in, and a page that was closed too soon changed nothing.
    assert person.client.get("/o/home").location.startswith("/sign-in")
    assert sign_in(app, secret.name, secret.passphrase).open("/o/about").sees(SEALED)
    person.open("/lost-passphrase/new").send("It holds from now on", {"passphrase": "other"})
    assert (person.status, shown(person)) == (422, [passphrase, code])
    person.send("It holds from now on", {"passphrase": passphrase})
    assert person.sees("nothing that is sealed was lost")

    assert sign_in(app, secret.name, secret.passphrase).sees("is not right")
    assert sign_in(app, secret.name, passphrase).open("/o/about").sees(SEALED)
    used = Person(app.test_client()).open("/lost-passphrase").send("Go on", typed)
    assert used.status == 422
    last = Person(app.test_client()).open("/lost-passphrase")
    assert last.send("Go on", typed | {"recovery_code": code}).sees("Write this down on paper")


def test_a_new_recovery_code_takes_the_place_of_the_old_one(
    app: Flask, secret: NewSecret, person_of: Callable, session: RegistrySession
) -> None:
    person = sign_in(app, secret.name, secret.passphrase)
    person.open("/your-sign-in/").follow("A new recovery code").send("Make a new one")
    (code,) = shown(person)
    lost = Person(app.test_client())
    typed = {"name": secret.name, "recovery_code": secret.recovery_code}
    assert lost.open("/lost-passphrase").send("Go on", typed).status == 422
    lost.open("/lost-passphrase").send("Go on", typed | {"recovery_code": code})
    assert lost.address == "/lost-passphrase/new"


def test_without_the_passphrase_no_recovery_code_is_made(signed_in: Callable, session) -> None:
    client = signed_in("organisation")
    session.commit()
    person = Person(client).open("/your-sign-in/recovery-code")
    assert person.sees("sign out and in again")


def test_an_officer_gives_new_secrets_and_what_was_sealed_stays_shut(
    app: Flask, secret: NewSecret, session: RegistrySession, person_of: Callable, officer
) -> None:
    seal(sign_in(app, secret.name, secret.passphrase))
    lost = Person(app.test_client()).open("/lost-passphrase")
    assert lost.sees("The code is lost too", "an officer who knows you gives you new ones")
    (account,) = session.exec(select(Account).where(Account.role == Role.ORGANISATION))
    desk = person_of(officer).open(f"/desk/organisations/{account.organisation_id}")
    desk.follow(f"Give new secrets {account.id[:4]}")
    assert desk.sees("cannot be opened any more, by anybody", "who stands before you")
    desk.send("Yes, make new ones")
    name, passphrase, _ = shown(desk)
    assert desk.send("It is handed over").open("/new-secrets/shown").address == "/desk/queue"

    assert sign_in(app, secret.name, secret.passphrase).sees("is not right")
    again = sign_in(app, name, passphrase).open("/o/about")
    assert again.sees("Sealed, and it does not open now.")
    assert SEALED not in again.source
    again.open("/o/about/sealed/contact")
    assert again.sees("sealed to a key that this account does not have any more")
    again.send("Seal it", {"text": "Ask for Ales at the blue door"})
    assert again.open("/o/about").sees("the blue door")


def test_another_holder_gives_new_secrets_and_nothing_is_lost(
    app: Flask, secret: NewSecret, session: RegistrySession
) -> None:
    (account,) = session.exec(select(Account).where(Account.role == Role.ORGANISATION))
    colleague = make_holder(app, session, account.organisation_id)
    seal(sign_in(app, secret.name, secret.passphrase))
    person = sign_in(app, colleague.name, colleague.passphrase)
    person.open(f"/new-secrets/of/{account.id}")
    assert person.sees("is shared with the new key: nothing is lost")
    person.send("Yes, make new ones")
    name, passphrase, _ = shown(person)
    assert sign_in(app, name, passphrase).open("/o/about").sees(SEALED)
    assert sign_in(app, secret.name, secret.passphrase).sees("is not right")


def test_nobody_else_gives_new_secrets(
    app: Flask, secret: NewSecret, session: RegistrySession, person_of: Callable, make_actor
) -> None:
    (account,) = session.exec(select(Account).where(Account.role == Role.ORGANISATION))
    house = make_actor(Role.ADMIN)
    stranger, officer = make_actor(Role.ORGANISATION), make_actor(Role.OFFICER)
    for who, whose in (
        (stranger, account.id),
        (officer, house.account_id),
        (officer, officer.account_id),
        (officer, "0" * 32),
    ):
        assert person_of(who).open(f"/new-secrets/of/{whose}").status == 404
    assert person_of(house).open(f"/new-secrets/of/{officer.account_id}").status == 200
    assert person_of(make_actor(Role.DONOR)).open(f"/new-secrets/of/{account.id}").status in (
        403,
        404,
    )


def test_an_admin_gives_new_secrets_once_and_the_second_factor_is_set_up_anew(
    app: Flask, session: RegistrySession, person_of: Callable, make_actor
) -> None:
    officer = make_actor(Role.OFFICER)
    desk = person_of(make_actor(Role.ADMIN)).open("/accounts/")
    form = desk.follow(f"Give new secrets {officer.account_id[:4]}").page.forms[-1]
    sent = {each.name: each.values for each in form.fields}
    for _ in range(2):  # a double click shows what the first one made
        desk.client.post(desk.address, data=sent)
    name, passphrase, _ = shown(desk.open("/new-secrets/shown"))
    desk.send("It is handed over")
    assert desk.client.post(f"/new-secrets/of/{officer.account_id}", data=sent).status_code == 409
    assert sign_in(app, name, passphrase).sees("Set it up")
