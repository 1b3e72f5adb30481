"""Writing an offer's row."""

from collections.abc import Mapping
from typing import Any

from registry.services.references import take_external_id
from registry.services.topics import OFFER_CHANGED
from registry.storage.database import RegistrySession
from registry.storage.offers import Offer
from registry.storage.outbox import put_outbox
from registry.storage.records import write_record
from search.codes import OfferStatus, Visibility


def write_offer(
    session: RegistrySession, offer: Offer, record: Mapping[str, Any], scope: str
) -> None:
    """Write a new offer; without an external id of its own it goes by its id.

    Raises:
        AlreadyExistsError: another offer of this scope has the external id.
    """
    external_id = record.get("external_id") or offer.id
    take_external_id(session, offer, external_id, scope)
    store_fields(session, offer, {**record, "external_id": external_id})
    session.add(offer)
    session.flush()
    put_outbox(session, OFFER_CHANGED, offer.id)


def store_fields(session: RegistrySession, offer: Offer, record: Mapping[str, Any]) -> None:
    """Write fields into the row; where it does not say who may see it, officers only do."""
    own = {name: value for name, value in record.items() if name != "donor"}
    if "visibility" in own:
        own["visibility"] = own["visibility"] or Visibility.OFFICERS
    write_record(session.vault, offer, own)
    closed = offer.status == OfferStatus.CLOSED
    offer.closed_on = (offer.closed_on or session.today) if closed else None
