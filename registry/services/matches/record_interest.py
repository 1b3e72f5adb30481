"""A donor says that it would help: from then on the organisation sees the offer."""

from typing import Any

from registry.identity.actor import Actor
from registry.services.matches.review_match import begin_review, finish_review
from registry.storage.database import RegistrySession
from search.codes import ReviewKind


def record_interest(
    session: RegistrySession,
    actor: Actor,
    match_id: str,
    *,
    note: str | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """Record the donor's yes; an officer may for a donor without an account, saying how it came.

    Returns:
        Where the match stands, `{"id", "version", "state"}`.

    Raises:
        NotFoundError, ConflictError, InvalidMoveError: see `begin_review`.
    """
    step = begin_review(session, actor, match_id, ReviewKind.INTEREST, version)
    return finish_review(session, actor, step, note=note)
