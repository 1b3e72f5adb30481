"""Taking back a yes that one gave, before or after the introduction."""

from typing import Any

from registry.domain.errors import InvalidMoveError
from registry.domain.pipeline import moves_from
from registry.identity.actor import Actor
from registry.services.matches.review_match import begin_review, finish_review
from registry.storage.database import RegistrySession
from search.codes import MatchState, ReasonCode, ReviewKind


def withdraw_match(
    session: RegistrySession,
    actor: Actor,
    match_id: str,
    *,
    reason_code: ReasonCode | None,
    note: str | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """Take a yes back; what the other side has read by then cannot be taken back.

    Returns:
        Where the match stands, `{"id", "version", "state"}`; the state is `withdrawn`.

    Raises:
        InvalidMoveError: this part has said no yes that it could take back.
        ReasonMissingError: there is no reason, or one that this part may not use.
        NotFoundError, ConflictError: see `begin_review`.
    """
    step = begin_review(session, actor, match_id, ReviewKind.DECLINE, version)
    if step.leads_to is not MatchState.WITHDRAWN:
        state = step.match.state
        possible = moves_from("match", state, step.part)
        raise InvalidMoveError("match", state, MatchState.WITHDRAWN, possible)
    return finish_review(session, actor, step, reason_code=reason_code, note=note)
