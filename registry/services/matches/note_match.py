"""An officer writes down what the next one should know."""

from typing import Any

from registry.domain.errors import FieldProblem, RecordRefusedError
from registry.identity.actor import Actor
from registry.services.matches.review_match import begin_review, finish_review
from registry.storage.database import RegistrySession
from search.codes import ReviewKind


def note_match(
    session: RegistrySession,
    actor: Actor,
    match_id: str,
    *,
    note: str | None,
    version: int | None = None,
) -> dict[str, Any]:
    """Write a note on a match in any state; only officers read it.

    Returns:
        Where the match stands, `{"id", "version", "state"}`.

    Raises:
        RecordRefusedError: there is nothing in the note.
        NotFoundError, ConflictError, InvalidMoveError: see `begin_review`.
    """
    if not note:
        raise RecordRefusedError([FieldProblem("note", "required")])
    step = begin_review(session, actor, match_id, ReviewKind.NOTE, version)
    return finish_review(session, actor, step, note=note)
