"""How far a party is trusted, what led there, and what an officer can decide next."""

from typing import Any

from sqlmodel import col, select

from registry.domain.errors import NotAllowedError
from registry.domain.pipeline import Mover, moves_from
from registry.domain.trust import VettingReason, vetting_reasons
from registry.identity.actor import Actor
from registry.services.matches.write_review import short_of
from registry.services.vetting.set_vetting import find_party
from registry.storage.database import RegistrySession
from registry.storage.vetting import VettingDecision
from search.codes import Vetting


def get_trust(session: RegistrySession, actor: Actor, record: str, party_id: str) -> dict[str, Any]:
    """Return what an officer sees of a party's vetting.

    `{"id", "version", "vetting", "vetted_on", "decisions", "possible"}`: decisions newest first,
    `{"before", "vetting", "reason_code", "day", "by" (short id), "by_me", "note"}`; possible in
    the table's order, `{"vetting", "reasons"}` with the reasons that belong to it.

    Raises:
        NotAllowedError: the actor is no officer.
        NotFoundError: there is no such party, or it was deleted.
    """
    if not actor.is_officer:
        raise NotAllowedError
    party = find_party(session, record, party_id)
    before = Vetting(party.vetting)
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
    }


def _decision(session: RegistrySession, actor: Actor, row: VettingDecision) -> dict[str, Any]:
    return {
        "before": Vetting(row.before),
        "vetting": Vetting(row.vetting),
        "reason_code": VettingReason(row.reason_code),
        "day": row.day,
        "by": short_of(row.by_account_id),
        "by_me": row.by_account_id == actor.account_id,
        "note": session.vault.read(row, "note"),
    }
