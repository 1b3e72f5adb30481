"""The officers' queue: needs with their best proposals, an emergency lane on top.

Two hundred proposals are some thirty needs, so some thirty decisions. Lines are made from codes:
nothing guarded is opened here, and a page takes the same few queries whatever its size.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from registry.domain.errors import NotAllowedError
from registry.identity.actor import Actor
from registry.services.matches.queue_filters import QueueFilters, conditions
from registry.services.matches.queue_lines import read_groups
from registry.services.paging import DEFAULT_LIMIT, Order, by_day, list_page
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from search.codes import URGENCY_ORDER, Urgency

SORTS = ("urgency", "days_left", "score", "newest")
LANE_LENGTH = 20
NO_LAST_DAY = date(9999, 12, 31)
WEIGHT_OF_URGENCY = 10.0
"""More than any score (0..1), so that the score only orders needs of one urgency."""


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue.

    `emergencies` holds the lane, whatever the page: at most twenty, confirmed ones first. They are
    not repeated in `groups`, where further ones stand among the rest. `needs` and `proposals`
    count all that the filters leave.
    """

    emergencies: list[dict[str, Any]]
    groups: list[dict[str, Any]]
    needs: int
    proposals: int
    next_cursor: str | None


def list_queue(
    session: RegistrySession,
    actor: Actor,
    *,
    filters: QueueFilters | None = None,
    sort: str = "urgency",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Queue:
    """Return a page of needs with their best three proposals; `read_groups` says their shape.

    Args:
        session: any session.
        actor: an officer.
        filters: what to leave out; see `QueueFilters`.
        sort: `urgency` (confirmed before stated, then score), `days_left`, `score`, `newest`.
        cursor: from the page before.
        limit: needs on a page, 1 to 100.

    Raises:
        NotAllowedError: the actor is no officer.
        RecordRefusedError: cursor or limit cannot be used.
    """
    if not actor.is_officer:
        raise NotAllowedError
    chosen = filters or {}
    needs = _needs_with_proposals(actor, chosen)
    lane = _lane(session, needs)
    page = list_page(
        session,
        select(needs.c.need_id).where(needs.c.need_id.not_in(lane)),
        _ORDERS[sort](needs),
        needs.c.need_id,
        cursor=cursor,
        limit=limit,
        view=lambda need_id: {"need": need_id},
    )
    wanted = [item["need"] for item in page.items]
    sums = (func.count(), func.coalesce(func.sum(needs.c.proposals), 0))
    count, proposals = session.execute(select_columns(*sums).select_from(needs)).one()
    emergencies = _groups(session, actor, chosen, lane)
    groups = _groups(session, actor, chosen, wanted)
    return Queue(emergencies, groups, count, proposals, page.next_cursor)


def _lane(session: RegistrySession, needs: Subquery) -> list[str]:
    """Return the ids of the needs in the lane."""
    statement = (
        select(needs.c.need_id)
        .where(needs.c.emergency == 1)
        .order_by(needs.c.urgency.desc(), needs.c.last_day, needs.c.need_id)
        .limit(LANE_LENGTH)
    )
    return list(session.exec(statement))


def _groups(
    session: RegistrySession, actor: Actor, filters: QueueFilters, need_ids: list[str]
) -> list[dict[str, Any]]:
    return read_groups(session, actor, need_ids, conditions(actor, filters))


def _needs_with_proposals(actor: Actor, filters: QueueFilters) -> Subquery:
    """Select every need that has a match left by the filters, with what it is sorted by."""
    rank = _urgency_rank()
    last_day = func.coalesce(col(Need.useful_until), col(Need.needed_by), NO_LAST_DAY)
    statement: Any = (
        select_columns(
            col(Match.need_id).label("need_id"),
            func.count(col(Match.id)).label("proposals"),
            func.max(col(Match.score)).label("score"),
            func.max(col(Match.judged_on)).label("newest"),
            func.max(rank).label("urgency"),
            func.max(last_day).label("last_day"),
            func.max(_is_emergency()).label("emergency"),
        )
        .join(Need, col(Need.id) == col(Match.need_id))
        .join(Organisation, col(Organisation.id) == col(Match.organisation_id))
        .where(*conditions(actor, filters))
        .group_by(col(Match.need_id))
    )
    needs: Subquery = statement.subquery()
    return needs


def _is_emergency() -> ColumnElement[int]:
    """An emergency that an officer confirmed, or one that nobody has looked at yet."""
    confirmed = col(Need.urgency_confirmed) == Urgency.EMERGENCY
    stated = and_(col(Need.urgency_confirmed).is_(None), col(Need.urgency) == Urgency.EMERGENCY)
    return case((or_(confirmed, stated), 1), else_=0)


def _urgency_rank() -> ColumnElement[float]:
    """What an officer confirmed counts a little more than the same urgency as stated."""
    confirmed = {urgency: place + 0.5 for place, urgency in enumerate(URGENCY_ORDER, start=1)}
    stated = {urgency: float(place) for place, urgency in enumerate(URGENCY_ORDER, start=1)}
    as_stated = case(_plain(stated), value=col(Need.urgency), else_=0.0)
    return case(_plain(confirmed), value=col(Need.urgency_confirmed), else_=as_stated)


def _plain(ranks: Mapping[Urgency, float]) -> dict[str, float]:
    return {str(urgency): rank for urgency, rank in ranks.items()}


_ORDERS: dict[str, Callable[[Subquery], Order]] = {
    "urgency": lambda needs: Order(
        "urgency", needs.c.urgency * WEIGHT_OF_URGENCY + needs.c.score, descending=True
    ),
    "days_left": lambda needs: by_day("days_left", needs.c.last_day),
    "score": lambda needs: Order("score", needs.c.score, descending=True),
    "newest": lambda needs: by_day("newest", needs.c.newest, descending=True),
}
