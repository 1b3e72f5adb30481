"""One organisation, for whoever may know of it."""

from typing import Any

from registry.identity.actor import Actor
from registry.services.organisations.find_organisation import find_organisation
from registry.services.organisations.view_organisation import view_organisation
from registry.storage.database import RegistrySession


def get_organisation(
    session: RegistrySession, actor: Actor, organisation_id: str
) -> dict[str, Any]:
    """Return an organisation with the fields the actor may see.

    Raises:
        NotFoundError: there is none, or none that the actor may know of.
    """
    organisation, audience = find_organisation(session, actor, organisation_id)
    return view_organisation(session, organisation, audience)
