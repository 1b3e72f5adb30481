"""An account's private key while somebody is signed in: it lies in the browser's session.

The session's body is encrypted under the cookie, which the house does not keep: between two
requests nothing here opens what is sealed. `unlocked_key` is the one way to the key.
"""

from collections.abc import Mapping, MutableMapping
from typing import Any

from registry.identity.passphrases import normal_secret
from registry.privacy.account_keys import make_key, unwrap_key, wrap_key
from registry.storage.accounts import Account
from registry.storage.database import RegistrySession
from registry.storage.envelopes import AccountKey

SIGNED_IN = "_user_id"
"""Where Flask-Login says who is signed in, after the second factor where there is one."""

UNLOCKED = "_private_key"


def unlocked_key(browser: Mapping[str, Any]) -> bytes | None:
    """Return the private key of whoever is signed in; None where it was not unlocked.

    That is so before the second factor, for a programme with an API key, and for a visitor.
    """
    kept = browser.get(UNLOCKED)
    if kept is None or browser.get(SIGNED_IN) != kept["of"]:
        return None
    return bytes.fromhex(kept["key"])


def keep_unlocked(browser: MutableMapping[str, Any], account: Account, private: bytes) -> None:
    """Put an account's private key into its browser's session; signing out wipes it."""
    browser[UNLOCKED] = {"of": account.fs_uniquifier, "key": private.hex()}


def read_wrapped(session: RegistrySession, account_id: str) -> bytes | None:
    """Return an account's private key as its passphrase wraps it; None where it has none yet."""
    row = session.get(AccountKey, account_id)
    return row.by_passphrase if row is not None else None


def unlock(wrapped: bytes | None, passphrase: str) -> bytes | None:
    """Return the private key; None where there is none yet. Slow on purpose: lock nothing."""
    return unwrap_key(wrapped, normal_secret(passphrase), "passphrase") if wrapped else None


def give_first_pair(session: RegistrySession, account_id: str, passphrase: str) -> bytes:
    """Give a key pair to an account from before there were any; return its private key."""
    private, public = make_key()
    wrapped = wrap_key(private, normal_secret(passphrase), "passphrase")
    session.add(AccountKey(account_id=account_id, public=public, by_passphrase=wrapped))
    session.flush()
    return private
