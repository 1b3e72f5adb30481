"""A new officer sets up a second factor, loses the telephone, and comes in with a spare code."""

import re
import time

from flask import Flask

from registry.domain.roles import Role
from registry.identity.second_factor import code_of
from tests.person import Person


def copied_from(page: Person) -> tuple[str, str]:
    """Copy the sign-in name and the passphrase of a page that shows them once."""
    name, passphrase, *_ = re.findall(r'<p class="secret" translate="no">([^<]+)</p>', page.source)
    return name, passphrase


def sit_down(app: Flask, name: str, passphrase: str) -> Person:
    newcomer = Person(app.test_client())
    return newcomer.open("/sign-in").send("Sign in", {"username": name, "password": passphrase})


def test_officer_sets_up_a_second_factor(app, session, person_of, make_account) -> None:
    # An admin makes the account and hands over what is shown.
    admin = person_of(make_account(Role.ADMIN)).open("/accounts/new")
    admin.send("Make the account", {"role": "officer", "language": "en"})
    name, passphrase = copied_from(admin)
    admin.send("It is handed over")

    # The officer signs in for the first time. Nothing opens before there is a second factor.
    olga = sit_down(app, name, passphrase)
    assert olga.address == "/second-factor/new"
    assert olga.open("/desk/queue").address == "/second-factor/new"
    key = re.findall(r'<p class="secret" translate="no">([^<]+)</p>', olga.source)[0]
    app_key = key.replace(" ", "")
    olga.send("Set it up", {"code": "123"})
    assert olga.sees("This code is not right")
    olga.send("Set it up", {"code": code_of(app_key, time.time())})
    spare = re.findall(r"<li>([\d ]{23})</li>", olga.source)
    olga.send("I have written them down")
    assert olga.address == "/desk/queue"
    olga.send("Sign out")

    # The code that set it up works no second time; the next one does.
    olga = sit_down(app, name, passphrase)
    assert olga.sees("Now the code")
    assert olga.send("Sign in", {"code": code_of(app_key, time.time())}).status == 422
    assert olga.send("Sign in", {"code": code_of(app_key, time.time() + 30)}).status == 200
    assert olga.address == "/desk/queue"
    olga.send("Sign out")

    # The telephone is gone: a spare code opens once, and a new app takes the place of the old one.
    olga = sit_down(app, name, passphrase)
    olga.send("Sign in", {"code": spare[0]}).follow("Your sign-in")
    assert olga.sees("7 spare codes are left.")
    olga.follow("Set it up anew, with new spare codes")
    new_key = re.findall(r'<p class="secret" translate="no">([^<]+)</p>', olga.source)[0]
    olga.send("Set it up", {"code": code_of(new_key.replace(" ", ""), time.time())})
    olga.send("I have written them down").send("Sign out")
    olga = sit_down(app, name, passphrase)
    assert olga.send("Sign in", {"code": spare[1]}).status == 422
