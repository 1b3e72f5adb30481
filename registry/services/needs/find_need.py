"""Finding a need, with its organisation, that the actor may know of."""

from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import col, select

from registry.domain.audience import Audience
from registry.domain.errors import NotFoundError
from registry.identity.actor import Actor
from registry.identity.permissions import audience_of_need
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.organisations import Organisation

# Made once: putting a statement together takes longer than running this one.
_NEED_WITH_OWNER = (
    select(Need, Organisation)
    .join(Organisation, col(Organisation.id) == col(Need.organisation_id))
    .where(col(Need.id) == bindparam("need_id"))
)


@dataclass(frozen=True, slots=True)
class SeenNeed:
    """A need, whose it is, and how the actor sees it."""

    need: Need
    organisation: Organisation
    audience: Audience


def find_need(session: RegistrySession, actor: Actor, need_id: str) -> SeenNeed:
    """Return a need and how the actor sees it.

    Raises:
        NotFoundError: there is none, or none that the actor may know of.
    """
    found = session.exec(_NEED_WITH_OWNER, params={"need_id": need_id}).first()
    if found is None:
        raise NotFoundError
    need, organisation = found
    audience = audience_of_need(actor, need, organisation)
    if audience is None:
        raise NotFoundError
    return SeenNeed(need, organisation, audience)
