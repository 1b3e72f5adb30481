"""A donor that an officer or an import adds."""

from collections.abc import Mapping
from typing import Any

from registry.domain.audience import Audience
from registry.domain.errors import NotAllowedError
from registry.identity.actor import Actor
from registry.identity.permissions import is_house
from registry.schemas.records import check_record
from registry.services.donors.store_donor import IMPORTED_FIELDS, make_donor, write_donor
from registry.services.donors.view_donor import view_donor
from registry.services.record_fields import refuse_deletion, refuse_foreign_fields
from registry.services.references import HOUSE_SCOPE
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession


def add_donor(session: RegistrySession, actor: Actor, record: Mapping[str, Any]) -> dict[str, Any]:
    """Store a donor without an account, and return it as officers see it.

    Raises:
        NotAllowedError: the actor is no officer.
        AlreadyExistsError: there is a donor of this external id.
        RecordRefusedError: fields that are not the actor's to set.
    """
    if not actor.is_officer:
        raise NotAllowedError
    refuse_foreign_fields(record, () if is_house(actor) else IMPORTED_FIELDS)
    refuse_deletion(record.get("state"))
    check_record("donor", record)
    donor = make_donor(session)
    write_donor(session, donor, record, HOUSE_SCOPE)
    write_audit(session, actor.account_id, "donor_added", donor.id)
    return view_donor(session, donor, Audience.OFFICER)
