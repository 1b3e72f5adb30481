"""The side that asked takes its question back."""

from typing import Any

from registry.domain.errors import InvalidMoveError, NotAllowedError
from registry.domain.pipeline import moves_from
from registry.identity.actor import Actor
from registry.services.questions.view_question import find_question, may_withdraw, view_question
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from search.codes import QuestionState


def withdraw_question(session: RegistrySession, actor: Actor, question_id: str) -> dict[str, Any]:
    """Take a question off the page where it waits.

    Returns:
        The question; see `view_question`.

    Raises:
        NotFoundError: there is none, or it is neither from nor to the actor.
        InvalidMoveError: it was answered or taken back before.
        NotAllowedError: the actor did not ask it; any officer may for another.
    """
    question, part = find_question(session, actor, question_id)
    possible = moves_from("question", question.state, part)
    if QuestionState.WITHDRAWN not in possible:
        raise InvalidMoveError("question", question.state, QuestionState.WITHDRAWN, possible)
    if not may_withdraw(question, part):
        raise NotAllowedError
    question.state = QuestionState.WITHDRAWN
    session.add(question)
    session.flush()
    write_audit(session, actor.account_id, "question_withdrawn", question.id)
    return view_question(session, actor, question)
