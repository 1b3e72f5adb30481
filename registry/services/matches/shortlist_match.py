"""An officer puts a proposal on the short list: worth showing to the donor."""

from typing import Any

from registry.identity.actor import Actor
from registry.services.matches.review_match import begin_review, finish_review
from registry.storage.database import RegistrySession
from search.codes import ReviewKind


def shortlist_match(
    session: RegistrySession,
    actor: Actor,
    match_id: str,
    *,
    note: str | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """Put a proposal on the short list; its organisation has to be trusted by then.

    Returns:
        Where the match stands, `{"id", "version", "state"}`.

    Raises:
        NotFoundError, ConflictError, InvalidMoveError: see `begin_review`.
    """
    step = begin_review(session, actor, match_id, ReviewKind.SHORTLIST, version)
    return finish_review(session, actor, step, note=note)
