"""The donors that the actor may list: an officer's all, a donor's own, nobody else's."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import SQLColumnExpression
from sqlmodel import col, select

from registry.domain.audience import Audience
from registry.identity.actor import Actor
from registry.identity.permissions import listed_donors
from registry.services.donors.view_donor import view_donor
from registry.services.paging import DEFAULT_LIMIT, ListPage, by_day, list_page
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor

NEWEST = by_day("donors", col(Donor.created_on), descending=True)

FILTERS: Mapping[str, SQLColumnExpression[Any]] = {
    "donor_kind": col(Donor.donor_kind),
    "vetting": col(Donor.vetting),
}
"""Filter -> the column it has to equal."""


def list_donors(
    session: RegistrySession,
    actor: Actor,
    *,
    filters: Mapping[str, Any] | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> ListPage:
    """List donors, newest first; `filters` are `donor_kind` and `vetting`.

    Raises:
        RecordRefusedError: a limit or a cursor that cannot be.
    """
    wanted = [FILTERS[name] == value for name, value in (filters or {}).items()]
    statement = select(Donor).where(listed_donors(actor), *wanted)
    audience = Audience.OFFICER if actor.is_officer else Audience.OWNER
    return list_page(
        session,
        statement,
        NEWEST,
        col(Donor.id),
        cursor=cursor,
        limit=limit,
        view=lambda donor: view_donor(session, donor, audience),
    )
