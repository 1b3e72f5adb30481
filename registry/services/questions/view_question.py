"""A question as the one who asked and the one who was asked may read it."""

from typing import Any

from registry.domain.errors import NotFoundError
from registry.domain.pipeline import Mover, moves_from
from registry.identity.actor import Actor
from registry.services.questions.about import AboutKind, Concerned, own_side
from registry.storage.accounts import has_account
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.questions import Question
from search.codes import Party, QuestionState


def find_question(
    session: RegistrySession, actor: Actor, question_id: str
) -> tuple[Question, Mover]:
    """Return a question and as whom the actor reads it.

    Raises:
        NotFoundError: there is none, or it is neither from nor to the actor.
    """
    question = session.get(Question, question_id)
    part = part_in_question(session, actor, question) if question else None
    if question is None or part is None:
        raise NotFoundError
    return question, part


def part_in_question(session: RegistrySession, actor: Actor, question: Question) -> Mover | None:
    """Return as whom the actor reads a question: an officer, the party concerned, or nobody."""
    if actor.is_officer:
        return Mover.OFFICER
    own = own_side(session, actor, Concerned(question.organisation_id, question.donor_id))
    return Mover(own) if own else None


def view_question(session: RegistrySession, actor: Actor, question: Question) -> dict[str, Any]:
    """Return a question for one who may read it; texts are opened.

    `{"id", "about_kind", "about", "to_role", "asked_by" (a role), "asked_by_me", "text",
    "answer", "state", "asked_on", "answered_on", "waits_for_me", "may_answer", "may_withdraw"}`,
    and for officers `organisation` or `donor` (ids). A party is not told of a match before it may
    see it: to it the question is about its own need or offer.
    """
    part = part_in_question(session, actor, question)
    kind, about = _about_as_seen(session, question, part)
    is_open = question.state == QuestionState.OPEN
    asked = question.to_role == part
    view = {
        "id": question.id,
        "about_kind": kind,
        "about": about,
        "to_role": Party(question.to_role),
        "asked_by": question.asked_by_role,
        "asked_by_me": question.asked_by_id == actor.account_id,
        "text": session.vault.read(question, "text"),
        "answer": session.vault.read(question, "answer"),
        "state": QuestionState(question.state),
        "asked_on": question.asked_on,
        "answered_on": question.answered_on,
        "waits_for_me": is_open and asked,
        "may_answer": is_open and part is not None and may_answer(session, question, part),
        "may_withdraw": is_open and part is not None and may_withdraw(question, part),
    }
    if part is Mover.OFFICER:
        view |= {"organisation": question.organisation_id, "donor": question.donor_id}
    return view


def may_answer(session: RegistrySession, question: Question, part: Mover) -> bool:
    """Say whether this part may answer: the one asked, or an officer for one without an account."""
    if QuestionState.ANSWERED not in moves_from("question", question.state, part):
        return False
    if question.to_role == part:
        return True
    return part is Mover.OFFICER and not has_account(
        session,
        organisation_id=question.organisation_id or "",
        donor_id=question.donor_id or "",
    )


def may_withdraw(question: Question, part: Mover) -> bool:
    """Say whether this part may take a question back: only the side that asked it."""
    return question.to_role != part


def _about_as_seen(
    session: RegistrySession, question: Question, part: Mover | None
) -> tuple[AboutKind, str]:
    kind = AboutKind(question.about_kind)
    if kind is not AboutKind.MATCH or part is Mover.OFFICER:
        return kind, question.about_id
    match = session.get(Match, question.about_id)
    if match is None:
        return kind, question.about_id
    if part is Mover.DONOR:
        return (kind, match.id) if match.offered_on else (AboutKind.OFFER, match.offer_id)
    return (kind, match.id) if match.interested_on else (AboutKind.NEED, match.need_id)
