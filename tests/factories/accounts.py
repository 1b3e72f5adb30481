"""Accounts without a passphrase: hashing one takes longer than most tests."""

import secrets
import time
from typing import Any

from flask.testing import FlaskClient

from registry.domain.identifiers import new_id
from registry.domain.roles import Role
from registry.identity.accounts import put_key_pair
from registry.identity.second_factor import code_of, needs_set_up, set_up_second_factor
from registry.identity.unlocking import keep_unlocked
from registry.privacy.account_keys import make_pair
from registry.storage.accounts import Account
from registry.storage.database import RegistrySession
from tests.factories.base import RecordFactory

SHARED_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""What the apps of all these accounts share with the registry."""


class AccountFactory(RecordFactory):
    """An account that nobody can sign in to by form; its keys and sessions work."""

    role = Role.OFFICER
    language = "en"

    @classmethod
    def store(cls, session: RegistrySession, record: dict[str, Any]) -> Account:
        row = Account(
            id=new_id(),
            username=secrets.token_hex(32),
            fs_uniquifier=secrets.token_hex(32),
            created_on=session.today,
            **record,
        )
        session.add(row)
        session.flush()
        if needs_set_up(row):
            # As setting it up would, but without a line in the trail of every test.
            session.vault.keys.purpose_key("accounts")
            kept = {"secret": SHARED_SECRET, "last": 0, "spare": []}
            session.vault.write_document(row, "second_factor", kept)
            session.flush()
        return row


def give_key_pair(session: RegistrySession, account_id: str) -> bytes:
    """Give an account a key pair, as one made by form has, and return its private key."""
    pair = make_pair("a passphrase nobody types", "12345")
    put_key_pair(session, account_id, pair)
    session.commit()
    return pair.private


def give_second_factor(session: RegistrySession, account: Account) -> list[str]:
    """Let an account's app share `SHARED_SECRET`; return its spare codes."""
    return set_up_second_factor(session, account, SHARED_SECRET, step=0)


def present_code() -> str:
    """Return the code that the app of such an account shows now."""
    return code_of(SHARED_SECRET, time.time())


def unlock_in(session: RegistrySession, browser: FlaskClient, account_id: str) -> bytes:
    """Give an account a key pair and unlock it in its browser, as signing in by form does."""
    account = session.get_one(Account, account_id)
    private = give_key_pair(session, account_id)
    with browser.session_transaction() as kept:
        keep_unlocked(kept, account, private)
    return private
