"""An officer decides how far a party is trusted."""

from typing import Any

from sqlmodel import col, func, select

from registry.domain.errors import (
    InvalidMoveError,
    NotAllowedError,
    NotFoundError,
    ReasonMissingError,
)
from registry.domain.identifiers import new_id
from registry.domain.pipeline import Mover, moves_from
from registry.domain.trust import WANTS_TWO, VettingReason, VettingStage, vetting_reasons
from registry.identity.actor import SYSTEM, Actor
from registry.identity.permissions import is_house
from registry.services.matches.see_match import check_page_version
from registry.services.topics import DONOR_CHANGED, ORGANISATION_CHANGED
from registry.services.vetting.proposals import may_confirm, open_proposal, touch
from registry.services.vetting.withdraw_matches import withdraw_matches_of
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.organisations import Organisation
from registry.storage.outbox import put_outbox
from registry.storage.vetting import VettingDecision
from search.codes import RecordState, Vetting

PARTIES: dict[str, type[Organisation] | type[Donor]] = {
    "organisation": Organisation,
    "donor": Donor,
}
BY_ONE, BY_TWO, BY_HOUSE = "by_one_officer", "by_two_officers", "by_the_house"
"""Who decided, as the trail says it."""


def set_vetting(
    session: RegistrySession,
    actor: Actor,
    record: str,
    party_id: str,
    *,
    vetting: Vetting,
    reason: VettingReason,
    note: str | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """Set how far a party is trusted; a suspension takes everything of it out of sight at once.

    Full trust is proposed by one officer and confirmed by another one, who calls this likewise;
    the operator at the command line needs no second one.

    Args:
        session: a writing session.
        actor: an officer.
        record: `organisation` or `donor`.
        party_id: its id.
        vetting: the new level; the moves are those of `registry.domain.pipeline.VETTING`.
        reason: one of `vetting_reasons(before, vetting)`.
        note: what the next officer should know; guarded by the party's key.
        version: of the party's record, as the page showed it.

    Returns:
        `{"id", "version", "vetting", "vetted_on", "proposed", "withdrawn"}`; `proposed` says that
        this was a first word and nothing has changed yet; `withdrawn` counts the matches that
        ended with a suspension.

    Raises:
        NotAllowedError: the actor is no officer.
        NotFoundError: there is no such party, or it was deleted.
        ConflictError: it changed since the page was made.
        InvalidMoveError: of the record `vetting`, with the levels possible instead; also where
            the actor proposed this itself, and another officer has to confirm it.
        ReasonMissingError: there is no reason, or one that does not belong to this decision.
    """
    if not actor.is_officer:
        raise NotAllowedError
    party = find_party(session, record, party_id)
    check_page_version(record, party.version, version)
    before, wanted = Vetting(party.vetting), Vetting(vetting)
    _check_decision(before, wanted, reason)
    how = _who_decides(session, actor, party, wanted)
    stage = VettingStage.DECIDED if how else VettingStage.PROPOSED
    _write_decision(session, actor, party, vetting=wanted, stage=stage, reason=reason, note=note)
    withdrawn = 0
    if how:
        withdrawn = _put_into_force(session, actor, party, wanted, how)
    else:
        touch(session, party)
        write_audit(session, actor.account_id, "vetting_proposed", party.id, wanted)
    return {
        "id": party.id,
        "version": party.version,
        "vetting": Vetting(party.vetting),
        "vetted_on": party.vetted_on,
        "proposed": how is None,
        "withdrawn": withdrawn,
    }


def _who_decides(
    session: RegistrySession, actor: Actor, party: Organisation | Donor, wanted: Vetting
) -> str | None:
    """Return who decides this with the actor's word; None where it is the first of two."""
    if is_house(actor):
        return BY_HOUSE
    if wanted not in WANTS_TWO:
        return BY_ONE
    proposal = open_proposal(session, party)
    if proposal is None:
        return None
    if not may_confirm(session, actor, proposal):
        possible = moves_from("vetting", party.vetting, Mover.OFFICER)
        others = [each for each in possible if each != wanted]
        raise InvalidMoveError("vetting", party.vetting, wanted, others)
    return BY_ONE if proposal.by_account_id == actor.account_id else BY_TWO


def _put_into_force(
    session: RegistrySession, actor: Actor, party: Organisation | Donor, wanted: Vetting, how: str
) -> int:
    """Let a decision take effect; return how many matches ended with it."""
    party.vetting, party.vetted_on = wanted, session.today
    session.add(party)
    session.flush()
    write_audit(session, actor.account_id, "vetting_set", party.id, f"{wanted}_{how}")
    topic = ORGANISATION_CHANGED if isinstance(party, Organisation) else DONOR_CHANGED
    put_outbox(session, topic, party.id)
    return withdraw_matches_of(session, party) if wanted is Vetting.SUSPENDED else 0


def find_party(session: RegistrySession, record: str, party_id: str) -> Organisation | Donor:
    """Return an organisation or a donor that was not deleted.

    Raises:
        NotFoundError: there is none.
    """
    party = session.get(PARTIES[record], party_id) if record in PARTIES else None
    if not isinstance(party, Organisation | Donor) or party.state == RecordState.DELETED:
        raise NotFoundError
    return party


def _check_decision(before: Vetting, wanted: Vetting, reason: VettingReason | None) -> None:
    possible = moves_from("vetting", before, Mover.OFFICER)
    if wanted not in possible:
        raise InvalidMoveError("vetting", before, wanted, possible)
    if reason not in vetting_reasons(before, wanted):
        raise ReasonMissingError("a decision on vetting needs a reason that belongs to it")


def _write_decision(
    session: RegistrySession,
    actor: Actor,
    party: Organisation | Donor,
    *,
    vetting: Vetting,
    stage: VettingStage,
    reason: VettingReason,
    note: str | None,
) -> None:
    newest = select(func.max(col(VettingDecision.sequence))).where(
        col(VettingDecision.party_id) == party.id
    )
    decision = VettingDecision(
        id=new_id(),
        party_id=party.id,
        organisation_id=party.id if isinstance(party, Organisation) else None,
        donor_id=party.id if isinstance(party, Donor) else None,
        sequence=(session.exec(newest).one() or 0) + 1,
        before=party.vetting,
        vetting=vetting,
        stage=stage,
        reason_code=reason,
        by_account_id=None if actor.account_id == SYSTEM else actor.account_id,
        day=session.today,
    )
    session.vault.write(decision, "note", note or None)
    session.add(decision)
