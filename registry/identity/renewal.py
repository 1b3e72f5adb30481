"""A passphrase in place of another: changed, or recovered with the code, and nothing is lost.

The private key stays the same and is wrapped anew; whatever is sealed to it opens as before.
Deriving and hashing are slow on purpose, so all of it is prepared before anything is locked.
"""

import secrets
from dataclasses import dataclass

from flask_security import hash_password

from registry.identity.accounts import hash_name
from registry.identity.passphrases import normal_code, normal_secret
from registry.identity.throttle import RECOVERY, give_back, take_try
from registry.privacy.account_keys import unwrap_key, unwrap_nothing, wrap_key
from registry.storage.accounts import Account, find_account
from registry.storage.audit import write_audit
from registry.storage.database import Database, RegistrySession
from registry.storage.envelopes import AccountKey


@dataclass(frozen=True, slots=True)
class Rewrapped:
    """A private key wrapped under new secrets, and the hash of the passphrase."""

    hashed: str | None = None
    by_passphrase: bytes | None = None
    by_recovery: bytes | None = None

    def __repr__(self) -> str:
        return "<secret>"


def rewrap(
    private: bytes, *, passphrase: str | None = None, recovery_code: str | None = None
) -> Rewrapped:
    """Wrap a private key under a new passphrase, a new recovery code, or both.

    Needs an application context for hashing; slow on purpose.
    """
    hashed = by_passphrase = by_recovery = None
    if passphrase is not None:
        hashed = hash_password(normal_secret(passphrase))
        by_passphrase = wrap_key(private, normal_secret(passphrase), "passphrase")
    if recovery_code is not None:
        by_recovery = wrap_key(private, normal_code(recovery_code), "recovery code")
    return Rewrapped(hashed, by_passphrase, by_recovery)


def put_rewrapped(
    session: RegistrySession, account_id: str, rewrapped: Rewrapped, act: str
) -> Account:
    """Put new secrets in force; a new passphrase ends every session of the account.

    Args:
        session: a writing session.
        account_id: whose they are.
        rewrapped: of the account's own private key.
        act: what the trail says was done.
    """
    account = session.get_one(Account, account_id)
    keys = session.get_one(AccountKey, account_id)
    if rewrapped.hashed is not None and rewrapped.by_passphrase is not None:
        account.password, keys.by_passphrase = rewrapped.hashed, rewrapped.by_passphrase
        account.fs_uniquifier = secrets.token_hex(32)
    if rewrapped.by_recovery is not None:
        keys.by_recovery = rewrapped.by_recovery
    session.add(account)
    session.add(keys)
    session.flush()
    write_audit(session, account_id, act, account_id)
    return account


def open_with_code(database: Database, name: str, code: str) -> tuple[Account, bytes] | None:
    """Return the account of a sign-in name and its private key, where the recovery code is right.

    It takes as long for a name that nobody has, and locks nothing.

    Raises:
        ThrottledError: too many were tried for this name; this one was not looked at.
    """
    take_try(database, RECOVERY, normal_secret(name))
    with database.reading() as reading:
        account = find_account(reading, hash_name(reading.vault, name))
        keys = reading.get(AccountKey, account.id) if account is not None else None
        wrapped = keys.by_recovery if keys is not None else None
        reading.expunge_all()
    if account is None or not account.active or wrapped is None:
        unwrap_nothing(normal_code(code))
        return None
    private = unwrap_key(wrapped, normal_code(code), "recovery code")
    if private is None:
        return None
    give_back(database, RECOVERY, normal_secret(name))
    return account, private
