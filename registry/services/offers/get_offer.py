"""One offer, for whoever may know of it."""

from typing import Any

from registry.identity.actor import Actor
from registry.services.offers.find_offer import find_offer
from registry.services.offers.view_offer import view_offer
from registry.storage.database import RegistrySession


def get_offer(session: RegistrySession, actor: Actor, offer_id: str) -> dict[str, Any]:
    """Return an offer with the fields the actor may see.

    Raises:
        NotFoundError: there is none, or none that the actor may know of.
    """
    seen = find_offer(session, actor, offer_id)
    return view_offer(session, seen.offer, seen.audience)
