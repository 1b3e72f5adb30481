"""An officer says which programme an offer belongs to."""

from registry.domain.errors import (
    FieldProblem,
    NotAllowedError,
    NotFoundError,
    RecordRefusedError,
)
from registry.identity.actor import Actor
from registry.services.programmes.find_programme import find_programme
from registry.services.topics import OFFER_CHANGED
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.offers import Offer
from registry.storage.outbox import put_outbox
from registry.storage.programmes import GENERAL


def place_offer(
    session: RegistrySession, actor: Actor, offer_id: str, *, programme_id: str
) -> None:
    """Let an offer belong to a programme, and have its pairs judged by that one's terms.

    Raises:
        RecordRefusedError: there is no such programme.
        NotAllowedError: the actor is no officer.
        NotFoundError: there is no such offer.
    """
    try:
        programme = find_programme(session, actor, programme_id)
    except NotFoundError as error:
        raise RecordRefusedError([FieldProblem("programme", "unknown_reference")]) from error
    offer = session.get(Offer, offer_id)
    if offer is None:
        raise NotFoundError
    if (offer.programme_id or GENERAL) == programme.id:
        return
    offer.programme_id = None if programme.id == GENERAL else programme.id
    session.add(offer)
    session.flush()
    write_audit(session, actor.account_id, "offer_placed", offer.id)
    put_outbox(session, OFFER_CHANGED, offer.id)


def programme_of_offer(session: RegistrySession, actor: Actor, offer_id: str) -> str:
    """Return the id of the programme that an offer belongs to.

    Raises:
        NotAllowedError: the actor is no officer.
        NotFoundError: there is no such offer.
    """
    if not actor.is_officer:
        raise NotAllowedError
    offer = session.get(Offer, offer_id)
    if offer is None:
        raise NotFoundError
    return offer.programme_id or GENERAL
