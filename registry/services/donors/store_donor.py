"""Writing a donor's row: key first, then fields, then what lets it be found."""

from collections.abc import Mapping
from typing import Any

from registry.services.references import take_external_id
from registry.services.topics import DONOR_CHANGED
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor, new_donor
from registry.storage.outbox import put_outbox
from registry.storage.records import write_record
from search.codes import Vetting

IMPORTED_FIELDS = ("vetting", "state")
"""Fields that a new donor gets by import only: officers decide on them with a reason."""

OFFICER_FIELDS = ("intermediary",)
"""Through whom a donor gives is vouched for by officers, so not its own to claim."""


def make_donor(session: RegistrySession) -> Donor:
    """Make a row whose data key stands already, so that its fields can be guarded."""
    donor = new_donor(session.today)
    session.vault.keys.make_key(donor.id)
    return donor


def write_donor(
    session: RegistrySession, donor: Donor, record: Mapping[str, Any], scope: str
) -> None:
    """Write a new donor; without an external id of its own it goes by its id.

    Raises:
        AlreadyExistsError: another donor of this scope has the external id.
    """
    external_id = record.get("external_id") or donor.id
    take_external_id(session, donor, external_id, scope)
    store_fields(session, donor, {**record, "external_id": external_id})
    session.add(donor)
    session.flush()
    put_outbox(session, DONOR_CHANGED, donor.id)


def store_fields(session: RegistrySession, donor: Donor, record: Mapping[str, Any]) -> None:
    """Write fields into the row, and the day and the keyed hash that follow from them."""
    write_record(session.vault, donor, record)
    if "handle" in record:
        donor.handle_hash = hash_handle(session, record["handle"])
    if record.get("vetting", Vetting.UNVERIFIED) != Vetting.UNVERIFIED:
        donor.vetted_on = session.today


def hash_handle(session: RegistrySession, handle: str | None) -> bytes | None:
    """Return the keyed hash by which a donor's pseudonym is found."""
    return session.vault.lookup("donor handle", handle.casefold()) if handle else None
