"""The urgency that an officer stands for: it scores, the stated one only asks."""

from typing import Any

from registry.domain.audience import Audience
from registry.domain.errors import NotAllowedError
from registry.identity.actor import Actor
from registry.services.changes import check_version
from registry.services.needs.find_need import find_need
from registry.services.needs.view_need import view_need
from registry.services.topics import NEED_CHANGED
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.outbox import put_outbox
from search.codes import Urgency


def confirm_urgency(
    session: RegistrySession, actor: Actor, need_id: str, urgency: Urgency, version: int | None
) -> dict[str, Any]:
    """Set the confirmed urgency of a need; the same one again changes nothing.

    Raises:
        NotFoundError: there is none that the actor may know of.
        NotAllowedError: the actor is no officer.
        VersionMissingError: it is not said which version of the need the officer looked at.
        ConflictError: somebody changed the need since.
    """
    need = find_need(session, actor, need_id).need
    if not actor.is_officer:
        raise NotAllowedError
    if need.urgency_confirmed != urgency:
        check_version("need", need, version)
        need.urgency_confirmed = urgency
        session.flush()
        write_audit(session, actor.account_id, "urgency_confirmed", need.id, urgency)
        put_outbox(session, NEED_CHANGED, need.id)
    return view_need(session, need, Audience.OFFICER)
