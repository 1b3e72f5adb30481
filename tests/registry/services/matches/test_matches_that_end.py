"""What becomes of a match when a side is no longer there."""

import pytest
from sqlmodel import select

from registry.services.matches.propose_matches import (
    propose_all,
    propose_for_need,
    propose_for_offer,
)
from registry.services.matches.store_judged import Stored
from registry.storage.database import RegistrySession
from registry.storage.matches import Review
from search.codes import (
    MatchState,
    NeedStatus,
    OfferStatus,
    ReasonCode,
    Vetting,
)
from tests.factories import NeedFactory, OfferFactory, OrganisationFactory
from tests.registry.services.matches.test_propose_matches import (
    only_match,
    put_in,
)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (NeedStatus.EXPIRED, MatchState.EXPIRED),
        (NeedStatus.WITHDRAWN, MatchState.WITHDRAWN),
        (NeedStatus.MET, MatchState.WITHDRAWN),
    ],
)
def test_a_closed_need_ends_its_matches(
    session: RegistrySession, status: NeedStatus, state: MatchState
) -> None:
    need = NeedFactory.create()
    OfferFactory.create()
    propose_all(session)
    need.status = status
    propose_for_need(session, need.id)
    assert only_match(session).state == state
    review = session.exec(select(Review)).one()
    assert review.reason_code == ReasonCode.NO_LONGER_AVAILABLE


def test_a_need_that_is_opened_again_finds_its_matches_again(session: RegistrySession) -> None:
    need = NeedFactory.create()
    OfferFactory.create()
    propose_all(session)
    need.status = NeedStatus.EXPIRED
    propose_for_need(session, need.id)
    need.status = NeedStatus.OPEN
    session.flush()
    assert propose_for_need(session, need.id) == Stored(reopened=1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (MatchState.PROPOSED, MatchState.EXPIRED),
        (MatchState.SHORTLISTED, MatchState.SHORTLISTED),
        (MatchState.INTERESTED, MatchState.INTERESTED),
    ],
)
def test_a_paused_offer_takes_back_only_what_nobody_looked_at(
    session: RegistrySession, before: MatchState, after: MatchState
) -> None:
    NeedFactory.create()
    offer = OfferFactory.create()
    propose_all(session)
    put_in(session, only_match(session), before)
    offer.status = OfferStatus.PAUSED
    propose_for_offer(session, offer.id)
    assert only_match(session).state == after


def test_a_suspended_organisation_ends_even_introductions(session: RegistrySession) -> None:
    organisation = OrganisationFactory.create()
    need = NeedFactory.create(organisation=organisation)
    OfferFactory.create()
    propose_all(session)
    put_in(session, only_match(session), MatchState.INTRODUCED)
    organisation.vetting = Vetting.SUSPENDED
    propose_for_need(session, need.id)
    assert only_match(session).state == MatchState.WITHDRAWN
