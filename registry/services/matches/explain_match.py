"""A stored match explained as it stands today: why not, and the smallest change."""

from typing import Any

from registry.domain.errors import NotAllowedError
from registry.identity.actor import Actor
from registry.services.matches.explain_pair import explain_pair
from registry.services.matches.see_match import see_match
from registry.services.name_code import name_code
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.offers import Offer


def explain_match(
    session: RegistrySession, actor: Actor, match_id: str, language: str
) -> dict[str, Any]:
    """Return what `explain_pair` says of a match's need and offer.

    Raises:
        NotFoundError: there is none, or none that the actor may see yet.
        NotAllowedError: the actor is one of its sides, which read what their match shows.
        KeyGoneError: one of the two deleted itself.
    """
    match = see_match(session, actor, match_id).match
    if not actor.is_officer:
        raise NotAllowedError
    need, offer = session.get_one(Need, match.need_id), session.get_one(Offer, match.offer_id)
    return explain_pair(session, actor, need, offer, language, labels=name_code)
