"""A need that goes from one status to another."""

from typing import Any

from registry.identity.actor import Actor
from registry.services.needs.change_need import change_need
from registry.storage.database import RegistrySession
from search.codes import NeedStatus


def move_need(
    session: RegistrySession,
    actor: Actor,
    need_id: str,
    status: NeedStatus,
    version: int | None,
) -> dict[str, Any]:
    """Give a need another status; raises what `change_need` raises."""
    return change_need(session, actor, need_id, {"status": status}, version)
