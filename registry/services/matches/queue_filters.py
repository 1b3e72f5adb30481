"""What an officer can narrow the queue to."""

from typing import TypedDict

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from registry.identity.actor import Actor
from registry.services.matches.decline_match import UNSEEN_STATES
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from registry.storage.questions import Question
from search.codes import QuestionState, RecordState, Vetting, is_group

ME, NOBODY = "me", "nobody"
TRUSTED, UNVERIFIED = "trusted", "unverified"
_TRUSTED_LEVELS = (Vetting.VOUCHED, Vetting.VERIFIED)

Condition = ColumnElement[bool]


class QueueFilters(TypedDict, total=False):
    """All optional. What is left out narrows nothing, except `state` and `organisations`.

    `category` is an item or a whole group; `urgency` is the confirmed one, or the stated one
    while none is confirmed; `min_score` goes from 0 to 1; `state` is one state of a match
    (absent: what waits for an officer, `proposed` and `shortlisted`); `assigned` is `me`,
    `nobody` or an officer's account id; `has_questions` keeps needs with an open question (True)
    or without one; `organisations` is `trusted` (absent: vouched, verified, or hosted by a
    verified one) or `unverified`, the list of their own; `need` is one need.
    """

    category: str
    country: str
    urgency: str
    min_score: float
    state: str
    assigned: str
    has_questions: bool
    organisations: str
    need: str


def conditions(actor: Actor, filters: QueueFilters) -> list[Condition]:
    """Return the conditions on Match, Need and Organisation joined."""
    found = [_in_state(filters.get("state")), *_of_organisations(filters.get("organisations"))]
    if category := filters.get("category"):
        found.append(_of_category(category))
    if country := filters.get("country"):
        found.append(col(Need.country) == country)
    if urgency := filters.get("urgency"):
        found.append(_of_urgency(urgency))
    if (least := filters.get("min_score")) is not None:
        found.append(col(Match.score) >= least)
    if assigned := filters.get("assigned"):
        found.append(_assigned_to(actor, assigned))
    if (wanted := filters.get("has_questions")) is not None:
        found.append(_has_open_question() if wanted else ~_has_open_question())
    if need := filters.get("need"):
        found.append(col(Match.need_id) == need)
    return found


def _in_state(state: str | None) -> Condition:
    return col(Match.state) == state if state else col(Match.state).in_(UNSEEN_STATES)


def _of_organisations(which: str | None) -> list[Condition]:
    host = aliased(Organisation)
    hosted = exists(
        select(col(host.id)).where(
            col(host.id) == col(Organisation.hosted_by_id),
            col(host.vetting) == Vetting.VERIFIED,
            col(host.state) == RecordState.ACTIVE,
        )
    )
    trusted = or_(
        col(Organisation.vetting).in_(_TRUSTED_LEVELS),
        and_(col(Organisation.vetting) == Vetting.UNVERIFIED, hosted),
    )
    untrusted = and_(col(Organisation.vetting) == Vetting.UNVERIFIED, ~hosted)
    active = col(Organisation.state) == RecordState.ACTIVE
    return [active, untrusted if which == UNVERIFIED else trusted]


def _of_category(category: str) -> Condition:
    if is_group(category):
        return or_(
            col(Need.category) == category,
            col(Need.category).startswith(f"{category}.", autoescape=True),
        )
    return col(Need.category) == category


def _of_urgency(urgency: str) -> Condition:
    stated = and_(col(Need.urgency_confirmed).is_(None), col(Need.urgency) == urgency)
    return or_(col(Need.urgency_confirmed) == urgency, stated)


def _assigned_to(actor: Actor, assigned: str) -> Condition:
    if assigned == NOBODY:
        return col(Match.assigned_to_id).is_(None)
    wanted = actor.account_id if assigned == ME else assigned
    return col(Match.assigned_to_id) == wanted


def _has_open_question() -> Condition:
    """An open question about the need, or about any match of it."""
    sibling = aliased(Match)
    siblings = select(col(sibling.id)).where(col(sibling.need_id) == col(Need.id))
    return exists(
        select(col(Question.id)).where(
            col(Question.state) == QuestionState.OPEN,
            or_(
                col(Question.about_id) == col(Need.id),
                col(Question.about_id).in_(siblings.correlate(Need)),
            ),
        )
    ).correlate(Need)
