"""An account's private key: unlocked by signing in, wiped by signing out, never elsewhere."""

from __future__ import annotations

import base64
import sqlite3

import pytest
from flask import Flask

from registry.domain.roles import Role
from registry.identity.accounts import create_account
from registry.identity.session_interface import COOKIE
from registry.identity.unlocking import SIGNED_IN, UNLOCKED, keep_unlocked, unlocked_key
from registry.privacy.account_keys import unwrap_key
from registry.storage.accounts import Account
from registry.storage.envelopes import AccountKey
from tests.person import Person


@pytest.fixture
def officer_account(app: Flask, session):
    with app.app_context():
        account, secret = create_account(session, Role.OFFICER)
    session.commit()
    return account, secret


def private_key_of(rows, account: Account, passphrase: str) -> bytes:
    with rows() as reading:
        wrapped = reading.get_one(AccountKey, account.id).by_passphrase
    return unwrap_key(wrapped, passphrase, "passphrase")


def sign_in(person: Person, secret) -> Person:
    typed = {"username": secret.name, "password": secret.passphrase}
    return person.open("/sign-in").send("Sign in", typed)


def test_signing_in_unlocks_the_key_and_signing_out_wipes_it(app, rows, officer_account):
    account, secret = officer_account
    person = sign_in(Person(app.test_client()), secret)
    with person.client.session_transaction() as browser:
        assert unlocked_key(browser) == private_key_of(rows, account, secret.passphrase)
    person.send("Sign out")
    with person.client.session_transaction() as browser:
        assert UNLOCKED not in browser
        assert unlocked_key(browser) is None


def test_a_wrong_passphrase_unlocks_nothing(app, officer_account):
    _, secret = officer_account
    person = Person(app.test_client())
    person.open("/sign-in").send("Sign in", {"username": secret.name, "password": "wrong words"})
    with person.client.session_transaction() as browser:
        assert UNLOCKED not in browser


def test_a_key_opens_nothing_before_its_owner_is_signed_in_whole():
    account = Account(id="1" * 32, username="x", fs_uniquifier="mine", role="officer")
    browser: dict = {}
    keep_unlocked(browser, account, b"k" * 32)

    assert unlocked_key(browser) is None
    assert unlocked_key(browser | {SIGNED_IN: "another"}) is None
    assert unlocked_key(browser | {SIGNED_IN: "mine"}) == b"k" * 32


def test_a_key_that_waits_for_a_second_factor_is_in_no_cookie(app, settings):
    account = Account(id="1" * 32, username="x", fs_uniquifier="mine", role="officer")
    key = bytes(range(32))
    client = app.test_client()
    with client.session_transaction() as browser:
        keep_unlocked(browser, account, key)

    cookie = client.get_cookie("__Host-session").value
    assert COOKIE == "__Host-session"
    assert not cookie.startswith("v.")
    for shape in (key.hex(), base64.b64encode(key).decode()):
        assert shape not in cookie
        assert shape.encode() not in (settings.data_dir / "registry.db").read_bytes()
    with client.session_transaction() as browser:
        assert browser[UNLOCKED]["key"] == key.hex()


def test_an_account_from_before_there_were_keys_gets_one_at_sign_in(
    app, session, rows, officer_account
):
    account, secret = officer_account
    session.delete(session.get_one(AccountKey, account.id))
    session.commit()
    person = sign_in(Person(app.test_client()), secret)
    with person.client.session_transaction() as browser:
        unlocked = unlocked_key(browser)
    assert unlocked == private_key_of(rows, account, secret.passphrase)
    with rows() as reading:
        assert reading.get_one(AccountKey, account.id).by_recovery is None


def test_who_registers_has_the_key_at_hand_at_once(client):
    person = Person(client)
    person.open("/register/donor").send("Register", {"donor_kind": "foundation"})
    assert person.sees("Recovery code")
    with client.session_transaction() as browser:
        assert unlocked_key(browser) is not None


def test_the_database_shows_neither_secret_nor_key(app, settings, rows, officer_account):
    account, secret = officer_account
    sign_in(Person(app.test_client()), secret)
    key = private_key_of(rows, account, secret.passphrase)
    with sqlite3.connect(settings.data_dir / "registry.db") as database:
        dump = "\n".join(database.iterdump())
    for shape in (key.hex(), base64.b64encode(key).decode(), secret.passphrase):
        assert shape.lower() not in dump.lower()
