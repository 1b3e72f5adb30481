"""Finding a donor that the actor may know of."""

from registry.domain.audience import Audience
from registry.domain.errors import NotFoundError
from registry.identity.actor import Actor
from registry.identity.permissions import audience_of_donor
from registry.services.references import find_for, refuse_reference
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor


def find_donor(session: RegistrySession, actor: Actor, donor_id: str) -> tuple[Donor, Audience]:
    """Return a donor and how the actor sees it.

    Raises:
        NotFoundError: there is none, or none that the actor may know of.
    """
    donor = session.get(Donor, donor_id)
    audience = audience_of_donor(actor, donor) if donor else None
    if donor is None or audience is None:
        raise NotFoundError
    return donor, audience


def find_named_donor(
    session: RegistrySession, actor: Actor, reference: str, field: str = "donor"
) -> Donor:
    """Return the donor that a field of a record points to, by id or external id.

    Raises:
        RecordRefusedError: naming the field; there is none that the actor may know of.
    """
    own = session.get(Donor, actor.donor_id) if actor.donor_id else None
    if own is not None and session.vault.read(own, "external_id") == reference:
        return own
    donor = find_for(session, actor, Donor, reference, field)
    if audience_of_donor(actor, donor) is None:
        raise refuse_reference(field)
    return donor
