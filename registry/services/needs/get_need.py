"""One need, for whoever may know of it; a key's reading of its text leaves a trace."""

from typing import Any

from registry.domain.audience import Audience
from registry.domain.roles import Role, Scope
from registry.identity.actor import Actor
from registry.services.needs.count_text import count_text
from registry.services.needs.find_need import find_need
from registry.services.needs.open_dossier import officer_may_read
from registry.services.needs.view_need import view_need
from registry.storage.database import RegistrySession


def get_need(session: RegistrySession, actor: Actor, need_id: str) -> dict[str, Any]:
    """Return a need with the fields the actor may see.

    Its text stays unopened for an officer in a browser who did not open it today.

    Where `leaves_trace(actor)` says so, the session has to be one that writes.

    Raises:
        NotFoundError: there is none, or none that the actor may know of.
        LimitReachedError: the key's account has opened as many texts today as it may.
    """
    seen = find_need(session, actor, need_id)
    if seen.audience in (Audience.PARTNER_TEXT, Audience.OFFICER) and leaves_trace(actor):
        count_text(session, actor, need_id)
    texts = seen.audience is not Audience.OFFICER or officer_may_read(session, actor, need_id)
    return view_need(session, seen.need, seen.audience, texts=texts)


def leaves_trace(actor: Actor) -> bool:
    """Say whether this actor's reading of a need may be counted, so has to write."""
    is_counted = actor.role is Role.PARTNER or (actor.is_officer and actor.scopes is not None)
    return is_counted and actor.may(Scope.NEEDS_TEXT)
