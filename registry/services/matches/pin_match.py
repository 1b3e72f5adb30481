"""An officer keeps a proposal on top of its need's list, or lets it sink again."""

from typing import Any

from registry.identity.actor import Actor
from registry.services.matches.review_match import begin_review, finish_review, standing_of
from registry.storage.database import RegistrySession
from search.codes import ReviewKind


def pin_match(
    session: RegistrySession,
    actor: Actor,
    match_id: str,
    *,
    pinned: bool = True,
    note: str | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """Pin a proposal, or with `pinned=False` let go of it; to ask for what stands changes nothing.

    Reviews of this kind therefore alternate: the first pins, the next lets go.

    Returns:
        Where the match stands, `{"id", "version", "state"}`.

    Raises:
        NotFoundError, ConflictError, InvalidMoveError: see `begin_review`.
    """
    step = begin_review(session, actor, match_id, ReviewKind.PIN, version)
    if step.match.pinned == pinned:
        return standing_of(step.match)
    step.match.pinned = pinned
    return finish_review(session, actor, step, note=note)
