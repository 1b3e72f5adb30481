"""Saying no to a match: by an officer, the donor or the organisation; one at a time or many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from registry.domain.errors import FieldProblem, NotAllowedError, RecordRefusedError
from registry.domain.pipeline import STAYING_REVIEWS
from registry.identity.actor import Actor
from registry.services.matches.review_match import begin_review, finish_review
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from search.codes import ReasonCode, ReviewKind

MOST_AT_ONCE = 100
UNSEEN_STATES = STAYING_REVIEWS[ReviewKind.PIN]


@dataclass(frozen=True, slots=True)
class DeclinedMany:
    """What became of many: ids that were declined, and ids that somebody moved on before."""

    declined: tuple[str, ...]
    left_alone: tuple[str, ...]


def decline_match(
    session: RegistrySession,
    actor: Actor,
    match_id: str,
    *,
    reason_code: ReasonCode | None,
    note: str | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """Decline a match, or after one's own yes take the yes back: then it is `withdrawn`.

    Returns:
        Where the match stands, `{"id", "version", "state"}`.

    Raises:
        ReasonMissingError: there is no reason, or one that this part may not use.
        NotFoundError, ConflictError, InvalidMoveError: see `begin_review`.
    """
    step = begin_review(session, actor, match_id, ReviewKind.DECLINE, version)
    return finish_review(session, actor, step, reason_code=reason_code, note=note)


def decline_many(
    session: RegistrySession,
    actor: Actor,
    match_ids: Sequence[str],
    *,
    reason_code: ReasonCode | None,
    note: str | None = None,
) -> DeclinedMany:
    """Decline proposals that nobody outside has seen yet, all with one reason.

    What a colleague has offered or ended in the meantime is left alone, and named.

    Raises:
        NotAllowedError: the actor is no officer.
        RecordRefusedError: nothing was chosen, or more than a hundred.
        ReasonMissingError: there is no reason, or one that officers may not use.
    """
    if not actor.is_officer:
        raise NotAllowedError
    wanted = tuple(dict.fromkeys(match_ids))
    if not wanted:
        raise RecordRefusedError([FieldProblem("matches", "required")])
    if len(wanted) > MOST_AT_ONCE:
        raise RecordRefusedError([FieldProblem("matches", "too_many", max=MOST_AT_ONCE)])
    statement = select(Match).where(col(Match.id).in_(wanted)).order_by(col(Match.id))
    unseen = [match.id for match in session.exec(statement) if match.state in UNSEEN_STATES]
    for match_id in unseen:
        decline_match(session, actor, match_id, reason_code=reason_code, note=note)
    return DeclinedMany(tuple(unseen), tuple(each for each in wanted if each not in unseen))
