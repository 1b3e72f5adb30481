"""How far a party is trusted, what led there, and what an officer can decide next."""

from typing import Any

from sqlmodel import col, select

from registry.domain.errors import NotAllowedError
from registry.domain.pipeline import Mover, moves_from
from registry.domain.trust import VettingReason, VettingStage, vetting_reasons
from registry.identity.actor import Actor
from registry.services.matches.write_review import short_of
from registry.services.vetting.proposals import (
    confirmable_from,
    is_only_officer,
    may_confirm,
    open_proposal,
)
from registry.services.vetting.set_vetting import find_party
from registry.storage.database import RegistrySession
from registry.storage.vetting import VettingDecision
from search.codes import Vetting


def get_trust(session: RegistrySession, actor: Actor, record: str, party_id: str) -> dict[str, Any]:
    """Return what an officer sees of a party's vetting.

    `{"id", "version", "vetting", "vetted_on", "decisions", "possible", "proposal",
    "only_officer"}`: decisions newest first, `{"before", "vetting", "stage", "reason_code", "day",
    "by" (short id), "by_me", "note"}`; possible in the table's order, `{"vetting", "reasons"}`
    with the reasons that belong to it; proposal, None or that of a level that wants two officers,
    as a decision and `{"may_confirm", "confirmable_from"}` (None: only by another officer).

    Raises:
        NotAllowedError: the actor is no officer.
        NotFoundError: there is no such party, or it was deleted.
    """
    if not actor.is_officer:
        raise NotAllowedError
    party = find_party(session, record, party_id)
    before = Vetting(party.vetting)
    proposal = open_proposal(session, party)
    statement = (
        select(VettingDecision)
        .where(col(VettingDecision.party_id) == party.id)
        .order_by(col(VettingDecision.sequence).desc())
    )
    return {
        "id": party.id,
        "version": party.version,
        "vetting": before,
        "vetted_on": party.vetted_on,
        "decisions": [_decision(session, actor, row) for row in session.exec(statement)],
        "possible": [
            {"vetting": Vetting(after), "reasons": vetting_reasons(before, Vetting(after))}
            for after in moves_from("vetting", before, Mover.OFFICER)
        ],
        "proposal": _proposal(session, actor, proposal) if proposal else None,
        "only_officer": is_only_officer(session),
    }


def _proposal(session: RegistrySession, actor: Actor, row: VettingDecision) -> dict[str, Any]:
    return _decision(session, actor, row) | {
        "may_confirm": may_confirm(session, actor, row),
        "confirmable_from": confirmable_from(session, actor, row),
    }


def _decision(session: RegistrySession, actor: Actor, row: VettingDecision) -> dict[str, Any]:
    return {
        "before": Vetting(row.before),
        "vetting": Vetting(row.vetting),
        "stage": VettingStage(row.stage),
        "reason_code": VettingReason(row.reason_code),
        "day": row.day,
        "by": short_of(row.by_account_id),
        "by_me": row.by_account_id == actor.account_id,
        "note": session.vault.read(row, "note"),
    }
