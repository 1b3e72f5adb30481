"""The organisations that the actor may list: an officer's all, a hub's own, nobody else's."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import SQLColumnExpression
from sqlmodel import col, select

from registry.domain.audience import Audience
from registry.identity.actor import Actor
from registry.identity.permissions import listed_organisations
from registry.services.organisations.view_organisation import view_organisation
from registry.services.paging import DEFAULT_LIMIT, ListPage, by_day, list_page
from registry.storage.database import RegistrySession
from registry.storage.organisations import Organisation

NEWEST = by_day("organisations", col(Organisation.created_on), descending=True)

FILTERS: Mapping[str, SQLColumnExpression[Any]] = {
    "kind": col(Organisation.kind),
    "vetting": col(Organisation.vetting),
    "base_country": col(Organisation.base_country),
}
"""Filter -> the column it has to equal."""


def list_organisations(
    session: RegistrySession,
    actor: Actor,
    *,
    filters: Mapping[str, Any] | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> ListPage:
    """List organisations, newest first; `filters` are `kind`, `vetting`, `base_country`.

    Raises:
        RecordRefusedError: a limit or a cursor that cannot be.
    """
    wanted = [FILTERS[name] == value for name, value in (filters or {}).items()]
    statement = select(Organisation).where(listed_organisations(actor), *wanted)
    audience = Audience.OFFICER if actor.is_officer else Audience.OWNER
    return list_page(
        session,
        statement,
        NEWEST,
        col(Organisation.id),
        cursor=cursor,
        limit=limit,
        view=lambda organisation: view_organisation(session, organisation, audience),
    )
