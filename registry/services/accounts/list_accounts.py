"""Every account: its role and days, never its name."""

from typing import Any

from sqlmodel import col, select

from registry.domain.errors import NotAllowedError
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.services.matches.write_review import short_of
from registry.services.paging import DEFAULT_LIMIT, ListPage, by_day, list_page
from registry.storage.accounts import Account
from registry.storage.database import RegistrySession

NEWEST = by_day("accounts", col(Account.created_on), descending=True)


def list_accounts(
    session: RegistrySession,
    actor: Actor,
    *,
    role: str | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> ListPage:
    """List accounts, newest first, of one role or of all; see `view_account`.

    Raises:
        NotAllowedError: the actor is no admin.
        RecordRefusedError: cursor or limit cannot be used.
    """
    require_admin(actor)
    wanted = [col(Account.role) == role] if role else []
    return list_page(
        session,
        select(Account).where(*wanted),
        NEWEST,
        col(Account.id),
        cursor=cursor,
        limit=limit,
        view=lambda account: view_account(actor, account),
    )


def view_account(actor: Actor, account: Account) -> dict[str, Any]:
    """Return `{"id", "short", "role", "active", "language", "created_on", "is_me"}`."""
    return {
        "id": account.id,
        "short": short_of(account.id),
        "role": Role(account.role),
        "active": account.active,
        "language": account.language,
        "created_on": account.created_on,
        "is_me": account.id == actor.account_id,
    }


def require_admin(actor: Actor) -> None:
    """Let an admin pass.

    Raises:
        NotAllowedError: the actor is none.
    """
    if actor.role is not Role.ADMIN:
        raise NotAllowedError
