"""Full trust wants two officers: one proposes it, another one confirms it.

Where the house has one officer alone, it confirms its own proposal after `ALONE_WAITS`, in the
sight of the auditors. A proposal ends with the next decision on the party, when an officer drops
it, and with the account of whoever made it.
"""

from datetime import date

from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from registry.domain.roles import Role
from registry.domain.trust import ALONE_WAITS, VettingStage
from registry.identity.actor import Actor
from registry.storage.accounts import Account
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.organisations import Organisation
from registry.storage.vetting import VettingDecision

MAY_VET = (Role.OFFICER, Role.ADMIN)


def open_proposal(session: RegistrySession, party: Organisation | Donor) -> VettingDecision | None:
    """Return what is proposed for a party and not yet confirmed or dropped."""
    statement = open_proposals().where(
        col(VettingDecision.party_id) == party.id, col(VettingDecision.before) == party.vetting
    )
    return session.exec(statement).first()


def confirmable_from(
    session: RegistrySession, actor: Actor, proposal: VettingDecision
) -> date | None:
    """Return the day from which the actor may confirm a proposal; None: somebody else has to."""
    if proposal.by_account_id != actor.account_id:
        return proposal.day
    return proposal.day + ALONE_WAITS if is_only_officer(session) else None


def may_confirm(session: RegistrySession, actor: Actor, proposal: VettingDecision) -> bool:
    """Say whether the actor may confirm a proposal today."""
    day = confirmable_from(session, actor, proposal)
    return day is not None and day <= session.today


def is_only_officer(session: RegistrySession) -> bool:
    """Say whether the house has no more than one account that decides on trust."""
    statement = select(func.count()).where(col(Account.role).in_(MAY_VET), col(Account.active))
    return session.exec(statement).one() <= 1


def touch(session: RegistrySession, party: Organisation | Donor) -> None:
    """Let the party's pages grow old, so that nobody confirms what stood there before."""
    flag_modified(party, "vetting")
    session.add(party)
    session.flush()


def open_proposals() -> SelectOfScalar[VettingDecision]:
    """Select each party's newest decision where it is a proposal of somebody still an officer."""
    other = aliased(VettingDecision)
    newest = (
        select(func.max(col(other.sequence)))
        .where(col(other.party_id) == col(VettingDecision.party_id))
        .scalar_subquery()
    )
    return (
        select(VettingDecision)
        .join(Account, col(Account.id) == col(VettingDecision.by_account_id))
        .where(
            col(VettingDecision.stage) == VettingStage.PROPOSED,
            col(VettingDecision.sequence) == newest,
            col(Account.active),
            col(Account.role).in_(MAY_VET),
        )
    )
