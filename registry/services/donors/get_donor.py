"""One donor, for whoever may know of it."""

from typing import Any

from registry.identity.actor import Actor
from registry.services.donors.find_donor import find_donor
from registry.services.donors.view_donor import view_donor
from registry.storage.database import RegistrySession


def get_donor(session: RegistrySession, actor: Actor, donor_id: str) -> dict[str, Any]:
    """Return a donor with the fields the actor may see.

    Raises:
        NotFoundError: there is none, or none that the actor may know of.
    """
    donor, audience = find_donor(session, actor, donor_id)
    return view_donor(session, donor, audience)
