"""Accounts and their API keys: no name, no address, only keyed hashes and a role."""

from datetime import date
from typing import NamedTuple

from flask_security import RoleMixin, UserMixin
from sqlalchemy import JSON, Boolean, Column, Date, String, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Field, col, select

from registry.privacy.ciphertext import Ciphertext
from registry.storage.base import Row
from registry.storage.columns import (
    GUARDED,
    OPEN,
    guarded_field,
    id_field,
    lookup_field,
    open_field,
    reference_field,
)
from registry.storage.database import RegistrySession
from registry.storage.organisations import Organisation

HOUSE_KEY = "system:accounts"
"""The key of the accounts that belong to no organisation and no donor."""


class RoleName(RoleMixin):
    """The one role of an account, in the shape Flask-Security asks for."""

    def __init__(self, name: str) -> None:
        self.name = name


class Account(UserMixin, Row, table=True):
    """Someone who signs in. `username` holds the keyed hash of the sign-in name, in hex."""

    __tablename__ = "account"

    # Flask-Security's mixin annotates a whole number and a list it never fills itself.
    id: str = id_field()  # type: ignore[assignment]
    username: str = Field(sa_column=Column(String(64), unique=True, nullable=False, info=GUARDED))
    password: str | None = Field(default=None, sa_column=Column(String(255), info=GUARDED))
    fs_uniquifier: str = Field(
        sa_column=Column(String(64), unique=True, nullable=False, info=GUARDED)
    )
    second_factor: Ciphertext | None = guarded_field()
    active: bool = open_field(Boolean, default=True, nullable=False)
    role: str = open_field(String(16), nullable=False)
    language: str = open_field(String(2), default="en", nullable=False)
    organisation_id: str | None = reference_field("organisation.id", nullable=True)
    donor_id: str | None = reference_field("donor.id", nullable=True)
    created_on: date = open_field(Date, nullable=False)

    @property
    def key_owner(self) -> str:
        """Whose key guards what is kept of the account: with its party, it goes for good."""
        return self.organisation_id or self.donor_id or HOUSE_KEY

    @property
    def roles(self) -> list[RoleName]:  # type: ignore[override]
        return [RoleName(self.role)]


class ApiKey(Row, table=True):
    """A key of an account: its keyed hash, what it may do, until when."""

    __tablename__ = "api_key"

    id: str = id_field()
    account_id: str = reference_field("account.id")
    key_hash: bytes = lookup_field(unique=True)
    scopes: list[str] = Field(default=None, sa_column=Column(JSON, nullable=False, info=OPEN))
    created_on: date = open_field(Date, nullable=False)
    expires_on: date | None = open_field(Date)
    last_used_on: date | None = open_field(Date)
    revoked: bool = open_field(Boolean, default=False, nullable=False)


class KeyHolder(NamedTuple):
    """Whose an API key is and what it may do, as far as every request asks."""

    scopes: list[str]
    expires_on: date | None
    revoked: bool
    active: bool
    account_id: str
    role: str
    organisation_id: str | None
    donor_id: str | None
    key_id: str
    last_used_on: date | None
    own_vetting: str | None
    own_state: str | None


_KEYS, _ACCOUNTS = Row.metadata.tables["api_key"], Row.metadata.tables["account"]
_ORGANISATIONS = Row.metadata.tables[Organisation.__tablename__]

# Made once, and of columns: every request with a key asks it, and putting it together or making
# rows of it takes longer than the database does.
_KEY_HOLDER = (
    select_columns(
        _KEYS.c.scopes,
        _KEYS.c.expires_on,
        _KEYS.c.revoked,
        _ACCOUNTS.c.active,
        _ACCOUNTS.c.id,
        _ACCOUNTS.c.role,
        _ACCOUNTS.c.organisation_id,
        _ACCOUNTS.c.donor_id,
        _KEYS.c.id,
        _KEYS.c.last_used_on,
        _ORGANISATIONS.c.vetting,
        _ORGANISATIONS.c.state,
    )
    .join(_ACCOUNTS, _ACCOUNTS.c.id == _KEYS.c.account_id)
    .outerjoin(_ORGANISATIONS, _ORGANISATIONS.c.id == _ACCOUNTS.c.organisation_id)
    .where(_KEYS.c.key_hash == bindparam("key_hash"))
)


def find_account(session: RegistrySession, username_hash: str) -> Account | None:
    """Find an account by the keyed hash of its sign-in name."""
    return session.exec(select(Account).where(col(Account.username) == username_hash)).first()


def accounts_of_organisation(session: RegistrySession, organisation_id: str) -> list[Account]:
    """Return the holders of an organisation."""
    statement = select(Account).where(col(Account.organisation_id) == organisation_id)
    return list(session.exec(statement.order_by(col(Account.id))))


def has_account(
    session: RegistrySession, *, organisation_id: str | None = None, donor_id: str | None = None
) -> bool:
    """Say whether an organisation or a donor has an account that can sign in."""
    column, party = (
        (col(Account.organisation_id), organisation_id)
        if organisation_id
        else (col(Account.donor_id), donor_id)
    )
    statement = select(col(Account.id)).where(column == party, col(Account.active))
    return session.exec(statement.limit(1)).first() is not None


def keys_of_account(session: RegistrySession, account_id: str) -> list[ApiKey]:
    """Return the keys of an account, oldest first."""
    statement = select(ApiKey).where(col(ApiKey.account_id) == account_id)
    return list(session.exec(statement.order_by(col(ApiKey.created_on), col(ApiKey.id))))


def find_key_holder(session: RegistrySession, key_hash: bytes) -> KeyHolder | None:
    """Find by the key's keyed hash whose it is; None where there is no such key."""
    found = session.execute(_KEY_HOLDER, {"key_hash": key_hash}).first()
    return KeyHolder(*found) if found is not None else None
