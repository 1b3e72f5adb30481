"""An officer begins a programme."""

from typing import Any

from registry.domain.errors import FieldProblem, NotAllowedError, RecordRefusedError
from registry.identity.actor import Actor
from registry.services.programmes.get_programme import get_programme
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.programmes import new_programme


def add_programme(session: RegistrySession, actor: Actor, *, name: str | None) -> dict[str, Any]:
    """Begin a programme with the house's weights and every rule; no offer belongs to it yet.

    Returns:
        It, as `get_programme` does.

    Raises:
        NotAllowedError: the actor is no officer.
        RecordRefusedError: it has no name.
    """
    if not actor.is_officer:
        raise NotAllowedError
    if not name:
        raise RecordRefusedError([FieldProblem("name", "required")])
    row = new_programme(session.today)
    session.vault.keys.make_key(row.id)
    session.vault.write(row, "name", name)
    session.add(row)
    session.flush()
    write_audit(session, actor.account_id, "programme_added", row.id)
    return get_programme(session, actor, row.id)
