"""An organisation says yes to the help that was offered, and both sides are introduced."""

from typing import Any

from registry.domain.pipeline import Mover
from registry.identity.actor import Actor
from registry.services.matches.move_match import move_match
from registry.services.matches.review_match import begin_review, finish_review, standing_of
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from search.codes import MatchState, ReviewKind


def consent_match(
    session: RegistrySession,
    actor: Actor,
    match_id: str,
    *,
    note: str | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """Record the organisation's yes; the introduction follows from it in the same transaction.

    Its hub may speak for an organisation that it hosts; an officer only for one without an
    account, saying in the note how the yes came.

    Returns:
        Where the match stands, `{"id", "version", "state"}`; the state is `introduced`.

    Raises:
        NotFoundError, ConflictError, InvalidMoveError: see `begin_review`.
    """
    step = begin_review(session, actor, match_id, ReviewKind.CONSENT, version)
    finish_review(session, actor, step, note=note)
    move_match(session, step.match, MatchState.INTRODUCED, Mover.WORKER)
    session.flush()
    write_audit(session, actor.account_id, "match_introduced", match_id)
    return standing_of(step.match)
