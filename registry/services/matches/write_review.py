"""The one place where a review becomes a row, with its entry in the audit trail."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import col, func, select

from registry.domain.identifiers import new_id
from registry.identity.actor import SYSTEM, Actor
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.matches import Match, Review
from search.codes import ReasonCode, ReviewKind

SHORT = 4
"""Hex digits of an account id by which officers tell each other apart: accounts have no names."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who made a review: an account (or the house itself) and the role that readers are shown."""

    account_id: str
    role: str


def sign_as(actor: Actor) -> Signature:
    """Return how an actor's reviews are signed; officers and admins alike sign as `officer`."""
    return Signature(actor.account_id, "officer" if actor.is_officer else str(actor.role))


def short_of(account_id: str | None) -> str | None:
    """Return what officers read instead of a colleague's name; None for the house itself."""
    return account_id[:SHORT] if account_id and account_id != SYSTEM else None


def write_review(
    session: RegistrySession,
    match: Match,
    kind: ReviewKind,
    by: Signature,
    *,
    reason_code: ReasonCode | None = None,
    rule: str | None = None,
    until: date | None = None,
    note: str | None = None,
    detail: str | None = None,
) -> Review:
    """Write a review, its note guarded by the organisation's key, and its audit entry.

    The match gets a new version, so that whoever looks at an older page is told before deciding.
    `detail` is what the audit entry says beyond the act; a reason or a rule says it otherwise.
    """
    review = Review(
        id=new_id(),
        match_id=match.id,
        organisation_id=match.organisation_id,
        sequence=_next_sequence(session, match.id),
        kind=kind,
        by_role=by.role,
        by_account_id=None if by.account_id == SYSTEM else by.account_id,
        reason_code=reason_code,
        rule=rule,
        until=until,
        day=session.today,
    )
    session.vault.write(review, "note", note or None)
    session.add(review)
    flag_modified(match, "moved_on")
    session.add(match)
    session.flush()
    write_audit(session, by.account_id, f"match_{kind}", match.id, detail or reason_code or rule)
    return review


def _next_sequence(session: RegistrySession, match_id: str) -> int:
    newest = select(func.max(col(Review.sequence))).where(col(Review.match_id) == match_id)
    return (session.exec(newest).one() or 0) + 1
