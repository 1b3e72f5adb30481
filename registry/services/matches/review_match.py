"""How every act on a match goes: see it, check page, state and obstacles; then write it down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.domain.errors import FieldProblem, InvalidMoveError, RecordRefusedError
from registry.domain.obstacles import Obstacle, ObstacleCode
from registry.domain.pipeline import Mover, reviews_from, state_after_review
from registry.domain.reasons import check_reason
from registry.identity.actor import SYSTEM, Actor
from registry.services.matches.move_match import move_match
from registry.services.matches.obstacles import find_obstacles
from registry.services.matches.see_match import (
    SeenMatch,
    check_page_version,
    see_match,
)
from registry.services.matches.write_review import sign_as, write_review
from registry.services.topics import MATCH_CHANGED
from registry.storage.accounts import has_account
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.outbox import put_outbox
from search.codes import MatchState, ReasonCode, ReviewKind

Act = Callable[..., dict[str, Any]]

DECIDED_BY = {ReviewKind.INTEREST: Mover.DONOR, ReviewKind.CONSENT: Mover.ORGANISATION}
"""Yeses that are a party's own; an officer speaks them only for one that has no account."""


@dataclass(frozen=True, slots=True)
class Step:
    """An act that may go on: on which match, in whose part, leading where."""

    match: Match
    part: Mover
    kind: ReviewKind
    leads_to: MatchState
    in_stead: bool = False


def begin_review(
    session: RegistrySession, actor: Actor, match_id: str, kind: ReviewKind, version: int | None
) -> Step:
    """Check everything that can refuse an act, before anything is written.

    Raises:
        NotFoundError: the actor sees no such match.
        ConflictError: it changed since the page with this version was made.
        InvalidMoveError: of the record `review`, with the kinds possible instead and, in `why`,
            what stands in the way besides the state.
    """
    seen = see_match(session, actor, match_id)
    check_page_version("match", seen.match.version, version)
    part = _part_taken(session, seen, kind)
    leads_to = state_after_review(MatchState(seen.match.state), kind, part)
    refuse_where_blocked(seen.match, kind, part, find_obstacles(session, seen.match, kind))
    return Step(seen.match, part, kind, leads_to, in_stead=part is not seen.part)


def finish_review(
    session: RegistrySession,
    actor: Actor,
    step: Step,
    *,
    reason_code: ReasonCode | None = None,
    rule: str | None = None,
    until: date | None = None,
    note: str | None = None,
) -> dict[str, Any]:
    """Write the act down: review, audit entry, state, and what the worker has to do.

    Returns:
        `standing_of` the match after it.

    Raises:
        ReasonMissingError: a refusal without a reason that this part may use.
        RecordRefusedError: an officer speaks for a party without saying how its word came.
    """
    check_reason(step.kind, reason_code, step.part)
    if step.in_stead and not note:
        raise RecordRefusedError([FieldProblem("note", "required")])
    match = step.match
    _take_on(actor, match)
    write_review(
        session,
        match,
        step.kind,
        sign_as(actor),
        reason_code=reason_code,
        rule=rule,
        until=until,
        note=note,
        detail=f"for_{step.part}" if step.in_stead else None,
    )
    if step.leads_to != match.state:
        move_match(session, match, step.leads_to, step.part)
    else:
        put_outbox(session, MATCH_CHANGED, match.id)
    session.flush()
    return standing_of(match)


def standing_of(match: Match) -> dict[str, Any]:
    """Return where a match stands after an act: `{"id", "version", "state"}`."""
    return {"id": match.id, "version": match.version, "state": MatchState(match.state)}


def refuse_where_blocked(
    match: Match, kind: ReviewKind, part: Mover, obstacles: list[Obstacle]
) -> None:
    """Refuse an act that something stands in the way of; the state alone would allow it."""
    if obstacles:
        others = tuple(each for each in reviews_from(MatchState(match.state), part) if each != kind)
        raise InvalidMoveError("review", match.state, kind, others, obstacles)


def obstacle_to_speaking(
    session: RegistrySession, match: Match, part: Mover, kind: ReviewKind
) -> Obstacle | None:
    """Say what keeps a part from a yes that is another party's own; None where nothing does."""
    owner = DECIDED_BY.get(kind)
    if owner is None or owner is part:
        return None
    if part is not Mover.OFFICER:
        return Obstacle(ObstacleCode.OTHER_PARTY)
    answers = (
        has_account(session, donor_id=match.donor_id)
        if owner is Mover.DONOR
        else has_account(session, organisation_id=match.organisation_id)
    )
    return Obstacle(ObstacleCode.PARTY_HAS_ACCOUNT) if answers else None


def _part_taken(session: RegistrySession, seen: SeenMatch, kind: ReviewKind) -> Mover:
    obstacle = obstacle_to_speaking(session, seen.match, seen.part, kind)
    refuse_where_blocked(seen.match, kind, seen.part, [obstacle] if obstacle else [])
    return DECIDED_BY.get(kind, seen.part)


def _take_on(actor: Actor, match: Match) -> None:
    """The first officer who acts on a match looks after it from then on."""
    if actor.is_officer and actor.account_id != SYSTEM and match.assigned_to_id is None:
        match.assigned_to_id = actor.account_id
