"""The questions from and to an actor."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select

from registry.domain.errors import KeyGoneError
from registry.identity.actor import Actor
from registry.identity.permissions import owned_organisations
from registry.services.questions.view_question import view_question
from registry.storage.database import RegistrySession
from registry.storage.organisations import Organisation
from registry.storage.questions import Question
from search.codes import Party, QuestionState

MOST = 100


def list_questions(
    session: RegistrySession,
    actor: Actor,
    state: str | None = None,
    *,
    about: str | tuple[str, ...] | None = None,
    waiting_for_me: bool = False,
) -> list[dict[str, Any]]:
    """List questions, open ones first, then the newest; at most a hundred.

    Args:
        session: any session.
        actor: officers read all; a party those that it asked or was asked.
        state: only `open`, `answered` or `withdrawn` ones.
        about: only those about the record with this id, or with one of these.
        waiting_for_me: only open ones that the actor's side is asked.

    Returns:
        A view each; see `view_question`.
    """
    found: list[ColumnElement[bool]] = [concerning(actor)]
    if state:
        found.append(col(Question.state) == state)
    if about:
        ids = (about,) if isinstance(about, str) else about
        found.append(col(Question.about_id).in_(ids))
    if waiting_for_me:
        found.append(waiting_for(actor))
    statement = (
        select(Question)
        .where(*found)
        .order_by(
            col(Question.state) != QuestionState.OPEN,
            col(Question.asked_on).desc(),
            col(Question.id),
        )
        .limit(MOST)
    )
    views = []
    for question in session.exec(statement).all():
        try:
            views.append(view_question(session, actor, question))
        except KeyGoneError:
            continue  # its party deleted itself; the worker takes the row away
    return views


def concerning(actor: Actor) -> ColumnElement[bool]:
    """Select the questions that an actor may read."""
    if actor.is_officer:
        return col(Question.id).is_not(None)
    owned = select(col(Organisation.id)).where(owned_organisations(actor))
    return or_(
        col(Question.organisation_id).in_(owned),
        col(Question.donor_id) == (actor.donor_id or ""),
    )


def waiting_for(actor: Actor) -> ColumnElement[bool]:
    """Select, among the questions an actor may read, the open ones that its side has to answer."""
    side = Party.OFFICER if actor.is_officer else _side_of(actor)
    return (col(Question.state) == QuestionState.OPEN) & (col(Question.to_role) == side)


def _side_of(actor: Actor) -> Party:
    return Party.DONOR if actor.donor_id else Party.ORGANISATION
