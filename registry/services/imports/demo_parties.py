"""Whose accounts the demonstration hands out: a verified organisation and donor with much to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.organisations import Organisation
from search.codes import MatchState, PairOutcome, Vetting


@dataclass(frozen=True, slots=True)
class DemoParties:
    """The organisation and the donor that have an account."""

    organisation_id: str
    donor_id: str


def choose_parties(session: RegistrySession) -> DemoParties:
    """Return the verified organisation and the verified donor with most eligible proposals."""
    return DemoParties(
        organisation_id=_busiest(session, Match.organisation_id, Organisation),
        donor_id=_busiest(session, Match.donor_id, Donor),
    )


def proposed_matches(session: RegistrySession, *conditions: Any) -> Sequence[Match]:
    """Return eligible proposals between verified parties, the best ones first."""
    statement = (
        select(Match)
        .join(Organisation, col(Organisation.id) == col(Match.organisation_id))
        .join(Donor, col(Donor.id) == col(Match.donor_id))
        .where(
            col(Match.state) == MatchState.PROPOSED,
            col(Match.outcome) == PairOutcome.ELIGIBLE,
            col(Organisation.vetting) == Vetting.VERIFIED,
            col(Donor.vetting) == Vetting.VERIFIED,
            *conditions,
        )
        .order_by(col(Match.score).desc(), col(Match.id))
    )
    return session.exec(statement).all()


def _busiest(session: RegistrySession, column: Any, party: Any) -> str:
    statement = (
        select(column)
        .join(party, col(party.id) == column)
        .where(
            col(Match.outcome) == PairOutcome.ELIGIBLE,
            col(party.vetting) == Vetting.VERIFIED,
        )
        .group_by(column)
        .order_by(func.count().desc(), column)
        .limit(1)
    )
    return str(session.exec(statement).one())
