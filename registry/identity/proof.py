"""How far a browser has proved whose it is: passphrase said, second factor said, and how long ago.

All of it lies in the browser's session, whose row only its cookie opens.
"""

import time
from collections.abc import Mapping, MutableMapping
from typing import Any

from flask_security import hash_password, verify_password

from registry.identity.passphrases import normal_secret
from registry.identity.second_factor import check_code
from registry.identity.throttle import SECOND_FACTOR, SIGN_IN, give_back, take_try
from registry.storage.accounts import Account
from registry.storage.database import Database

PENDING = "_pending"
"""Where the session of a browser that said the passphrase says which account's code is due."""

PROVED = "_proved"
"""Where a session holds the Unix time at which its owner last proved to be there."""

CODE_DUE_SECONDS = 10 * 60
FRESH_SECONDS = 10 * 60

Browser = MutableMapping[str, Any]


def begin_second_factor(browser: Browser, account: Account) -> None:
    """Note that the passphrase was right and the code of the second factor is due."""
    browser[PENDING] = {
        "id": account.id,
        "of": account.fs_uniquifier,
        "until": int(time.time()) + CODE_DUE_SECONDS,
    }


def pending_account_id(browser: Mapping[str, Any]) -> str | None:
    """Return the id of the account whose code is due; None where none is, or no longer."""
    pending = browser.get(PENDING)
    if pending is None or pending["until"] <= time.time():
        return None
    return str(pending["id"])


def is_pending_for(browser: Mapping[str, Any], account: Account) -> bool:
    """Say whether the account stands as it did when its passphrase was said.

    It does not where it was closed, frozen, or given another passphrase meanwhile.
    """
    pending = browser.get(PENDING)
    return account.active and pending is not None and pending["of"] == account.fs_uniquifier


def try_code(database: Database, account_id: str, typed: str) -> bool:
    """Try a code of the second factor, or a spare code, in transactions of their own.

    Raises:
        ThrottledError: too many were tried; this one was not looked at.
    """
    take_try(database, SECOND_FACTOR, account_id)
    with database.writing() as session:
        account = session.get(Account, account_id)
        is_right = account is not None and check_code(session, account, typed, time.time())
    if is_right:
        give_back(database, SECOND_FACTOR, account_id)
    return is_right


def try_passphrase(database: Database, account: Account, typed: str) -> bool:
    """Try the passphrase of somebody who is signed in; hashing is slow, so nothing is locked.

    Raises:
        ThrottledError: too many were tried; this one was not looked at.
    """
    take_try(database, SIGN_IN, account.username)
    passphrase = normal_secret(typed)
    if account.password is None:
        hash_password(passphrase)
        return False
    is_right = bool(verify_password(passphrase, account.password))
    if is_right:
        give_back(database, SIGN_IN, account.username)
    return is_right


def note_proof(browser: Browser) -> None:
    """Note that its owner proved just now to be there; no code is due any more."""
    browser.pop(PENDING, None)
    browser[PROVED] = int(time.time())


def is_fresh(browser: Mapping[str, Any]) -> bool:
    """Say whether its owner proved to be there within the last ten minutes."""
    return time.time() - float(browser.get(PROVED, 0)) < FRESH_SECONDS
