"""What the owner of an offer or of a need is told of the day's count, as far as it may know it."""

from dataclasses import asdict
from typing import Any

from registry.domain.audience import Audience
from registry.domain.errors import NotFoundError
from registry.identity.actor import Actor
from registry.services.needs.find_need import find_need
from registry.services.offers.find_offer import find_offer
from registry.services.reach.read_reach import read_told
from registry.storage.database import RegistrySession
from registry.storage.reach import PartyId
from search.codes import MATCHED_NEED_STATUSES, MATCHED_OFFER_STATUSES
from search.eligibility import sentences


def tell_offer_reach(
    session: RegistrySession, actor: Actor, offer_id: str, language: str
) -> dict[str, Any]:
    """Tell a donor how many needs its offer reaches, and would gain without one of its limits.

    Returns:
        `{"offer", "counted_on", "needs", "rules": [{"rule", "label", "newly_eligible",
        "competitive", "net"}]}`, numbers in tens with 0 for fewer than ten. Nothing is told (None,
        no rules) to a donor that is not verified, before the first count, beyond the numbers of
        three months, and of an offer that excludes anybody.

    Raises:
        NotFoundError: there is none, or it is not the actor's own.
    """
    seen = find_offer(session, actor, offer_id)
    if seen.audience is not Audience.OWNER:
        raise NotFoundError
    told = read_told(session, PartyId(donor_id=seen.donor.id))
    is_open = seen.offer.status in MATCHED_OFFER_STATUSES
    relaxed = told.of_relaxed(offer_id) if is_open else []
    return {
        "offer": offer_id,
        "counted_on": told.counted_on,
        "needs": told.of_offer(offer_id),
        "rules": [_labelled(asdict(each), language) for each in relaxed],
    }


def tell_need_reach(
    session: RegistrySession, actor: Actor, need_id: str, language: str
) -> dict[str, Any]:
    """Tell an organisation how many more donors' offers would fit without one of its limits.

    Returns:
        `{"need", "counted_on", "rules": [{"rule", "label", "offers": few, some or many}]}`. Nothing
        is told (None, no rules) where nobody vouches for the organisation, of a need that is not
        open, and before the first count.

    Raises:
        NotFoundError: there is none, or it is not the actor's own.
    """
    seen = find_need(session, actor, need_id)
    if seen.audience is not Audience.OWNER:
        raise NotFoundError
    told = read_told(session, PartyId(organisation_id=seen.need.organisation_id))
    is_open = seen.need.status in MATCHED_NEED_STATUSES
    limits = told.of_limits(need_id) if is_open else {}
    return {
        "need": need_id,
        "counted_on": told.counted_on,
        "rules": [
            _labelled({"rule": rule, "offers": word}, language) for rule, word in limits.items()
        ],
    }


def _labelled(line: dict[str, Any], language: str) -> dict[str, Any]:
    return line | {"label": sentences.label(line["rule"], language)}
