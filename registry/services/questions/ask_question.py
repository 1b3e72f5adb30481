"""Somebody asks a party something that is in no form."""

from typing import Any, TypeVar

from registry.domain.errors import FieldProblem, NotAllowedError, RecordRefusedError
from registry.domain.identifiers import new_id
from registry.identity.actor import SYSTEM, Actor
from registry.services.matches.write_review import sign_as
from registry.services.questions.about import (
    AboutKind,
    Concerned,
    find_concerned,
    narrow_to,
    own_side,
)
from registry.services.questions.list_questions import list_questions
from registry.services.questions.view_question import view_question
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.questions import Question
from search.codes import Party, QuestionState

Code = TypeVar("Code", AboutKind, Party)


def ask_question(
    session: RegistrySession,
    actor: Actor,
    about_kind: str,
    about_id: str,
    *,
    to_role: str,
    text: str,
    rule_question: str | None = None,
) -> dict[str, Any]:
    """Put a question on somebody's page; it waits there until it is answered or taken back.

    Args:
        session: a writing session.
        actor: an officer asking a party, or a party (or its hub) asking the officers.
        about_kind: `need`, `offer`, `match`, `organisation` or `donor`.
        about_id: its id.
        to_role: `organisation`, `donor` or `officer`.
        text: as the schema of questions loads it; guarded by the key of the party, which may
            be read only by that party and by officers.
        rule_question: the question of a rule that this is, where it is one; guarded as well.

    Returns:
        The question; see `view_question`.

    Raises:
        NotFoundError: there is no such record, or none that the actor may ask about.
        NotAllowedError: a party asks another party; only officers do that.
        RecordRefusedError: the record has no such party, or there is no text.
    """
    if not text:
        raise RecordRefusedError([FieldProblem("text", "required")])
    about = _read_code("about_kind", AboutKind, about_kind)
    to = _read_code("to_role", Party, to_role)
    concerned = find_concerned(session, actor, about, about_id)
    party = _party_of(session, actor, concerned, to)
    question = Question(
        id=new_id(),
        about_kind=about,
        about_id=about_id,
        to_role=to,
        organisation_id=party.organisation_id,
        donor_id=party.donor_id,
        asked_by_id=None if actor.account_id == SYSTEM else actor.account_id,
        asked_by_role=sign_as(actor).role,
        state=QuestionState.OPEN,
        asked_on=session.today,
    )
    session.vault.write(question, "text", text)
    session.vault.write(question, "rule_question", rule_question)
    session.add(question)
    session.flush()
    write_audit(session, actor.account_id, "question_asked", question.id, to)
    return view_question(session, actor, question)


def ask_once(
    session: RegistrySession,
    actor: Actor,
    about_kind: str,
    about_id: str,
    *,
    to_role: str,
    text: str,
) -> None:
    """Ask as `ask_question` does, unless the actor's very same question is open: sent twice."""
    opened = list_questions(session, actor, QuestionState.OPEN, about=about_id)
    if not any(
        each["asked_by_me"] and each["to_role"] == to_role and each["text"] == text
        for each in opened
    ):
        ask_question(session, actor, about_kind, about_id, to_role=to_role, text=text)


def _party_of(session: RegistrySession, actor: Actor, concerned: Concerned, to: Party) -> Concerned:
    if actor.is_officer:
        return narrow_to(concerned, to)
    own = own_side(session, actor, concerned)
    if to is not Party.OFFICER or own is None:
        raise NotAllowedError
    return narrow_to(concerned, own)


def _read_code(field: str, codes: type[Code], value: str) -> Code:
    try:
        return codes(value)
    except ValueError:
        problem = FieldProblem(field, "unknown_code", allowed=", ".join(codes))
        raise RecordRefusedError([problem]) from None
