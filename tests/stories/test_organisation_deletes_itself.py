"""An organisation deletes itself: at the next request in every process nothing of it is there."""

from flask import Flask
from sqlmodel import select

from registry.app import create_app_from
from registry.app.parts import Parts
from registry.domain.roles import Role
from registry.identity.accounts import create_account
from registry.storage.accounts import Account
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from tests.factories import NeedFactory, OrganisationFactory
from tests.person import Person


def test_organisation_deletes_itself(app: Flask, parts: Parts, session, officer, rows) -> None:
    organisation = OrganisationFactory.create()
    NeedFactory.create(organisation=organisation)
    with app.app_context():
        made = [
            create_account(session, Role.ORGANISATION, organisation_id=organisation.id)[1]
            for _ in range(2)
        ]
    session.commit()
    elsewhere = create_app_from(parts)
    hanna, other = (
        Person(each.test_client())
        .open("/sign-in")
        .send("Sign in", {"username": secret.name, "password": secret.passphrase})
        for each, secret in zip((app, elsewhere), made, strict=True)
    )
    assert other.address == hanna.address == "/o/home"

    hanna.follow("Your sign-in").follow("Delete everything")
    assert hanna.sees("It cannot be undone")
    hanna.send("Yes, delete everything")

    assert hanna.sees("It is deleted.")
    assert hanna.open("/o/home").address == "/sign-in"
    assert other.open("/o/home").address == "/sign-in"
    other.send("Sign in", {"username": made[1].name, "password": made[1].passphrase})
    assert other.sees("The name or the passphrase is not right.")
    with rows() as reading:
        assert reading.get(Organisation, organisation.id) is None
        assert reading.exec(select(Need)).all() == []
        assert [row.id for row in reading.exec(select(Account))] == [officer.account_id]


def test_a_donor_deletes_itself(session, person_of, giver, rows) -> None:
    dmitri = person_of(giver).open("/your-sign-in/")
    assert "Freeze everything" not in dmitri.text
    dmitri.follow("Delete everything").send("Yes, delete everything")
    assert dmitri.sees("It is deleted.")
    with rows() as reading:
        assert reading.get(Donor, giver.donor_id) is None
