"""Why a need and an offer fit or not: every rule, every part, and what would change it."""

from typing import Any

from sqlmodel import col, select

from registry.domain.errors import NotAllowedError
from registry.identity.actor import Actor
from registry.services.matches.judge_pair import judge_pair
from registry.services.matches.waivers import waivers_in_force
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from search.eligibility.words import Labels
from search.matching.explanation import explain


def explain_pair(
    session: RegistrySession,
    actor: Actor,
    need: Need,
    offer: Offer,
    language: str,
    *,
    labels: Labels,
) -> dict[str, Any]:
    """Judge a pair as it stands today and say so in one language; nothing is stored.

    Returns:
        What `search.matching.explanation.explain` says, with the ids of `need` and `offer`, the
        day `on`, and where the two are matched already, `match` with its `id` and `state`.

    Raises:
        NotAllowedError: the actor is no officer; the sides read what their match shows.
        KeyGoneError: one of the two deleted itself.
    """
    if not actor.is_officer:
        raise NotAllowedError
    match = _stored_match(session, need, offer)
    waivers = waivers_in_force(session, match) if match else ()
    judged = judge_pair(session, need, offer, waivers)
    return {
        "need": need.id,
        "offer": offer.id,
        "on": judged.evidence["on"],
        "match": {"id": match.id, "state": match.state} if match else None,
        **explain(judged.pairing, language, labels),
    }


def _stored_match(session: RegistrySession, need: Need, offer: Offer) -> Match | None:
    statement = select(Match).where(col(Match.need_id) == need.id, col(Match.offer_id) == offer.id)
    return session.exec(statement).first()
