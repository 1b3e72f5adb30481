"""Writing an organisation's row: key first, then fields, then what lets it be found."""

from collections.abc import Mapping
from typing import Any

from registry.identity.actor import Actor, is_hub
from registry.identity.permissions import is_house
from registry.services.organisations.find_organisation import find_named_organisation
from registry.services.references import refuse_reference, take_external_id
from registry.services.topics import ORGANISATION_CHANGED
from registry.storage.database import RegistrySession
from registry.storage.organisations import Organisation, new_organisation
from registry.storage.outbox import put_outbox
from registry.storage.records import write_record
from search.codes import Vetting

IMPORTED_FIELDS = ("vetting", "state")
"""Fields that a new organisation gets by import only: officers decide on them with a reason."""

OFFICER_FIELDS = ("hosted_by",)
"""Fields that only officers and imports may set."""


def make_organisation(session: RegistrySession) -> Organisation:
    """Make a row whose data key stands already, so that its fields can be guarded."""
    organisation = new_organisation(session.today)
    session.vault.keys.make_key(organisation.id)
    return organisation


def write_organisation(
    session: RegistrySession, organisation: Organisation, record: Mapping[str, Any], scope: str
) -> None:
    """Write a new organisation; without an external id of its own it goes by its id.

    Raises:
        AlreadyExistsError: another organisation of this scope has the external id.
    """
    external_id = record.get("external_id") or organisation.id
    take_external_id(session, organisation, external_id, scope)
    store_fields(session, organisation, {**record, "external_id": external_id})
    session.add(organisation)
    session.flush()
    put_outbox(session, ORGANISATION_CHANGED, organisation.id)


def store_fields(
    session: RegistrySession, organisation: Organisation, record: Mapping[str, Any]
) -> None:
    """Write fields into the row, and the day and the keyed hash that follow from them."""
    own = {name: value for name, value in record.items() if name != "hosted_by"}
    write_record(session.vault, organisation, own)
    if "handle" in own:
        organisation.handle_hash = hash_handle(session, own["handle"])
    if own.get("vetting", Vetting.UNVERIFIED) != Vetting.UNVERIFIED:
        organisation.vetted_on = session.today


def hash_handle(session: RegistrySession, handle: str | None) -> bytes | None:
    """Return the keyed hash by which an organisation's pseudonym is found."""
    return session.vault.lookup("organisation handle", handle.casefold()) if handle else None


def find_hub(session: RegistrySession, actor: Actor, reference: str) -> Organisation:
    """Return the organisation that may host others, named by id or external id.

    Raises:
        RecordRefusedError: there is none, or it is not verified and active; an import may bring
            it so.
    """
    hub = find_named_organisation(session, actor, reference, "hosted_by")
    if not is_hub(hub.vetting, hub.state) and not is_house(actor):
        raise refuse_reference("hosted_by")
    return hub
