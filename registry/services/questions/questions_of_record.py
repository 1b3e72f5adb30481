"""The questions about one record, for those who may ask about it themselves."""

from typing import Any

from sqlmodel import col, or_, select

from registry.domain.errors import NotFoundError
from registry.identity.actor import Actor
from registry.services.questions.about import AboutKind, find_concerned
from registry.services.questions.answer_question import answer_question
from registry.services.questions.list_questions import list_questions
from registry.storage.database import RegistrySession
from registry.storage.matches import Match


def questions_about(
    session: RegistrySession, actor: Actor, kind: AboutKind, record_id: str
) -> list[dict[str, Any]]:
    """List the questions about a record as the actor sees them; see `view_question`.

    A question about a match that a side may not see yet is, to it, about its need or offer.

    Raises:
        NotFoundError: there is no such record, or none that the actor may ask about.
    """
    find_concerned(session, actor, kind, record_id)
    paired = or_(col(Match.need_id) == record_id, col(Match.offer_id) == record_id)
    matches = session.exec(select(col(Match.id)).where(paired)).all()
    found = list_questions(session, actor, about=(record_id, *matches))
    return [question for question in found if question["about"] == record_id]


def answer_about(
    session: RegistrySession,
    actor: Actor,
    kind: AboutKind,
    record_id: str,
    *,
    question_id: str,
    text: str,
) -> dict[str, Any]:
    """Answer a question about a record; see `answer_question`.

    Raises:
        NotFoundError: there is no such question about it that the actor may read.
        InvalidMoveError, NotAllowedError, RecordRefusedError: as for `answer_question`.
    """
    known = questions_about(session, actor, kind, record_id)
    if question_id not in {question["id"] for question in known}:
        raise NotFoundError
    return answer_question(session, actor, question_id, text)
