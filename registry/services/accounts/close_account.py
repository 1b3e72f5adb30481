"""An admin closes an account: nobody signs in with it again, and its keys open nothing."""

import secrets
from typing import Any

from sqlmodel import col, func, select

from registry.domain.errors import NotAllowedError, NotFoundError
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.services.accounts.list_accounts import require_admin, view_account
from registry.storage.accounts import Account
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.envelopes import delete_keys_of_account


def find_account_to_close(
    session: RegistrySession, actor: Actor, account_id: str
) -> tuple[Account, bool]:
    """Return an account and whether the actor may close it: not one's own, not the last admin's.

    Raises:
        NotAllowedError: the actor is no admin.
        NotFoundError: there is no such account.
    """
    require_admin(actor)
    account = session.get(Account, account_id)
    if account is None:
        raise NotFoundError
    return account, account.id != actor.account_id and not _is_last_admin(session, account)


def close_account(session: RegistrySession, actor: Actor, account_id: str) -> dict[str, Any]:
    """Close an account and end its sessions; closing it again changes nothing.

    Returns:
        The account; see `view_account`.

    Raises:
        NotAllowedError: the actor is no admin, or it is its own account or the last admin's.
        NotFoundError: there is no such account.
    """
    account, may_close = find_account_to_close(session, actor, account_id)
    if not may_close:
        raise NotAllowedError
    if account.active:
        account.active = False
        account.fs_uniquifier = secrets.token_hex(32)
        session.add(account)
        delete_keys_of_account(session, account.id)
        session.flush()
        write_audit(session, actor.account_id, "account_closed", account.id, account.role)
    return view_account(actor, account)


def _is_last_admin(session: RegistrySession, account: Account) -> bool:
    admins = select(func.count()).where(col(Account.role) == Role.ADMIN, col(Account.active))
    return account.role == Role.ADMIN and account.active and session.exec(admins).one() == 1
