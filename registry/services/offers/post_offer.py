"""An offer that a donor posts, or somebody who may write for it."""

from collections.abc import Mapping
from typing import Any

from registry.domain.audience import Audience
from registry.domain.errors import InvalidMoveError, NotAllowedError
from registry.domain.pipeline import OFFER
from registry.identity.actor import Actor
from registry.identity.permissions import is_house, may_change_party, owns_donor
from registry.schemas.records import check_record
from registry.services.donors.find_donor import find_donor
from registry.services.last_day import refuse_past_offer
from registry.services.offers.store_offer import write_offer
from registry.services.offers.view_offer import view_offer
from registry.services.references import scope_of
from registry.storage.accounts import has_account
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.offers import new_offer
from search.codes import RecordState


def post_offer(
    session: RegistrySession, actor: Actor, donor_id: str, record: Mapping[str, Any]
) -> dict[str, Any]:
    """Store an offer of a donor and return it as its owner sees it.

    `donor` in the record is not looked at: whose offer it is, `donor_id` says.

    Raises:
        NotFoundError: there is no such donor that the actor may know of.
        NotAllowedError: it is not the actor's to write for, or it is frozen.
        AlreadyExistsError: the actor has an offer of this external id.
        RecordRefusedError: fields that do not agree.
        InvalidMoveError: a status that an offer cannot begin with.
    """
    donor, _ = find_donor(session, actor, donor_id)
    check_may_write(session, actor, donor)
    check_record("offer", record)
    _check_start(actor, record["status"])
    if not is_house(actor):  # an import brings history too; what is past ends at the next turn
        refuse_past_offer(record, session.today)
    offer = new_offer(donor.id, session.today)
    write_offer(session, offer, record, scope_of(actor))
    write_audit(session, actor.account_id, "offer_posted", offer.id)
    return view_offer(session, offer, Audience.OWNER)


def check_may_write(session: RegistrySession, actor: Actor, donor: Donor) -> None:
    """Let an actor pass that may write offers of this donor.

    Raises:
        NotAllowedError: it may not, or the donor is frozen.
    """
    owns = owns_donor(actor, donor)
    signs_in = has_account(session, donor_id=donor.id)
    allowed = may_change_party(actor, owns=owns, has_account=signs_in)
    if not allowed or donor.state != RecordState.ACTIVE:
        raise NotAllowedError


def _check_start(actor: Actor, status: str) -> None:
    # An import brings offers in whatever state they have elsewhere.
    if status not in OFFER.starts and not is_house(actor):
        raise InvalidMoveError("offer", "new", status, OFFER.starts)
