"""Matches as the registry proposes them, and how people bring them from state to state."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from registry.domain.roles import Role
from registry.identity.actor import Actor, actor_of
from registry.services.matches.award_match import award_match
from registry.services.matches.consent_match import consent_match
from registry.services.matches.offer_match import offer_match
from registry.services.matches.propose_matches import propose_for_need
from registry.services.matches.record_interest import record_interest
from registry.services.matches.shortlist_match import shortlist_match
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import MatchState, Publicity
from search.money import Money
from tests.factories.accounts import AccountFactory
from tests.factories.base import RecordFactory
from tests.factories.offers import DonorFactory, OfferFactory
from tests.factories.organisations import NeedFactory, OrganisationFactory

CLEAR_TERMS: dict[str, Any] = {
    "publicity_required": Publicity.NONE,
    "decision_days": 10,
    "payout_days": 5,
}
"""Terms of an offer that leave no rule open for the need of `NeedFactory`."""


class MatchFactory(RecordFactory):
    """A proposal: `need` and `offer` are rows, or made so that every rule is met."""

    @classmethod
    def store(cls, session: RegistrySession, record: dict[str, Any]) -> Match:
        need = record.pop("need", None) or NeedFactory.create()
        offer = record.pop("offer", None) or OfferFactory.create(**CLEAR_TERMS)
        propose_for_need(session, need.id)
        statement = select(Match).where(
            col(Match.need_id) == need.id, col(Match.offer_id) == offer.id
        )
        return session.exec(statement).one()


@dataclass(slots=True)
class Pair:
    """A match with its four records and one who acts for each side."""

    organisation: Organisation
    need: Need
    donor: Donor
    offer: Offer
    match: Match
    holder: Actor
    giver: Actor

    @property
    def id(self) -> str:
        return self.match.id


def make_pair(
    *,
    organisation: dict[str, Any] | None = None,
    need: dict[str, Any] | None = None,
    donor: dict[str, Any] | None = None,
    offer: dict[str, Any] | None = None,
) -> Pair:
    """Make a proposed match; each side may differ from its factory."""
    asking = OrganisationFactory.create(**(organisation or {}))
    wanted = NeedFactory.create(organisation=asking, **(need or {}))
    giving = DonorFactory.create(**(donor or {}))
    given = OfferFactory.create(**{"donor": giving, **CLEAR_TERMS, **(offer or {})})
    match = MatchFactory.create(need=wanted, offer=given)
    holder = AccountFactory.create(role=Role.ORGANISATION, organisation_id=asking.id)
    giver = AccountFactory.create(role=Role.DONOR, donor_id=giving.id)
    return Pair(asking, wanted, giving, given, match, actor_of(holder), actor_of(giver))


def bring_to(session: RegistrySession, pair: Pair, officer: Actor, state: MatchState) -> Match:
    """Bring a match to a state on the way from proposal to award, by the acts of its people."""
    steps = (
        (MatchState.SHORTLISTED, lambda: shortlist_match(session, officer, pair.id)),
        (MatchState.OFFERED, lambda: offer_match(session, officer, pair.id)),
        (MatchState.INTERESTED, lambda: record_interest(session, pair.giver, pair.id)),
        (MatchState.INTRODUCED, lambda: consent_match(session, pair.holder, pair.id)),
        (
            MatchState.AWARDED,
            lambda: award_match(session, officer, pair.id, amount=Money(100_000, "EUR")),
        ),
    )
    way = [MatchState.PROPOSED, *(reached for reached, _ in steps)]
    done = way.index(MatchState(pair.match.state))
    for reached, act in steps[done : way.index(state)]:
        act()
        assert pair.match.state == reached
    assert pair.match.state == state
    session.commit()
    return pair.match
