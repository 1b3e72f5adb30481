"""The holders of an organisation: up to five accounts, each with secrets of its own."""

import secrets
from typing import Any

from registry.domain.errors import NotAllowedError, NotFoundError
from registry.domain.roles import Role
from registry.identity.accounts import NewSecret, PreparedSecret, create_account
from registry.identity.actor import Actor
from registry.services.accounts.list_accounts import view_account
from registry.services.envelopes.share_envelopes import share_envelopes
from registry.storage.accounts import Account, accounts_of_organisation
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.envelopes import AccountKey, delete_keys_of_account

MOST_HOLDERS = 5


def list_holders(session: RegistrySession, actor: Actor) -> list[dict[str, Any]]:
    """Return the holders who can sign in, oldest first; see `view_account`.

    Raises:
        NotFoundError: the actor belongs to no organisation.
    """
    rows = _holders(session, actor)
    return [view_account(actor, row) for row in sorted(rows, key=lambda row: row.created_on)]


def add_holder(
    session: RegistrySession,
    actor: Actor,
    prepared: PreparedSecret,
    *,
    language: str,
    private: bytes | None,
) -> NewSecret:
    """Make an account for a further holder; what the actor can open opens to it as well.

    Args:
        session: a writing session.
        actor: a holder, in a browser.
        prepared: the new account's secrets; see `prepare_secret`.
        language: of its pages.
        private: the actor's private key.

    Raises:
        NotFoundError: the actor belongs to no organisation.
        NotAllowedError: there are five already.
    """
    if len(_holders(session, actor)) >= MOST_HOLDERS:
        raise NotAllowedError
    account, secret = create_account(
        session,
        Role.ORGANISATION,
        language=language,
        organisation_id=actor.organisation_id,
        prepared=prepared,
        by=actor.account_id,
    )
    share_envelopes(session, actor, account, private)
    return secret


def find_other_holder(session: RegistrySession, actor: Actor, account_id: str) -> Account:
    """Return another holder of the actor's organisation.

    Raises:
        NotFoundError: there is none of this id, or it is the actor's own account.
    """
    for row in _holders(session, actor):
        if row.id == account_id and row.id != actor.account_id:
            return row
    raise NotFoundError


def remove_holder(session: RegistrySession, actor: Actor, account_id: str) -> None:
    """Let another holder sign in no more: sessions and keys end, and nothing opens to it.

    Raises:
        NotFoundError: see `find_other_holder`.
    """
    account = find_other_holder(session, actor, account_id)
    account.active = False
    account.fs_uniquifier = secrets.token_hex(32)
    session.add(account)
    delete_keys_of_account(session, account.id)
    pair = session.get(AccountKey, account.id)
    if pair is not None:
        session.delete(pair)
    session.flush()
    write_audit(session, actor.account_id, "holder_removed", account.id)


def _holders(session: RegistrySession, actor: Actor) -> list[Account]:
    if actor.organisation_id is None:
        raise NotFoundError
    rows = accounts_of_organisation(session, actor.organisation_id)
    return [row for row in rows if row.active and row.role == Role.ORGANISATION]
