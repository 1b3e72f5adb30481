"""An organisation says whether a rule that protects it may be set aside for one pairing.

It is asked before it may see the match, and learns no more than the answer needs: which rule,
what it says of this pair, and the kind of help; not from whom.
"""

from typing import Any

from sqlmodel import col, select

from registry.domain.audience import Audience
from registry.domain.errors import NotFoundError
from registry.domain.pipeline import STAYING_REVIEWS, Mover
from registry.identity.actor import Actor
from registry.identity.permissions import owned_organisations
from registry.services.matches.propose_matches import propose_again
from registry.services.matches.review_match import standing_of
from registry.services.matches.rule_lines import Speaker
from registry.services.matches.see_match import part_in
from registry.services.matches.verdicts import JudgedRule, read_rules
from registry.services.matches.write_review import sign_as, write_review
from registry.services.topics import MATCH_CHANGED
from registry.storage.database import RegistrySession
from registry.storage.matches import Match, Review
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.outbox import put_outbox
from search.codes import ReviewKind


def answer_waiver(
    session: RegistrySession,
    actor: Actor,
    match_id: str,
    *,
    rule: str,
    agrees: bool,
    note: str | None = None,
) -> dict[str, Any]:
    """Answer an officer who asks whether a rule may be set aside; a yes counts at once.

    Args:
        session: a writing session.
        actor: the organisation, or the hub that hosts it; nobody else, officers least of all.
        match_id: the match that the request names.
        rule: the rule that it asks for.
        agrees: yes, set it aside; no is written down too, as a note on the rule.
        note: anything that the officer should know.

    Returns:
        Where the match stands, `{"id", "version", "state"}`.

    Raises:
        NotFoundError: nobody asked this organisation about this rule of this match.
    """
    match = session.get(Match, match_id)
    if match is None or not _is_asked(session, actor, match, rule):
        raise NotFoundError
    kind = ReviewKind.WAIVE if agrees else ReviewKind.NOTE
    write_review(session, match, kind, sign_as(actor), rule=rule, note=note)
    put_outbox(session, MATCH_CHANGED, match.id)
    propose_again(session, match.id)
    session.flush()
    return standing_of(match)


def list_waiver_requests(
    session: RegistrySession, actor: Actor, *, language: str
) -> list[dict[str, Any]]:
    """List what officers ask an organisation to let be set aside.

    Each: `{"match", "need" (ids), "rule", "label", "sentence", "asked_on", "until", "category",
    "instrument", "flexibility", "proposed_amount"}`; `sentence` is None where it could name what
    an organisation does not read of an offer.
    """
    speaker = Speaker(language, Audience.ORGANISATION, own=("need", "organisation"))
    return [
        _request(session, speaker, match, judged)
        for match in _asked_matches(session, actor)
        for judged in read_rules(session, match)
        if judged.waiver_asked
    ]


def count_waiver_requests(session: RegistrySession, actor: Actor) -> int:
    """Count the rules an organisation is asked about, without opening what they say."""
    from registry.services.matches.waivers import read_waivers

    return sum(
        standing.is_asked
        for match in _asked_matches(session, actor)
        for standing in read_waivers(session, match).values()
    )


def _is_asked(session: RegistrySession, actor: Actor, match: Match, rule: str) -> bool:
    if part_in(session, actor, match) is not Mover.ORGANISATION or not _can_be_waived(match):
        return False
    return any(each.code == rule and each.waiver_asked for each in read_rules(session, match))


def _can_be_waived(match: Match) -> bool:
    return match.state in STAYING_REVIEWS[ReviewKind.WAIVE]


def _asked_matches(session: RegistrySession, actor: Actor) -> list[Match]:
    owned = select(col(Organisation.id)).where(owned_organisations(actor))
    waived = select(col(Review.match_id)).where(
        col(Review.kind) == ReviewKind.WAIVE, col(Review.organisation_id).in_(owned)
    )
    statement = (
        select(Match)
        .where(
            col(Match.id).in_(waived),
            col(Match.state).in_(STAYING_REVIEWS[ReviewKind.WAIVE]),
        )
        .order_by(col(Match.id))
    )
    return list(session.exec(statement))


def _request(
    session: RegistrySession, speaker: Speaker, match: Match, judged: JudgedRule
) -> dict[str, Any]:
    need, offer = session.get_one(Need, match.need_id), session.get_one(Offer, match.offer_id)
    assert judged.waiver is not None
    return {
        "match": match.id,
        "need": need.id,
        "rule": judged.code,
        "label": speaker.label(judged),
        "sentence": speaker.sentence(judged) if speaker.may_read(judged) else None,
        "asked_on": judged.waiver.given.day,
        "until": judged.waiver.until,
        "category": need.category,
        "instrument": offer.instrument,
        "flexibility": offer.flexibility,
        "proposed_amount": match.proposed_amount,
    }
