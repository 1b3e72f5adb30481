"""Finding a need, with its organisation, that the actor may know of."""

from dataclasses import dataclass

from registry.domain.audience import Audience
from registry.domain.errors import NotFoundError
from registry.identity.actor import Actor
from registry.identity.permissions import audience_of_need
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.organisations import Organisation


@dataclass(frozen=True, slots=True)
class SeenNeed:
    """A need, whose it is, and how the actor sees it."""

    need: Need
    organisation: Organisation
    audience: Audience


def find_need(session: RegistrySession, actor: Actor, need_id: str) -> SeenNeed:
    """Return a need and how the actor sees it.

    Raises:
        NotFoundError: there is none, or none that the actor may know of.
    """
    need = session.get(Need, need_id)
    if need is None:
        raise NotFoundError
    organisation = session.get_one(Organisation, need.organisation_id)
    audience = audience_of_need(actor, need, organisation)
    if audience is None:
        raise NotFoundError
    return SeenNeed(need, organisation, audience)
