"""A change to a need, made from a version that somebody has seen."""

from collections.abc import Mapping
from typing import Any

from registry.domain.audience import Audience
from registry.domain.errors import NotAllowedError
from registry.domain.pipeline import check_move
from registry.identity.actor import Actor
from registry.identity.permissions import is_house, mover_of
from registry.services.changes import check_version, real_changes
from registry.services.last_day import refuse_past_need
from registry.services.needs.find_need import SeenNeed, find_need
from registry.services.needs.register_need import check_may_write
from registry.services.needs.store_need import store_fields
from registry.services.needs.view_need import view_need
from registry.services.organisations.find_organisation import find_named_organisation
from registry.services.record_fields import refuse_foreign_fields
from registry.services.topics import NEED_CHANGED
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.outbox import put_outbox
from search.codes import NeedStatus

IDENTITY = ("external_id", "organisation")
"""Fields that say which need it is; they stay as they were given."""

MOVABLE = frozenset({"status"})
"""What officers may change of every need, also of organisations that sign in themselves."""


def change_need(
    session: RegistrySession,
    actor: Actor,
    need_id: str,
    changes: Mapping[str, Any],
    version: int | None,
) -> dict[str, Any]:
    """Write the given fields of a need; None empties one, what is equal stays.

    Raises:
        NotFoundError: there is none that the actor may know of.
        NotAllowedError: it is not the actor's to change, or its organisation is frozen.
        VersionMissingError: it is not said which version the change was made from.
        ConflictError: somebody changed it since.
        RecordRefusedError: fields that do not agree, or that cannot be changed.
        InvalidMoveError: a status that cannot follow for this actor.
    """
    seen = find_need(session, actor, need_id)
    _check_may_change(session, actor, seen, changes)
    check_version("need", seen.need, version)
    current = view_need(session, seen.need, Audience.OWNER)
    changed = real_changes("need", current, _resolved(session, actor, changes))
    refuse_foreign_fields(changed, IDENTITY)
    if "status" in changed:
        changed["status"] = changed["status"] or NeedStatus.OPEN
        check_move("need", seen.need.status, changed["status"], mover_of(actor))
    if changed and not is_house(actor):
        refuse_past_need({**current, **changed}, session.today, changed)
    if changed:
        _write(session, actor, seen, changed)
    texts = seen.audience is Audience.OWNER or actor.scopes is None
    return view_need(session, seen.need, seen.audience, texts=texts)


def _check_may_change(
    session: RegistrySession, actor: Actor, seen: SeenNeed, changes: Mapping[str, Any]
) -> None:
    if seen.audience not in (Audience.OWNER, Audience.OFFICER):
        raise NotAllowedError
    if actor.is_officer and set(changes) <= MOVABLE and not is_house(actor):
        return
    check_may_write(session, actor, seen.organisation)


def _resolved(session: RegistrySession, actor: Actor, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Name the organisation as the record does, however the change points to it."""
    if not changes.get("organisation"):
        return dict(changes)
    organisation = find_named_organisation(session, actor, changes["organisation"])
    return {**changes, "organisation": session.vault.read(organisation, "external_id")}


def _write(
    session: RegistrySession, actor: Actor, seen: SeenNeed, changed: Mapping[str, Any]
) -> None:
    store_fields(session, seen.need, changed)
    if changed.get("urgency", seen.need.urgency_confirmed) != seen.need.urgency_confirmed:
        # Another statement than the one an officer looked at: it waits to be confirmed anew.
        seen.need.urgency_confirmed = None
    session.flush()
    # The status is a code, and what officers ask the trail about.
    write_audit(session, actor.account_id, "need_changed", seen.need.id, changed.get("status"))
    put_outbox(session, NEED_CHANGED, seen.need.id)
