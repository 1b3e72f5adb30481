"""Finding an offer, with its donor, that the actor may know of."""

from dataclasses import dataclass

from registry.domain.audience import Audience
from registry.domain.errors import NotFoundError
from registry.identity.actor import Actor
from registry.identity.permissions import audience_of_offer
from registry.services.organisations.find_organisation import own_organisation
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.offers import Offer


@dataclass(frozen=True, slots=True)
class SeenOffer:
    """An offer, whose it is, and how the actor sees it."""

    offer: Offer
    donor: Donor
    audience: Audience


def find_offer(session: RegistrySession, actor: Actor, offer_id: str) -> SeenOffer:
    """Return an offer and how the actor sees it.

    Raises:
        NotFoundError: there is none, or none that the actor may know of.
    """
    offer = session.get(Offer, offer_id)
    if offer is None:
        raise NotFoundError
    donor = session.get_one(Donor, offer.donor_id)
    audience = audience_of_offer(actor, offer, donor, own=own_organisation(session, actor))
    if audience is None:
        raise NotFoundError
    return SeenOffer(offer, donor, audience)
