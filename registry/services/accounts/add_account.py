"""An admin makes an account for somebody who works for the house."""

from registry.domain.errors import FieldProblem, RecordRefusedError
from registry.domain.roles import Role
from registry.identity.accounts import NewSecret, PreparedSecret, create_account
from registry.identity.actor import Actor
from registry.services.accounts.list_accounts import require_admin
from registry.storage.database import RegistrySession

HOUSE_ROLES = (Role.OFFICER, Role.PARTNER, Role.AUDITOR, Role.ADMIN)
"""Roles that an admin gives; organisations and donors register by themselves."""


def add_account(
    session: RegistrySession,
    actor: Actor,
    *,
    role: Role,
    language: str = "en",
    prepared: PreparedSecret | None = None,
) -> NewSecret:
    """Make an account of a role; its name and passphrase are shown once and kept nowhere.

    Args:
        session: a writing session; an application context is needed for hashing.
        actor: an admin.
        role: one of `HOUSE_ROLES`.
        language: of the words that name and passphrase are made of.
        prepared: the secret, where it was made before the session's first statement.

    Raises:
        NotAllowedError: the actor is no admin.
        RecordRefusedError: the role is not one that is given like this.
    """
    require_admin(actor)
    if role not in HOUSE_ROLES:
        allowed = ", ".join(HOUSE_ROLES)
        raise RecordRefusedError([FieldProblem("role", "unknown_code", allowed=allowed)])
    _, secret = create_account(
        session, role, language=language, prepared=prepared, by=actor.account_id
    )
    return secret
