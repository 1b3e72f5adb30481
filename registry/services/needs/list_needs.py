"""The needs that the actor may list: an owner's own, an officer's all, what partners may read."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, case, func
from sqlmodel import col, select

from registry.domain.audience import Audience
from registry.identity.actor import Actor
from registry.identity.permissions import listed_needs, owns_organisation
from registry.services.needs.view_need import view_need
from registry.services.paging import DEFAULT_LIMIT, ListPage, Order, by_day, list_page
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from search.codes import URGENCY_ORDER, items_of

FAR_DAY = date(9999, 12, 31)
URGENCY = func.coalesce(col(Need.urgency_confirmed), col(Need.urgency))
"""The urgency that counts: an officer's, else the stated one."""

_RANKS = {urgency: rank for rank, urgency in enumerate(URGENCY_ORDER, start=1)}

ORDERS: Mapping[str, Order] = {
    "newest": by_day("needs newest", col(Need.created_on), descending=True),
    "needed_by": by_day("needs needed_by", func.coalesce(col(Need.needed_by), FAR_DAY)),
    "urgency": Order("needs urgency", case(_RANKS, value=URGENCY, else_=0), descending=True),
    "amount": Order("needs amount", func.coalesce(col(Need.amount_base), -1), descending=True),
}
"""Name -> order; what is not known stands last."""


def in_category(column: SQLColumnExpression[str], category: str) -> ColumnElement[bool]:
    """Select a category code, and for a whole group its items too."""
    return column.in_({category, *items_of(category)})


FILTERS: Mapping[str, Callable[[Any], ColumnElement[bool]]] = {
    "category": partial(in_category, col(Need.category)),
    "country": lambda code: col(Need.country) == code,
    "urgency": lambda code: code == URGENCY,
    "status": lambda code: col(Need.status) == code,
    "organisation_id": lambda row_id: col(Need.organisation_id) == row_id,
    "amount_from": lambda hundredths: col(Need.amount_base) >= hundredths,
    "amount_to": lambda hundredths: col(Need.amount_base) <= hundredths,
    "needed_from": lambda day: col(Need.needed_by) >= day,
    "needed_to": lambda day: col(Need.needed_by) <= day,
    "vetting": lambda code: col(Organisation.vetting) == code,
}
"""Filter -> its condition; amounts are hundredths of the base currency, both ends included."""


def list_needs(
    session: RegistrySession,
    actor: Actor,
    *,
    filters: Mapping[str, Any] | None = None,
    sort: str = "newest",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> ListPage:
    """List needs; `filters` are the names of `FILTERS`, `sort` one of `ORDERS`.

    Texts come only with needs that the actor writes itself: officers and partners see codes and
    amounts, and open a need to read what it says.

    Raises:
        RecordRefusedError: a limit or a cursor that cannot be.
    """
    wanted = [FILTERS[name](value) for name, value in (filters or {}).items()]
    # With its organisation behind each row, the view finds that in the session.
    statement: Any = select(Need, Organisation).join(
        Organisation, col(Organisation.id) == col(Need.organisation_id)
    )
    return list_page(
        session,
        statement.where(listed_needs(actor), *wanted),
        ORDERS[sort],
        col(Need.id),
        cursor=cursor,
        limit=limit,
        view=partial(_view_line, session, actor),
    )


def _view_line(session: RegistrySession, actor: Actor, need: Need) -> dict[str, Any]:
    if actor.is_officer:
        return view_need(session, need, Audience.OFFICER, texts=False)
    owns = owns_organisation(actor, session.get_one(Organisation, need.organisation_id))
    return view_need(session, need, Audience.OWNER if owns else Audience.PARTNER)
