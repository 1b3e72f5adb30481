"""The offers that the actor may list: a donor's own, an officer's all, what members may read."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, String, cast, or_
from sqlmodel import col, select

from registry.domain.audience import Audience
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.identity.permissions import listed_offers
from registry.services.offers.view_offer import view_of_list
from registry.services.organisations.find_organisation import own_organisation
from registry.services.paging import DEFAULT_LIMIT, ListPage, by_day, list_page
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.offers import Offer
from search.codes import group_of

NEWEST = by_day("offers", col(Offer.created_on), descending=True)

AUDIENCES: Mapping[Role, Audience] = {
    Role.OFFICER: Audience.OFFICER,
    Role.ADMIN: Audience.OFFICER,
    Role.DONOR: Audience.OWNER,
    Role.ORGANISATION: Audience.ORGANISATION,
    Role.PARTNER: Audience.PARTNER,
}
"""Role -> how it sees every line of its list."""


def takes_category(category: str) -> ColumnElement[bool]:
    """Select offers that name this category, its group, or (naming none) take all of them."""
    named = cast(col(Offer.categories), String)
    hits = [named.like(f'%"{code}"%') for code in {category, group_of(category)}]
    return or_(col(Offer.categories).is_(None), *hits)


FILTERS: Mapping[str, Callable[[Any], ColumnElement[bool]]] = {
    "category": takes_category,
    "instrument": lambda code: col(Offer.instrument) == code,
    "flexibility": lambda code: col(Offer.flexibility) == code,
    "status": lambda code: col(Offer.status) == code,
    "donor_id": lambda row_id: col(Offer.donor_id) == row_id,
    "country": lambda code: or_(
        col(Offer.countries).is_(None), cast(col(Offer.countries), String).like(f'%"{code}"%')
    ),
}
"""Filter -> its condition."""


def list_offers(
    session: RegistrySession,
    actor: Actor,
    *,
    filters: Mapping[str, Any] | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> ListPage:
    """List offers, newest first; `filters` are the names of `FILTERS`.

    Raises:
        RecordRefusedError: a limit or a cursor that cannot be.
    """
    wanted = [FILTERS[name](value) for name, value in (filters or {}).items()]
    # With its donor behind each row, the view finds that in the session.
    statement: Any = select(Offer, Donor).join(Donor, col(Donor.id) == col(Offer.donor_id))
    audience = AUDIENCES.get(actor.role, Audience.PUBLIC)
    return list_page(
        session,
        statement.where(listed_offers(actor, own_organisation(session, actor)), *wanted),
        NEWEST,
        col(Offer.id),
        cursor=cursor,
        limit=limit,
        view_all=partial(view_of_list, session, audience),
    )
