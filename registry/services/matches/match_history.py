"""What was done with a match, as people of each side may read it."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import col, select

from registry.domain.pipeline import Mover
from registry.domain.reasons import REFUSING_REVIEWS, reason_shown
from registry.identity.actor import Actor
from registry.services.matches.review_match import DECIDED_BY
from registry.services.matches.write_review import short_of
from registry.storage.awards import Award
from registry.storage.database import RegistrySession
from registry.storage.matches import Match, Review
from search.codes import ReasonCode, ReviewKind

SHOWN_TO_SIDES: dict[Mover, frozenset[ReviewKind]] = {
    Mover.DONOR: frozenset(
        {
            ReviewKind.OFFER,
            ReviewKind.INTEREST,
            ReviewKind.CONSENT,
            ReviewKind.AWARD,
            *REFUSING_REVIEWS,
        }
    ),
    Mover.ORGANISATION: frozenset(
        {ReviewKind.INTEREST, ReviewKind.CONSENT, ReviewKind.AWARD, *REFUSING_REVIEWS}
    ),
}
"""What the sides read of each other's and officers' acts; their own they always read."""

_OWN_ROLES = {
    Mover.DONOR: frozenset({"donor"}),
    Mover.ORGANISATION: frozenset({"organisation", "partner"}),
}


def match_history(
    session: RegistrySession, actor: Actor, match: Match, part: Mover
) -> list[dict[str, Any]]:
    """Return the acts on a match, oldest first, for one who sees the match in this part.

    Each: `{"sequence", "kind", "by_role", "by_me", "day"}` and, where there is one, `reason_code`,
    `note` (officers', and the reader's own), `rule`, `until`, `for_party` (an officer spoke for
    it), `amount` (of an award), `pinned` (of a pin), `by` (officers only: a short id). To the
    sides an officer's `dismiss` or `forbid` is a `decline`.
    """
    statement = (
        select(Review).where(col(Review.match_id) == match.id).order_by(col(Review.sequence))
    )
    reviews = session.exec(statement).all()
    if part is Mover.OFFICER:
        return _for_officers(session, actor, match, reviews)
    return [
        _for_side(session, actor, match, review, part)
        for review in reviews
        if review.kind in SHOWN_TO_SIDES[part] or review.by_role in _OWN_ROLES[part]
    ]


def _for_officers(
    session: RegistrySession, actor: Actor, match: Match, reviews: Iterable[Review]
) -> list[dict[str, Any]]:
    acts, pinned = [], False
    for review in reviews:
        act = _common(session, actor, match, review) | {
            "by": short_of(review.by_account_id),
            "reason_code": review.reason_code,
            "note": session.vault.read(review, "note"),
        }
        if review.kind == ReviewKind.PIN:
            pinned = not pinned
            act["pinned"] = pinned
        acts.append(_without_absent(act))
    return acts


def _for_side(
    session: RegistrySession, actor: Actor, match: Match, review: Review, part: Mover
) -> dict[str, Any]:
    act = _common(session, actor, match, review)
    own = review.by_role in _OWN_ROLES[part]
    if review.kind in REFUSING_REVIEWS and not own:
        act["kind"] = ReviewKind.DECLINE
    if review.reason_code and (own or review.kind == ReviewKind.DECLINE):
        by = _mover_of(review)
        act["reason_code"] = reason_shown(ReasonCode(review.reason_code), to=part, by=by)
    if own:
        act["note"] = session.vault.read(review, "note")
    return _without_absent(act)


def _common(session: RegistrySession, actor: Actor, match: Match, review: Review) -> dict[str, Any]:
    kind = ReviewKind(review.kind)
    return {
        "sequence": review.sequence,
        "kind": kind,
        "by_role": review.by_role,
        "by_me": review.by_account_id == actor.account_id,
        "day": review.day,
        "rule": review.rule,
        "until": review.until,
        "for_party": DECIDED_BY.get(kind) if review.by_role == Mover.OFFICER else None,
        "amount": _awarded(session, match) if kind is ReviewKind.AWARD else None,
    }


def _mover_of(review: Review) -> Mover:
    for part, roles in _OWN_ROLES.items():
        if review.by_role in roles:
            return part
    return Mover(review.by_role)


def _awarded(session: RegistrySession, match: Match) -> Any:
    statement = select(col(Award.amount)).where(col(Award.match_id) == match.id)
    return session.exec(statement).first()


def _without_absent(act: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in act.items() if value is not None}
