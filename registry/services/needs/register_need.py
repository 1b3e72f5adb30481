"""A need that an organisation registers, or somebody who may write for it."""

from collections.abc import Mapping
from typing import Any

from registry.domain.audience import Audience
from registry.domain.errors import InvalidMoveError, NotAllowedError
from registry.domain.pipeline import NEED
from registry.identity.actor import Actor
from registry.identity.permissions import is_house, may_change_party, owns_organisation
from registry.schemas.records import check_record
from registry.services.last_day import refuse_past_need
from registry.services.needs.store_need import write_need
from registry.services.needs.view_need import view_need
from registry.services.organisations.find_organisation import find_organisation
from registry.services.references import scope_of
from registry.storage.accounts import has_account
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.needs import new_need
from registry.storage.organisations import Organisation
from search.codes import NeedStatus, RecordState


def register_need(
    session: RegistrySession, actor: Actor, organisation_id: str, record: Mapping[str, Any]
) -> dict[str, Any]:
    """Store a need of an organisation and return it as its owner sees it.

    A need that says nothing of its status is open. `organisation` in the record is not looked
    at: whose need it is, `organisation_id` says.

    Raises:
        NotFoundError: there is no such organisation that the actor may know of.
        NotAllowedError: it is not the actor's to write for, or it is frozen.
        AlreadyExistsError: the actor has a need of this external id.
        RecordRefusedError: fields that do not agree.
        InvalidMoveError: a status that a need cannot begin with.
    """
    organisation, _ = find_organisation(session, actor, organisation_id)
    check_may_write(session, actor, organisation)
    record = {"status": NeedStatus.OPEN, **record}
    check_record("need", record)
    _check_start(actor, record["status"])
    if not is_house(actor):  # an import brings history too; what is past ends at the next turn
        refuse_past_need(record, session.today)
    need = new_need(organisation.id, session.today)
    write_need(session, need, record, scope_of(actor))
    write_audit(session, actor.account_id, "need_registered", need.id)
    return view_need(session, need, Audience.OWNER)


def check_may_write(session: RegistrySession, actor: Actor, organisation: Organisation) -> None:
    """Let an actor pass that may write needs of this organisation.

    Raises:
        NotAllowedError: it may not, or the organisation is frozen.
    """
    owns = owns_organisation(actor, organisation)
    signs_in = has_account(session, organisation_id=organisation.id)
    allowed = may_change_party(actor, owns=owns, has_account=signs_in)
    if not allowed or organisation.state != RecordState.ACTIVE:
        raise NotAllowedError


def _check_start(actor: Actor, status: str) -> None:
    # An import brings needs in whatever state they have elsewhere.
    if status not in NEED.starts and not is_house(actor):
        raise InvalidMoveError("need", "new", status, NEED.starts)
