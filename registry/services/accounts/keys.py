"""The API keys of one's own account: what each may do, made and taken back."""

from datetime import date
from typing import Any

from registry.domain.errors import FieldProblem, NotFoundError, RecordRefusedError
from registry.domain.roles import Scope
from registry.identity.accounts import create_api_key, revoke_api_key
from registry.identity.actor import Actor
from registry.storage.accounts import Account, ApiKey, keys_of_account
from registry.storage.database import RegistrySession


def list_keys(session: RegistrySession, actor: Actor) -> list[dict[str, Any]]:
    """Return the actor's keys, newest first; see `view_key`."""
    rows = keys_of_account(session, actor.account_id)
    return [view_key(session, row) for row in reversed(rows)]


def get_key(session: RegistrySession, actor: Actor, key_id: str) -> dict[str, Any]:
    """Return one key of the actor's own.

    Raises:
        NotFoundError: there is none, or it is another account's.
    """
    return view_key(session, _own_key(session, actor, key_id))


def make_key(
    session: RegistrySession, actor: Actor, *, scopes: frozenset[Scope], expires_on: date | None
) -> str:
    """Make a key and return it; it is shown once and kept as a keyed hash only.

    Raises:
        RecordRefusedError: it could do nothing, or would have run out already.
    """
    problems = []
    if not scopes:
        problems.append(FieldProblem("scopes", "required"))
    if expires_on is not None and expires_on < session.today:
        problems.append(FieldProblem("expires_on", "in_the_past"))
    if problems:
        raise RecordRefusedError(problems)
    account = session.get_one(Account, actor.account_id)
    return create_api_key(session, account, scopes, expires_on=expires_on, by=actor.account_id)


def revoke_key(session: RegistrySession, actor: Actor, key_id: str) -> None:
    """Let a key of one's own open nothing from now on.

    Raises:
        NotFoundError: there is none, or it is another account's.
    """
    revoke_api_key(session, _own_key(session, actor, key_id).id, by=actor.account_id)


def view_key(session: RegistrySession, row: ApiKey) -> dict[str, Any]:
    """Return `{"id", "scopes", "created_on", "expires_on", "last_used_on", "state"}`.

    `state` is `working`, `expired` or `revoked`.
    """
    is_over = row.expires_on is not None and row.expires_on < session.today
    return {
        "id": row.id,
        "scopes": [Scope(scope) for scope in row.scopes],
        "created_on": row.created_on,
        "expires_on": row.expires_on,
        "last_used_on": row.last_used_on,
        "state": "revoked" if row.revoked else "expired" if is_over else "working",
    }


def _own_key(session: RegistrySession, actor: Actor, key_id: str) -> ApiKey:
    row = session.get(ApiKey, key_id)
    if row is None or row.account_id != actor.account_id:
        raise NotFoundError
    return row
