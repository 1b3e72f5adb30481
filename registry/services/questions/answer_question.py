"""The one who was asked answers, once."""

from typing import Any

from registry.domain.errors import (
    FieldProblem,
    InvalidMoveError,
    NotAllowedError,
    RecordRefusedError,
)
from registry.domain.pipeline import moves_from
from registry.identity.actor import Actor
from registry.services.questions.view_question import find_question, may_answer, view_question
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from search.codes import QuestionState


def answer_question(
    session: RegistrySession, actor: Actor, question_id: str, text: str
) -> dict[str, Any]:
    """Answer a question; an officer may write down the answer of a party without an account.

    Returns:
        The question; see `view_question`.

    Raises:
        NotFoundError: there is none, or it is neither from nor to the actor.
        InvalidMoveError: it was answered or taken back before.
        NotAllowedError: somebody else was asked.
        RecordRefusedError: there is no text.
    """
    if not text:
        raise RecordRefusedError([FieldProblem("answer", "required")])
    question, part = find_question(session, actor, question_id)
    possible = moves_from("question", question.state, part)
    if QuestionState.ANSWERED not in possible:
        raise InvalidMoveError("question", question.state, QuestionState.ANSWERED, possible)
    if not may_answer(session, question, part):
        raise NotAllowedError
    session.vault.write(question, "answer", text)
    question.state = QuestionState.ANSWERED
    question.answered_on = session.today
    session.add(question)
    session.flush()
    detail = None if question.to_role == part else f"for_{question.to_role}"
    write_audit(session, actor.account_id, "question_answered", question.id, detail)
    return view_question(session, actor, question)
