"""Somebody who lost name, passphrase and recovery code comes in again, with new ones.

What was sealed to the lost key opens to nobody through this account any more. Where another
holder does it, what that one can open is sealed to the new key at once, and nothing is lost.
"""

import secrets

from sqlmodel import col, select

from registry.domain.errors import NotFoundError
from registry.domain.roles import Role
from registry.identity.accounts import (
    NewSecret,
    PreparedSecret,
    hash_name,
    put_key_pair,
)
from registry.identity.actor import Actor
from registry.identity.second_factor import remove_second_factor
from registry.services.accounts.list_accounts import view_account
from registry.services.envelopes.share_envelopes import share_envelopes
from registry.storage.accounts import Account
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession

PARTIES = (Role.ORGANISATION, Role.DONOR)
"""Whose lost secrets an officer replaces; those of the house are replaced by an admin."""


def find_renewable(session: RegistrySession, actor: Actor, account_id: str) -> Account:
    """Return an account to which the actor may give new secrets: never its own.

    Officers may for organisations and donors, admins for everybody, a holder for another holder.

    Raises:
        NotFoundError: there is none, or it is not the actor's to renew.
    """
    account = session.get(Account, account_id)
    if account is None or not account.active or account.id == actor.account_id:
        raise NotFoundError
    if not (_is_colleague(actor, account) or _is_in_care(actor, account)):
        raise NotFoundError
    return account


def renew_account(
    session: RegistrySession,
    actor: Actor,
    account_id: str,
    prepared: PreparedSecret,
    private: bytes | None = None,
) -> NewSecret:
    """Give an account a new name, passphrase, recovery code and key pair; shown once.

    Its sessions end, and its second factor goes with what was lost.

    Args:
        session: a writing session.
        actor: see `find_renewable`.
        account_id: whose secrets are lost.
        prepared: the new ones; see `prepare_secret`.
        private: the private key of the actor, where another holder does it.

    Raises:
        NotFoundError: see `find_renewable`.
    """
    account = find_renewable(session, actor, account_id)
    account.username = hash_name(session.vault, prepared.shown.name)
    account.password = prepared.hashed
    account.fs_uniquifier = secrets.token_hex(32)
    session.add(account)
    put_key_pair(session, account.id, prepared.pair)
    write_audit(session, actor.account_id, "secret_renewed", account.id)
    if account.second_factor is not None:
        remove_second_factor(session, account, actor.account_id)
    if _is_colleague(actor, account):
        share_envelopes(session, actor, account, private)
    return prepared.shown


def list_accounts_of_party(
    session: RegistrySession, actor: Actor, record: str, party_id: str
) -> list[dict[str, object]]:
    """Return the open accounts of an organisation or a donor, for an officer; `view_account`."""
    column = col(Account.organisation_id if record == "organisation" else Account.donor_id)
    statement = select(Account).where(column == party_id, col(Account.active))
    rows = session.exec(statement.order_by(col(Account.created_on), col(Account.id)))
    return [view_account(actor, row) for row in rows]


def _is_colleague(actor: Actor, account: Account) -> bool:
    if actor.role is not Role.ORGANISATION or account.role != Role.ORGANISATION:
        return False
    return actor.organisation_id == account.organisation_id


def _is_in_care(actor: Actor, account: Account) -> bool:
    if actor.role is Role.ADMIN:
        return True
    return actor.is_officer and account.role in PARTIES
