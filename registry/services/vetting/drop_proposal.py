"""An officer takes off what was proposed about a party's trust."""

from registry.domain.errors import NotAllowedError, NotFoundError
from registry.domain.trust import VettingStage
from registry.identity.actor import Actor
from registry.services.matches.see_match import check_page_version
from registry.services.vetting.proposals import open_proposal, touch
from registry.services.vetting.set_vetting import find_party
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession


def drop_proposal(
    session: RegistrySession,
    actor: Actor,
    record: str,
    party_id: str,
    *,
    version: int | None = None,
) -> None:
    """Take a proposal off: its own, or another officer's that one does not share.

    Raises:
        NotAllowedError: the actor is no officer.
        NotFoundError: there is no such party, or nothing is proposed for it.
        ConflictError: it changed since the page was made.
    """
    if not actor.is_officer:
        raise NotAllowedError
    party = find_party(session, record, party_id)
    check_page_version(record, party.version, version)
    proposal = open_proposal(session, party)
    if proposal is None:
        raise NotFoundError
    proposal.stage = VettingStage.DROPPED
    session.add(proposal)
    touch(session, party)
    write_audit(session, actor.account_id, "vetting_dropped", party.id, proposal.vetting)
