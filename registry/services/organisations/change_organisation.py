"""A change to an organisation, made from a version that somebody has seen."""

from collections.abc import Mapping
from typing import Any

from registry.domain.audience import Audience
from registry.domain.errors import NotAllowedError
from registry.domain.pipeline import check_move
from registry.identity.actor import Actor
from registry.identity.permissions import is_house, may_change_party, owns_organisation
from registry.services.changes import check_version, real_changes
from registry.services.organisations.find_organisation import find_organisation
from registry.services.organisations.store_organisation import (
    OFFICER_FIELDS,
    find_hub,
    store_fields,
)
from registry.services.organisations.view_organisation import view_organisation
from registry.services.record_fields import refuse_deletion, refuse_foreign_fields
from registry.services.topics import ORGANISATION_CHANGED
from registry.storage.accounts import has_account
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.organisations import Organisation
from registry.storage.outbox import put_outbox

DECIDED_ELSEWHERE = ("external_id", "vetting", "state")
"""Fields that only an import may bring anew; officers decide on them with a reason."""


def change_organisation(
    session: RegistrySession,
    actor: Actor,
    organisation_id: str,
    changes: Mapping[str, Any],
    version: int | None,
) -> dict[str, Any]:
    """Write the given fields of an organisation; None empties one, what is equal stays.

    Raises:
        NotFoundError: there is none that the actor may know of.
        NotAllowedError: it is not the actor's to change.
        VersionMissingError: it is not said which version the change was made from.
        ConflictError: somebody changed it since.
        RecordRefusedError: fields that are not the actor's to set, or that do not agree.
    """
    organisation, audience = find_organisation(session, actor, organisation_id)
    _check_may_change(session, actor, organisation)
    check_version("organisation", organisation, version)
    current = view_organisation(session, organisation, Audience.OWNER)
    changed = real_changes("organisation", current, changes)
    refuse_foreign_fields(changed, _foreign_fields(actor))
    if changed:
        _write(session, actor, organisation, changed)
    return view_organisation(session, organisation, audience)


def _check_may_change(session: RegistrySession, actor: Actor, organisation: Organisation) -> None:
    owns = owns_organisation(actor, organisation)
    signs_in = has_account(session, organisation_id=organisation.id)
    if not may_change_party(actor, owns=owns, has_account=signs_in):
        raise NotAllowedError


def _foreign_fields(actor: Actor) -> tuple[str, ...]:
    if is_house(actor):
        return ("external_id",)
    return DECIDED_ELSEWHERE if actor.is_officer else (*DECIDED_ELSEWHERE, *OFFICER_FIELDS)


def _write(
    session: RegistrySession,
    actor: Actor,
    organisation: Organisation,
    changed: Mapping[str, Any],
) -> None:
    if "state" in changed:
        check_move("organisation", organisation.state, changed["state"])
        refuse_deletion(changed["state"])
    if "hosted_by" in changed:
        hub = changed["hosted_by"]
        organisation.hosted_by_id = find_hub(session, actor, hub).id if hub else None
    store_fields(session, organisation, changed)
    session.flush()
    write_audit(session, actor.account_id, "organisation_changed", organisation.id)
    put_outbox(session, ORGANISATION_CHANGED, organisation.id)
