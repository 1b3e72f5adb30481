"""A change to an offer, made from a version that somebody has seen."""

from collections.abc import Mapping
from typing import Any

from registry.domain.audience import Audience
from registry.domain.errors import NotAllowedError
from registry.domain.pipeline import check_move
from registry.identity.actor import Actor
from registry.identity.permissions import is_house, mover_of
from registry.services.changes import check_version, real_changes
from registry.services.donors.find_donor import find_named_donor
from registry.services.last_day import refuse_past_offer
from registry.services.offers.find_offer import SeenOffer, find_offer
from registry.services.offers.post_offer import check_may_write
from registry.services.offers.store_offer import store_fields
from registry.services.offers.view_offer import view_offer
from registry.services.record_fields import refuse_foreign_fields
from registry.services.topics import OFFER_CHANGED
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.outbox import put_outbox

IDENTITY = ("external_id", "donor")
"""Fields that say which offer it is; they stay as they were given."""

MOVABLE = frozenset({"status"})
"""What officers may change of every offer, also of donors that sign in themselves."""


def change_offer(
    session: RegistrySession,
    actor: Actor,
    offer_id: str,
    changes: Mapping[str, Any],
    version: int | None,
) -> dict[str, Any]:
    """Write the given fields of an offer; None empties one, what is equal stays.

    Raises:
        NotFoundError: there is none that the actor may know of.
        NotAllowedError: it is not the actor's to change, or its donor is frozen.
        VersionMissingError: it is not said which version the change was made from.
        ConflictError: somebody changed it since.
        RecordRefusedError: fields that do not agree, or that cannot be changed.
        InvalidMoveError: a status that cannot follow for this actor.
    """
    seen = find_offer(session, actor, offer_id)
    _check_may_change(session, actor, seen, changes)
    check_version("offer", seen.offer, version)
    current = view_offer(session, seen.offer, Audience.OWNER)
    changed = real_changes("offer", current, _resolved(session, actor, changes))
    refuse_foreign_fields(changed, IDENTITY)
    if "status" in changed:
        check_move("offer", seen.offer.status, changed["status"], mover_of(actor))
    if changed and not is_house(actor):
        refuse_past_offer({**current, **changed}, session.today, changed)
    if changed:
        _write(session, actor, seen, changed)
    return view_offer(session, seen.offer, seen.audience)


def _check_may_change(
    session: RegistrySession, actor: Actor, seen: SeenOffer, changes: Mapping[str, Any]
) -> None:
    if seen.audience not in (Audience.OWNER, Audience.OFFICER):
        raise NotAllowedError
    if actor.is_officer and set(changes) <= MOVABLE and not is_house(actor):
        return
    check_may_write(session, actor, seen.donor)


def _resolved(session: RegistrySession, actor: Actor, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Name the donor as the record does, however the change points to it."""
    if not changes.get("donor"):
        return dict(changes)
    donor = find_named_donor(session, actor, changes["donor"])
    return {**changes, "donor": session.vault.read(donor, "external_id")}


def _write(
    session: RegistrySession, actor: Actor, seen: SeenOffer, changed: Mapping[str, Any]
) -> None:
    store_fields(session, seen.offer, changed)
    session.flush()
    # The status is a code, and what officers ask the trail about.
    write_audit(session, actor.account_id, "offer_changed", seen.offer.id, changed.get("status"))
    put_outbox(session, OFFER_CHANGED, seen.offer.id)
