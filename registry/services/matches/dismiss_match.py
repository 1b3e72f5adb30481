"""An officer sets a proposal aside: it stays away until its facts change."""

from typing import Any

from registry.identity.actor import Actor
from registry.services.matches.review_match import begin_review, finish_review
from registry.storage.database import RegistrySession
from search.codes import ReasonCode, ReviewKind


def dismiss_match(
    session: RegistrySession,
    actor: Actor,
    match_id: str,
    *,
    reason_code: ReasonCode | None,
    note: str | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """Set a proposal aside that nobody outside has seen yet.

    Returns:
        Where the match stands, `{"id", "version", "state"}`.

    Raises:
        ReasonMissingError: there is no reason, or one that this part may not use.
        NotFoundError, ConflictError, InvalidMoveError: see `begin_review`.
    """
    step = begin_review(session, actor, match_id, ReviewKind.DISMISS, version)
    return finish_review(session, actor, step, reason_code=reason_code, note=note)
