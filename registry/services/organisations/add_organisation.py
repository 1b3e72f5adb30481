"""An organisation that somebody else registers: an officer, a hub's key, an import."""

from collections.abc import Mapping
from typing import Any

from registry.domain.audience import Audience
from registry.domain.errors import NotAllowedError
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.identity.permissions import is_house, may_host
from registry.schemas.records import check_record
from registry.services.organisations.find_organisation import own_organisation
from registry.services.organisations.store_organisation import (
    IMPORTED_FIELDS,
    OFFICER_FIELDS,
    find_hub,
    make_organisation,
    write_organisation,
)
from registry.services.organisations.view_organisation import view_organisation
from registry.services.record_fields import refuse_deletion, refuse_foreign_fields
from registry.services.references import scope_of
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.organisations import Organisation


def add_organisation(
    session: RegistrySession, actor: Actor, record: Mapping[str, Any]
) -> dict[str, Any]:
    """Store an organisation on behalf of another, and return it as its owner sees it.

    A hub hosts what it adds and answers for it; a partner without an organisation of its own
    is remembered as who registered it.

    Raises:
        NotAllowedError: the actor is no officer, no partner and no verified hub.
        AlreadyExistsError: the actor has an organisation of this external id.
        RecordRefusedError: fields that are not the actor's to set, or a hub that is not there.
    """
    own = own_organisation(session, actor)
    if not may_host(actor, own):
        raise NotAllowedError
    refuse_foreign_fields(record, _foreign_fields(actor))
    refuse_deletion(record.get("state"))
    check_record("organisation", record)
    organisation = make_organisation(session)
    _set_hub(session, actor, organisation, own, record)
    write_organisation(session, organisation, record, scope_of(actor))
    write_audit(session, actor.account_id, "organisation_added", organisation.id)
    return view_organisation(session, organisation, Audience.OWNER)


def _foreign_fields(actor: Actor) -> tuple[str, ...]:
    if is_house(actor):
        return ()
    return IMPORTED_FIELDS if actor.is_officer else (*IMPORTED_FIELDS, *OFFICER_FIELDS)


def _set_hub(
    session: RegistrySession,
    actor: Actor,
    organisation: Organisation,
    own: Organisation | None,
    record: Mapping[str, Any],
) -> None:
    if actor.role is Role.PARTNER:
        organisation.registered_by_id = actor.account_id
    if own is not None:
        organisation.hosted_by_id = own.id
    elif record.get("hosted_by"):
        organisation.hosted_by_id = find_hub(session, actor, record["hosted_by"]).id
