"""What is proposed about parties' trust and waits for a second officer."""

from typing import Any

from sqlmodel import col

from registry.domain.errors import NotAllowedError
from registry.domain.roles import Role
from registry.domain.trust import ALONE_WAITS
from registry.identity.actor import Actor
from registry.services.matches.write_review import short_of
from registry.services.vetting.proposals import MAY_VET, is_only_officer, open_proposals
from registry.services.vetting.set_vetting import PARTIES
from registry.storage.database import RegistrySession
from registry.storage.vetting import VettingDecision
from search.codes import RecordState, Vetting

READS_PROPOSALS = (*MAY_VET, Role.AUDITOR)


def list_proposals(session: RegistrySession, actor: Actor, record: str) -> list[dict[str, Any]]:
    """List what waits for a second officer, oldest first.

    `[{"party_id", "vetting", "by" (short id), "day", "alone_from"}]`; alone_from is the day from
    which the only officer confirms it by itself, None where the house has others.

    Raises:
        NotAllowedError: the actor is neither officer nor auditor.
    """
    if actor.role not in READS_PROPOSALS:
        raise NotAllowedError
    table = PARTIES[record]
    statement = (
        open_proposals()
        .join(table, col(table.id) == col(VettingDecision.party_id))
        .where(
            col(table.vetting) == col(VettingDecision.before),
            col(table.state) != RecordState.DELETED,
        )
        .order_by(col(VettingDecision.day), col(VettingDecision.id))
    )
    is_alone = is_only_officer(session)
    return [
        {
            "party_id": each.party_id,
            "vetting": Vetting(each.vetting),
            "by": short_of(each.by_account_id),
            "day": each.day,
            "alone_from": each.day + ALONE_WAITS if is_alone else None,
        }
        for each in session.exec(statement)
    ]
