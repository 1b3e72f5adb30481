"""Why a need and an offer fit or not: every rule, every part, and what would change it."""

from typing import Any

from sqlmodel import col, select

from registry.domain.errors import NotAllowedError
from registry.identity.actor import Actor
from registry.services.matches.judge_pair import judge_sides
from registry.services.matches.match_run import MatchRun
from registry.services.matches.waivers import waivers_in_force
from registry.services.matches.why_not import find_why_not
from registry.services.programmes.get_programme import name_programme
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.eligibility.words import Labels
from search.matching.changes.explain_changes import explain_changes
from search.matching.changes.smallest import excused_rules, find_smallest
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
        day `on`, where the two are matched already, `match` with its `id` and `state`, and by what
        it is judged: `programme` (id), `programme_name` (None for the general one),
        `programme_version` (number), `rules_version`. With it `why_not` (see `find_why_not`), and
        `changes` and `beyond` (see `explain_changes`).

    Raises:
        NotAllowedError: the actor is no officer; the sides read what their match shows.
        KeyGoneError: one of the two deleted itself.
    """
    if not actor.is_officer:
        raise NotAllowedError
    match = _stored_match(session, need, offer)
    waivers = waivers_in_force(session, match) if match else ()
    run = MatchRun(session)
    asking = (need, session.get_one(Organisation, need.organisation_id))
    giving = (offer, session.get_one(Donor, offer.donor_id))
    judged, pair = judge_sides(run, asking, giving, waivers), run.pair_of(*asking, *giving)
    smallest = find_smallest(pair, excused_rules(judged.pairing.assessment.verdicts))
    terms = run.terms_of(offer)
    return {
        "need": need.id,
        "offer": offer.id,
        "on": judged.evidence["on"],
        "match": {"id": match.id, "state": match.state} if match else None,
        "programme": terms.programme_id,
        "programme_name": name_programme(session, terms.programme_id),
        "programme_version": terms.number,
        "rules_version": judged.rules_version,
        "why_not": find_why_not(session, match, need.id, pair, judged.pairing),
        **explain(judged.pairing, language, labels, terms.weights),
        **explain_changes(smallest, language, labels),
    }


def _stored_match(session: RegistrySession, need: Need, offer: Offer) -> Match | None:
    statement = select(Match).where(col(Match.need_id) == need.id, col(Match.offer_id) == offer.id)
    return session.exec(statement).first()
