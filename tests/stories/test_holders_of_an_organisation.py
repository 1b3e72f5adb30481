"""A holder brings in a second one, who reads the same and removes the first."""

import re

from flask import Flask

from registry.domain.roles import Role
from registry.identity.accounts import create_account
from tests.factories import NeedFactory, OrganisationFactory
from tests.person import Person


def sit_down(app: Flask, name: str, passphrase: str) -> Person:
    somebody = Person(app.test_client()).open("/sign-in")
    return somebody.send("Sign in", {"username": name, "password": passphrase})


def test_holders_of_an_organisation(app: Flask, session, holder, person_of) -> None:
    organisation = OrganisationFactory.create()
    NeedFactory.create(organisation=organisation, title="Fines of three")
    with app.app_context():
        account, secret = create_account(
            session, Role.ORGANISATION, organisation_id=organisation.id
        )
    session.commit()

    # Hanna makes an account for Maryja; its secrets are shown once.
    hanna = sit_down(app, secret.name, secret.passphrase)
    hanna.follow("Your sign-in").follow("To the holders")
    hanna.send("Make an account for one more holder")
    name, passphrase, _code = re.findall(r'<p class="secret" translate="no">([^<]+)<', hanna.source)
    hanna.send("It is handed over")
    assert hanna.text.count("since") == 2

    # Maryja sees the same, and nobody else's.
    maryja = sit_down(app, name, passphrase)
    assert maryja.open("/o/needs").sees("Fines of three")
    maryja.open("/your-sign-in/holders/")
    short = account.id[:4]
    foreign = maryja.client.get(f"/your-sign-in/holders/{holder.account_id}/remove")
    assert foreign.status_code == 404

    # Hanna's telephone is lost: Maryja removes her, and with her every session.
    (words,) = [text for text, _ in maryja.page.links if text.startswith("Remove")]
    assert short in words
    maryja.follow(words).send("Yes, remove")
    assert maryja.sees("Removed: nobody signs in with it any more.")
    assert hanna.open("/o/needs").address == "/sign-in"
    assert sit_down(app, secret.name, secret.passphrase).sees("is not right")

    # She cannot remove herself, and there are never more than five.
    me = maryja.client.get(f"/your-sign-in/holders/{'0' * 32}/remove")
    assert me.status_code == 404
    for _ in range(4):
        maryja.open("/your-sign-in/holders/").send("Make an account for one more holder")
        maryja.send("It is handed over")
    assert maryja.sees("There are five holders, which is the most.")
    assert maryja.post("/your-sign-in/holders/new").status_code == 403
