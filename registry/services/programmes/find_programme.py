"""Finding a programme for an officer."""

from registry.domain.errors import NotAllowedError, NotFoundError
from registry.identity.actor import Actor
from registry.storage.database import RegistrySession
from registry.storage.programmes import Programme


def find_programme(session: RegistrySession, actor: Actor, programme_id: str) -> Programme:
    """Return a programme.

    Raises:
        NotAllowedError: the actor is no officer.
        NotFoundError: there is no such programme.
    """
    if not actor.is_officer:
        raise NotAllowedError
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise NotFoundError
    return programme
