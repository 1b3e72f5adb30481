"""The second factor: codes of an app that shows a new one every half minute, and spare codes.

All of it is one guarded document of the account: the secret that the app shares, the last
half minute whose code was taken (so that a code works once), and keyed hashes of the spare codes.
"""

import secrets
from string import digits
from typing import Any

from passlib.exc import TokenError
from passlib.totp import TOTP

from registry.domain.roles import Role
from registry.privacy.vault import Vault
from registry.storage.accounts import HOUSE_KEY, Account
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession

FIELD = "second_factor"
DIGITS = 6
STEP_SECONDS = 30
SLACK_SECONDS = STEP_SECONDS
"""How far a telephone's clock may be off, either way."""

SPARE_CODES = 8
SPARE_GROUPS, GROUP_DIGITS = 4, 5
SPARE_DIGITS = SPARE_GROUPS * GROUP_DIGITS

MANDATORY = frozenset(Role) - {Role.ORGANISATION}
"""Roles that do nothing before a second factor is set up; organisations may have one."""

ISSUER = "R"
"""What the app calls us: it is seen by whoever takes the telephone."""


def needs_set_up(account: Account) -> bool:
    """Say whether the account has yet to set up the second factor that its role must have."""
    return account.second_factor is None and account.role in MANDATORY


def make_shared_secret() -> str:
    """Make a secret to share with an app: 32 letters and digits, 160 bits."""
    key = TOTP.new(digits=DIGITS).base32_key
    return str(key)


def address_for_app(secret: str) -> str:
    """Return the `otpauth:` address that apps take a secret from; it names nobody."""
    return str(TOTP(key=secret, digits=DIGITS).to_uri(label=ISSUER, issuer=ISSUER))


def code_of(secret: str, now: float) -> str:
    """Return the code that an app shows at a Unix time."""
    return str(TOTP(key=secret, digits=DIGITS).generate(time=int(now)).token)


def match_step(secret: str, typed: str, now: float, last_step: int | None = None) -> int | None:
    """Return the half minute that a typed code belongs to; None where it is wrong or was used."""
    code = "".join(sign for sign in typed if sign in digits)
    totp = TOTP(key=secret, digits=DIGITS)
    try:
        match = totp.match(code, time=int(now), window=SLACK_SECONDS, last_counter=last_step)
    except TokenError:
        return None
    return int(match.counter)


def set_up_second_factor(
    session: RegistrySession, account: Account, secret: str, step: int
) -> list[str]:
    """Give an account this second factor in place of the one it has; return its spare codes.

    Args:
        session: a writing session.
        account: whose it is to be.
        secret: what the app shares; a code of it was typed just now.
        step: the half minute of that code, which does not work again.
    """
    if account.key_owner == HOUSE_KEY:
        session.vault.keys.make_key(HOUSE_KEY)
    spare = [_make_spare_code() for _ in range(SPARE_CODES)]
    hashed = [_hash_spare(session.vault, account, code) for code in spare]
    _write(session, account, {"secret": secret, "last": step, "spare": hashed})
    write_audit(session, account.id, "second_factor_set_up", account.id)
    return spare


def check_code(session: RegistrySession, account: Account, typed: str, now: float) -> bool:
    """Say whether a code of the app or a spare code is right; it works this once."""
    kept = session.vault.read_document(account, FIELD)
    if not kept:
        return False
    step = match_step(kept["secret"], typed, now, kept["last"])
    if step is not None:
        _write(session, account, kept | {"last": step})
        return True
    return _use_spare_code(session, account, kept, typed)


def count_spare_codes(vault: Vault, account: Account) -> int:
    """Return how many spare codes an account has left."""
    return len(vault.read_document(account, FIELD).get("spare", ()))


def remove_second_factor(session: RegistrySession, account: Account, by: str) -> None:
    """Take the second factor off; a role that must have one sets it up at the next page."""
    session.vault.write(account, FIELD, None)
    session.add(account)
    session.flush()
    write_audit(session, by, "second_factor_removed", account.id)


def shared_secret(vault: Vault, account: Account) -> str | None:
    """Return the secret an account shares with its app; None where it has no second factor."""
    secret: str | None = vault.read_document(account, FIELD).get("secret")
    return secret


def next_step(vault: Vault, account: Account, now: float) -> int:
    """Return the half minute whose code works next: the present one, unless it was used."""
    last: int = vault.read_document(account, FIELD)["last"]
    return max(int(now) // STEP_SECONDS, last + 1)


def _use_spare_code(
    session: RegistrySession, account: Account, kept: dict[str, Any], typed: str
) -> bool:
    hashed = _hash_spare(session.vault, account, typed)
    if hashed not in kept["spare"]:
        return False
    _write(session, account, kept | {"spare": [each for each in kept["spare"] if each != hashed]})
    write_audit(session, account.id, "spare_code_used", account.id)
    return True


def _write(session: RegistrySession, account: Account, document: dict[str, Any]) -> None:
    session.vault.write_document(account, FIELD, document)
    session.add(account)
    session.flush()


def _make_spare_code() -> str:
    groups = (secrets.randbelow(10**GROUP_DIGITS) for _ in range(SPARE_GROUPS))
    return " ".join(f"{group:0{GROUP_DIGITS}}" for group in groups)


def _hash_spare(vault: Vault, account: Account, typed: str) -> str:
    code = "".join(sign for sign in typed if sign in digits)
    return vault.lookup("spare code", f"{account.id}|{code}").hex()
