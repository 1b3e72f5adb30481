"""A change to a donor, made from a version that somebody has seen."""

from collections.abc import Mapping
from typing import Any

from registry.domain.audience import Audience
from registry.domain.errors import NotAllowedError
from registry.domain.pipeline import check_move
from registry.identity.actor import Actor
from registry.identity.permissions import is_house, may_change_party, owns_donor
from registry.services.changes import check_version, real_changes
from registry.services.donors.find_donor import find_donor
from registry.services.donors.store_donor import OFFICER_FIELDS, store_fields
from registry.services.donors.view_donor import view_donor
from registry.services.record_fields import refuse_deletion, refuse_foreign_fields
from registry.services.topics import DONOR_CHANGED
from registry.storage.accounts import has_account
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.outbox import put_outbox

DECIDED_ELSEWHERE = ("external_id", "vetting", "state")
"""Fields that only an import may bring anew; officers decide on them with a reason."""


def change_donor(
    session: RegistrySession,
    actor: Actor,
    donor_id: str,
    changes: Mapping[str, Any],
    version: int | None,
) -> dict[str, Any]:
    """Write the given fields of a donor; None empties one, what is equal stays.

    Raises:
        NotFoundError: there is none that the actor may know of.
        NotAllowedError: it is not the actor's to change.
        VersionMissingError: it is not said which version the change was made from.
        ConflictError: somebody changed it since.
        RecordRefusedError: fields that are not the actor's to set.
    """
    donor, audience = find_donor(session, actor, donor_id)
    signs_in = has_account(session, donor_id=donor.id)
    if not may_change_party(actor, owns=owns_donor(actor, donor), has_account=signs_in):
        raise NotAllowedError
    check_version("donor", donor, version)
    changed = real_changes("donor", view_donor(session, donor, Audience.OWNER), changes)
    refuse_foreign_fields(changed, _foreign_fields(actor))
    if changed:
        _write(session, actor, donor, changed)
    return view_donor(session, donor, audience)


def _foreign_fields(actor: Actor) -> tuple[str, ...]:
    if is_house(actor):
        return ("external_id",)
    return DECIDED_ELSEWHERE if actor.is_officer else (*DECIDED_ELSEWHERE, *OFFICER_FIELDS)


def _write(
    session: RegistrySession, actor: Actor, donor: Donor, changed: Mapping[str, Any]
) -> None:
    if "state" in changed:
        check_move("donor", donor.state, changed["state"])
        refuse_deletion(changed["state"])
    store_fields(session, donor, changed)
    session.flush()
    write_audit(session, actor.account_id, "donor_changed", donor.id)
    put_outbox(session, DONOR_CHANGED, donor.id)
