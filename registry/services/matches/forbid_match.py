"""An officer decides that two parties are never to be paired by this need and offer."""

from typing import Any

from registry.identity.actor import Actor
from registry.services.matches.review_match import begin_review, finish_review, standing_of
from registry.storage.database import RegistrySession
from search.codes import ReasonCode, ReviewKind


def forbid_match(
    session: RegistrySession,
    actor: Actor,
    match_id: str,
    *,
    reason_code: ReasonCode | None,
    note: str | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """End a match for good: the pair is not proposed again, whatever changes.

    Returns:
        Where the match stands, `{"id", "version", "state"}`.

    Raises:
        ReasonMissingError: there is no reason, or one that officers may not use.
        NotFoundError, ConflictError, InvalidMoveError: see `begin_review`.
    """
    step = begin_review(session, actor, match_id, ReviewKind.FORBID, version)
    finish_review(session, actor, step, reason_code=reason_code, note=note)
    step.match.forbidden = True
    session.flush()
    return standing_of(step.match)
