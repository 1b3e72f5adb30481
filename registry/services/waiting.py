"""What waits for an actor: the lines of the home pages and the number in the header.

Lines are neutral: kinds, codes, days and amounts; nothing guarded is opened for them.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.identity.permissions import owned_organisations
from registry.services.matches.answer_waiver import count_waiver_requests
from registry.services.matches.decline_match import UNSEEN_STATES
from registry.services.matches.list_matches import part_of, select_shown, view_line
from registry.services.questions.list_questions import concerning, waiting_for
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.questions import Question
from search.codes import (
    MATCHED_NEED_STATUSES,
    MatchState,
    NeedStatus,
    OfferStatus,
    QuestionState,
    RecordState,
    Urgency,
    Vetting,
)

RUNS_OUT = timedelta(days=14)
"""A need whose last day is nearer than this is worth another look by its organisation."""
MOST_LINES = 20
HEADERS_KINDS = frozenset(
    {
        *("offer_to_look_at", "waiver_asked", "question", "introduced", "need_offered"),
        *("emergency_to_confirm", "assigned"),
    }
)
"""What the number in the header counts: what somebody else is waiting for."""

Item = dict[str, Any]
Items = Iterator[Item]


def what_waits(session: RegistrySession, actor: Actor) -> dict[str, Any]:
    """Return what waits for an actor, the most pressing first.

    `{"count", "items"}`. An item is `{"kind", "count", "id", "since", "until"}`, with the codes
    of `list_matches` lines where it is one match, and `category country status` where it is one
    need. `id` is the match, need, offer or question that it is about; None for a number of
    things, which have a page of their own. Kinds:

    - organisation: `offer_to_look_at`, `waiver_asked`, `question`, `introduced`,
      `need_runs_out`, `need_draft`
    - donor: `need_offered`, `introduced`, `question`, `offer_draft`
    - officer: `emergency_to_confirm`, `question`, `assigned`, `proposals`, `answer`,
      `introduced`, `unverified_organisations`, `unverified_donors`
    """
    items = [item for item in _items(session, actor) if item["count"]]
    return {"count": _count_for_header(items), "items": items}


def count_waiting(session: RegistrySession, actor: Actor) -> int:
    """Return the number in the header: how many things somebody else waits for."""
    return _count_for_header(_items(session, actor))


def _count_for_header(items: Iterable[Item]) -> int:
    return sum(item["count"] for item in items if item["kind"] in HEADERS_KINDS)


def _items(session: RegistrySession, actor: Actor) -> Items:
    if actor.is_officer:
        yield from _for_officer(session, actor)
    elif actor.role is Role.DONOR:
        yield from _for_donor(session, actor)
    elif actor.role in (Role.ORGANISATION, Role.PARTNER):
        yield from _for_organisation(session, actor)


def _for_organisation(session: RegistrySession, actor: Actor) -> Items:
    owned = owned_organisations(actor)
    yield from _matches(session, actor, "offer_to_look_at", MatchState.INTERESTED)
    yield _number("waiver_asked", count_waiver_requests(session, actor))
    yield from _questions(session, actor)
    yield from _matches(session, actor, "introduced", MatchState.INTRODUCED)
    last_day = func.coalesce(col(Need.useful_until), col(Need.needed_by))
    soon = session.today + RUNS_OUT
    running_out = col(Need.status).in_(MATCHED_NEED_STATUSES) & (last_day <= soon)
    yield from _needs(session, "need_runs_out", owned, running_out)
    yield from _needs(session, "need_draft", owned, col(Need.status) == NeedStatus.DRAFT)


def _for_donor(session: RegistrySession, actor: Actor) -> Items:
    yield from _matches(session, actor, "need_offered", MatchState.OFFERED)
    yield from _matches(session, actor, "introduced", MatchState.INTRODUCED)
    yield from _questions(session, actor)
    drafts = select(Offer).where(
        col(Offer.donor_id) == (actor.donor_id or ""), col(Offer.status) == OfferStatus.DRAFT
    )
    for offer in session.exec(drafts.order_by(col(Offer.id)).limit(MOST_LINES)):
        yield _line("offer_draft", offer.id, since=offer.created_on)


def _for_officer(session: RegistrySession, actor: Actor) -> Items:
    mine = col(Match.assigned_to_id) == actor.account_id
    unseen = col(Match.state).in_(UNSEEN_STATES)
    untold = col(Question.state) == QuestionState.ANSWERED
    own_questions = col(Question.asked_by_id) == actor.account_id
    yield _number("emergency_to_confirm", _count(session, _emergencies()))
    yield from _questions(session, actor)
    yield _number("assigned", _count(session, _needs_of(unseen, mine)))
    yield _number("proposals", _count(session, _needs_of(unseen)))
    recently = col(Question.answered_on) >= session.today - RUNS_OUT
    yield _number("answer", _count(session, _ids(Question, untold, own_questions, recently)))
    introduced = col(Match.state) == MatchState.INTRODUCED
    yield _number("introduced", _count(session, _ids(Match, introduced, mine)))
    yield _number("unverified_organisations", _count(session, _unverified(Organisation)))
    yield _number("unverified_donors", _count(session, _unverified(Donor)))


def _matches(session: RegistrySession, actor: Actor, kind: str, state: MatchState) -> Items:
    statement = (
        select_shown(actor, col(Match.state) == state)
        .order_by(col(Match.moved_on), col(Match.id))
        .limit(MOST_LINES)
    )
    part = part_of(actor)
    for row in session.execute(statement).all():
        line = view_line(session, row[0], part)
        last_day = line.get("useful_until") or line.get("needed_by")
        yield line | _line(kind, line["id"], since=line["moved_on"], until=last_day)


def _questions(session: RegistrySession, actor: Actor) -> Items:
    statement = (
        select(Question)
        .where(concerning(actor), waiting_for(actor))
        .order_by(col(Question.asked_on), col(Question.id))
        .limit(MOST_LINES)
    )
    for question in session.exec(statement):
        yield _line("question", question.id, since=question.asked_on)


def _needs(
    session: RegistrySession, kind: str, owned: ColumnElement[bool], which: ColumnElement[bool]
) -> Items:
    statement = (
        select(Need)
        .join(Organisation, col(Organisation.id) == col(Need.organisation_id))
        .where(owned, which)
        .order_by(col(Need.id))
        .limit(MOST_LINES)
    )
    for need in session.exec(statement):
        item = _line(
            kind, need.id, since=need.created_on, until=need.useful_until or need.needed_by
        )
        yield item | {"category": need.category, "country": need.country, "status": need.status}


def _line(kind: str, about: str | None, *, since: Any = None, until: Any = None) -> Item:
    return {"kind": kind, "count": 1, "id": about, "since": since, "until": until}


def _number(kind: str, count: int) -> Item:
    return {"kind": kind, "count": count, "id": None, "since": None, "until": None}


def _count(session: RegistrySession, statement: Select[Any]) -> int:
    return session.scalar(select_columns(func.count()).select_from(statement.subquery())) or 0


def _needs_of(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select_columns(col(Match.need_id)).where(*conditions).distinct()


def _ids(table: type[Match] | type[Question], *conditions: ColumnElement[bool]) -> Select[Any]:
    return select_columns(col(table.id)).where(*conditions)


def _emergencies() -> Select[Any]:
    return (
        select_columns(col(Need.id))
        .join(Organisation, col(Organisation.id) == col(Need.organisation_id))
        .where(
            col(Need.urgency) == Urgency.EMERGENCY,
            col(Need.urgency_confirmed).is_(None),
            col(Need.status).in_(MATCHED_NEED_STATUSES),
            col(Organisation.state) == RecordState.ACTIVE,
            col(Organisation.vetting) != Vetting.SUSPENDED,
        )
    )


def _unverified(table: type[Organisation] | type[Donor]) -> Select[Any]:
    return select_columns(col(table.id)).where(
        col(table.vetting) == Vetting.UNVERIFIED, col(table.state) == RecordState.ACTIVE
    )
