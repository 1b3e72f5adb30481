"""Making accounts and keys, and knowing them again; secrets are shown once and kept as hashes."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date

from flask_security import hash_password

from registry.domain.errors import AlreadyExistsError, NotFoundError, SignInNeededError
from registry.domain.identifiers import new_id
from registry.domain.roles import Role, Scope
from registry.identity.actor import Actor, is_hub
from registry.identity.passphrases import (
    make_passphrase,
    make_recovery_code,
    make_sign_in_name,
    normal_code,
    normal_secret,
)
from registry.privacy.account_keys import NewPair, make_pair
from registry.privacy.vault import Vault
from registry.storage.accounts import Account, ApiKey, find_account, find_key_holder
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.envelopes import AccountKey, delete_keys_of_account
from registry.storage.organisations import Organisation
from search.codes import RecordState


@dataclass(frozen=True, slots=True)
class NewSecret:
    """What is shown once and never again: the sign-in name, the passphrase, the recovery code."""

    name: str
    passphrase: str
    recovery_code: str

    def __repr__(self) -> str:
        return "<secret>"


@dataclass(frozen=True, slots=True)
class PreparedSecret:
    """A new secret with the hash of its passphrase and a key pair, not yet anybody's."""

    shown: NewSecret
    hashed: str
    pair: NewPair

    def __repr__(self) -> str:
        return "<secret>"


def prepare_secret(language: str, name: str | None = None) -> PreparedSecret:
    """Make a sign-in name, a passphrase and a recovery code; needs an application context.

    Hashing is slow on purpose: whoever registers prepares it before the session's first
    statement, so that nobody waits for the write lock meanwhile.
    """
    shown = NewSecret(
        name or make_sign_in_name(language), make_passphrase(language), make_recovery_code()
    )
    passphrase = normal_secret(shown.passphrase)
    pair = make_pair(passphrase, normal_code(shown.recovery_code))
    return PreparedSecret(shown, hash_password(passphrase), pair)


def hash_name(vault: Vault, name: str) -> str:
    """Return the keyed hash under which a sign-in name is kept."""
    key = vault.keys.purpose_key("names")
    return hmac.digest(key, normal_secret(name).encode(), hashlib.sha256).hex()


def create_account(
    session: RegistrySession,
    role: Role,
    *,
    name: str | None = None,
    language: str = "en",
    organisation_id: str | None = None,
    donor_id: str | None = None,
    prepared: PreparedSecret | None = None,
    by: str = "system",
) -> tuple[Account, NewSecret]:
    """Make an account with a secret that was prepared, else one of its own (`prepare_secret`).

    Raises:
        AlreadyExistsError: an account has this sign-in name.
    """
    secret = prepared or prepare_secret(language, name)
    username = hash_name(session.vault, secret.shown.name)
    if find_account(session, username):
        raise AlreadyExistsError("an account has this sign-in name already: choose another one")
    account = Account(
        id=new_id(),
        username=username,
        password=secret.hashed,
        fs_uniquifier=secrets.token_hex(32),
        role=role,
        language=language,
        organisation_id=organisation_id,
        donor_id=donor_id,
        created_on=session.today,
    )
    session.add(account)
    session.flush()
    put_key_pair(session, account.id, secret.pair)
    write_audit(session, by, "account_created", account.id, role)
    return account, secret.shown


def put_key_pair(session: RegistrySession, account_id: str, pair: NewPair) -> None:
    """Give an account a key pair in place of the one it has; what only that opened is gone."""
    delete_keys_of_account(session, account_id)
    session.merge(
        AccountKey(
            account_id=account_id,
            public=pair.public,
            by_passphrase=pair.by_passphrase,
            by_recovery=pair.by_recovery,
        )
    )
    session.flush()


def create_api_key(
    session: RegistrySession,
    account: Account,
    scopes: frozenset[Scope],
    *,
    expires_on: date | None = None,
    by: str = "system",
) -> str:
    """Make an API key of an account and return it; it is kept only as a keyed hash."""
    key = secrets.token_urlsafe(32)
    row = ApiKey(
        id=new_id(),
        account_id=account.id,
        key_hash=session.vault.lookup("api key", key),
        scopes=sorted(scopes),
        created_on=session.today,
        expires_on=expires_on,
    )
    session.add(row)
    session.flush()
    write_audit(session, by, "api_key_created", row.id)
    return key


def revoke_api_key(session: RegistrySession, key_id: str, *, by: str = "system") -> None:
    """Let a key open nothing from now on; revoking it again changes nothing.

    Raises:
        NotFoundError: there is no key of this id.
    """
    row = session.get(ApiKey, key_id)
    if row is None:
        raise NotFoundError("there is no key of this id; registry apikey list shows them")
    if not row.revoked:
        row.revoked = True
        session.flush()
        write_audit(session, by, "api_key_revoked", row.id)


def may_sign_in(session: RegistrySession, account: Account) -> bool:
    """Say whether an account is open, and its organisation not frozen."""
    own_id = account.organisation_id
    own = session.get(Organisation, own_id) if own_id is not None else None
    return account.active and (own is None or own.state != RecordState.FROZEN)


def actor_of_api_key(session: RegistrySession, key: str) -> tuple[Actor, str | None]:
    """Return who acts with this key, and the key's id at its first use of the day.

    Raises:
        SignInNeededError: the key is unknown, expired or revoked, or its account closed or frozen.
    """
    found = find_key_holder(session, session.vault.lookup("api key", key))
    if found is None or found.revoked or not found.active:
        raise SignInNeededError
    if found.own_state == RecordState.FROZEN:
        raise SignInNeededError
    if found.expires_on and found.expires_on < session.today:
        raise SignInNeededError
    actor = Actor(
        account_id=found.account_id,
        role=Role(found.role),
        organisation_id=found.organisation_id,
        donor_id=found.donor_id,
        scopes=frozenset(map(Scope, found.scopes)),
        is_hub=is_hub(found.own_vetting, found.own_state),
    )
    return actor, None if found.last_used_on == session.today else found.key_id


def note_use_of_key(session: RegistrySession, key_id: str) -> None:
    """Keep today as the day on which a key was last used."""
    row = session.get(ApiKey, key_id)
    if row is not None:
        row.last_used_on = session.today
        session.flush()
