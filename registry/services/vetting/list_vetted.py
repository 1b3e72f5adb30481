"""Since when parties have been trusted as far as they are, for a list of them."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import col, select

from registry.domain.errors import NotAllowedError
from registry.identity.actor import Actor
from registry.services.vetting.set_vetting import PARTIES
from registry.storage.database import RegistrySession


def list_vetted(
    session: RegistrySession, actor: Actor, record: str, party_ids: Iterable[str]
) -> dict[str, date | None]:
    """Return id -> the day of the last decision on it (None: nobody decided yet).

    Raises:
        NotAllowedError: the actor is no officer.
    """
    if not actor.is_officer:
        raise NotAllowedError
    table = PARTIES[record]
    statement = select(col(table.id), col(table.vetted_on)).where(col(table.id).in_(party_ids))
    return dict(session.exec(statement).all())
