"""What a reader can do with a match now, and why the rest is not possible."""

from typing import Any

from registry.domain.errors import InvalidMoveError
from registry.domain.obstacles import OBSTACLES, Obstacle, ObstacleCode
from registry.domain.pipeline import MATCH, STAYING_REVIEWS, Mover, state_after_review
from registry.domain.reasons import REASONS, REFUSING_REVIEWS
from registry.services.matches.obstacles import find_obstacles
from registry.services.matches.review_match import DECIDED_BY, obstacle_to_speaking
from registry.services.matches.see_match import SeenMatch
from registry.storage.database import RegistrySession
from search.codes import MatchState, ReviewKind


def list_moves(session: RegistrySession, seen: SeenMatch) -> list[dict[str, Any]]:
    """Return every review that this part ever makes of a match, in the order of a match's life.

    Each: `{"kind", "possible", "leads_to", "in_stead", "why", "reasons"}`. `why` lists what
    stands in the way, `{"code", "rule", "sentence"}` with an English msgid; `reasons` are the
    codes to choose from where a reason is needed; `in_stead` is set where an officer would speak
    for a party without an account, and has to say in a note how its word came.
    """
    return [_move(session, seen, kind) for kind in _kinds_of(session, seen)]


def _kinds_of(session: RegistrySession, seen: SeenMatch) -> list[ReviewKind]:
    own = [move.kind for move in MATCH.moves if move.kind and seen.part in move.by]
    if seen.part is Mover.OFFICER:
        own += [*STAYING_REVIEWS, *_spoken_for(session, seen)]
    return [kind for kind in ReviewKind if kind in own]


def _spoken_for(session: RegistrySession, seen: SeenMatch) -> list[ReviewKind]:
    """The yeses of parties that have no account to give them with."""
    return [
        kind
        for kind in DECIDED_BY
        if obstacle_to_speaking(session, seen.match, seen.part, kind) is None
    ]


def _move(session: RegistrySession, seen: SeenMatch, kind: ReviewKind) -> dict[str, Any]:
    part = DECIDED_BY.get(kind, seen.part)
    leads_to = _leads_to(seen, kind, part)
    obstacles = (
        find_obstacles(session, seen.match, kind)
        if leads_to is not None
        else [Obstacle(ObstacleCode.STATE)]
    )
    return {
        "kind": kind,
        "possible": not obstacles,
        "leads_to": leads_to,
        "in_stead": part is not seen.part,
        "why": [_why(obstacle) for obstacle in obstacles],
        "reasons": REASONS[part] if kind in REFUSING_REVIEWS else (),
    }


def _leads_to(seen: SeenMatch, kind: ReviewKind, part: Mover) -> MatchState | None:
    try:
        return state_after_review(MatchState(seen.match.state), kind, part)
    except InvalidMoveError:
        return None


def _why(obstacle: Obstacle) -> dict[str, Any]:
    return {
        "code": obstacle.code,
        "rule": obstacle.rule,
        "sentence": OBSTACLES[obstacle.code],
    }
