"""An offer that goes from one status to another."""

from typing import Any

from registry.identity.actor import Actor
from registry.services.offers.change_offer import change_offer
from registry.storage.database import RegistrySession
from search.codes import OfferStatus


def move_offer(
    session: RegistrySession,
    actor: Actor,
    offer_id: str,
    status: OfferStatus,
    version: int | None,
) -> dict[str, Any]:
    """Give an offer another status; raises what `change_offer` raises."""
    return change_offer(session, actor, offer_id, {"status": status}, version)
