"""Finding an organisation that the actor may know of."""

from registry.domain.audience import Audience
from registry.domain.errors import NotFoundError
from registry.identity.actor import Actor
from registry.identity.permissions import audience_of_organisation
from registry.services.references import find_for, refuse_reference
from registry.storage.database import RegistrySession
from registry.storage.organisations import Organisation


def find_organisation(
    session: RegistrySession, actor: Actor, organisation_id: str
) -> tuple[Organisation, Audience]:
    """Return an organisation and how the actor sees it.

    Raises:
        NotFoundError: there is none, or none that the actor may know of.
    """
    organisation = session.get(Organisation, organisation_id)
    audience = audience_of_organisation(actor, organisation) if organisation else None
    if organisation is None or audience is None:
        raise NotFoundError
    return organisation, audience


def find_named_organisation(
    session: RegistrySession, actor: Actor, reference: str, field: str = "organisation"
) -> Organisation:
    """Return the organisation that a field of a record points to, by id or external id.

    Raises:
        RecordRefusedError: naming the field; there is none that the actor may know of.
    """
    own = own_organisation(session, actor)
    if own is not None and session.vault.read(own, "external_id") == reference:
        return own
    organisation = find_for(session, actor, Organisation, reference, field)
    if audience_of_organisation(actor, organisation) is None:
        raise refuse_reference(field)
    return organisation


def own_organisation(session: RegistrySession, actor: Actor) -> Organisation | None:
    """Return the organisation that the actor's account belongs to, if any."""
    if actor.organisation_id is None:
        return None
    return session.get(Organisation, actor.organisation_id)
