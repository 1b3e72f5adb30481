"""What the passing of days brings about."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from registry.domain.identifiers import new_id
from registry.services import expire_due as module
from registry.services.expire_due import expire_due, renew_budgets
from registry.services.matches.propose_matches import propose_all
from registry.storage.audit import AuditEntry
from registry.storage.awards import Award
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.outbox import OutboxEntry
from search.codes import BudgetPer, MatchState, NeedStatus, OfferStatus
from search.money import Money
from tests.conftest import TODAY
from tests.factories import NeedFactory, OfferFactory

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def need_until(session: RegistrySession, needed_by: date, useful_until: date | None) -> Need:
    need: Need = NeedFactory.create()
    need.needed_by, need.useful_until = needed_by, useful_until
    session.flush()
    return need


@pytest.mark.parametrize(
    ("needed_by", "useful_until", "status"),
    [
        (YESTERDAY, None, NeedStatus.EXPIRED),
        (TODAY, None, NeedStatus.OPEN),
        (YESTERDAY, TODAY, NeedStatus.OPEN),
        (YESTERDAY, YESTERDAY, NeedStatus.EXPIRED),
    ],
)
def test_a_need_ends_after_its_last_day(
    session: RegistrySession, needed_by: date, useful_until: date | None, status: NeedStatus
) -> None:
    need = need_until(session, needed_by, useful_until)
    expire_due(session)
    assert need.status == status
    assert need.closed_on == (TODAY if status is NeedStatus.EXPIRED else None)


@pytest.mark.parametrize("status", [NeedStatus.DRAFT, NeedStatus.MET, NeedStatus.WITHDRAWN])
def test_needs_that_are_not_open_stay_as_they_are(
    session: RegistrySession, status: NeedStatus
) -> None:
    need = need_until(session, YESTERDAY, None)
    need.status = status
    assert expire_due(session) == 0
    assert need.status == status


@pytest.mark.parametrize("status", [OfferStatus.OPEN, OfferStatus.PAUSED, OfferStatus.EXHAUSTED])
def test_an_offer_closes_after_its_closing_day(
    session: RegistrySession, status: OfferStatus
) -> None:
    closing: Offer = OfferFactory.create()
    last: Offer = OfferFactory.create(closes_on=TODAY)
    closing.closes_on, closing.status = YESTERDAY, status
    assert expire_due(session) == 1
    assert (closing.status, closing.closed_on) == (OfferStatus.CLOSED, TODAY)
    assert last.status == OfferStatus.OPEN


def test_matches_of_what_ended_end_too(session: RegistrySession) -> None:
    need = need_until(session, TOMORROW, None)
    OfferFactory.create()
    propose_all(session)
    need.needed_by = YESTERDAY
    expire_due(session)
    assert session.exec(select(Match)).one().state == MatchState.EXPIRED


def test_every_end_is_in_the_trail_and_told_to_the_worker(session: RegistrySession) -> None:
    need = need_until(session, YESTERDAY, None)
    session.exec(select(OutboxEntry)).all()
    expire_due(session)
    acts = session.exec(select(AuditEntry).where(AuditEntry.subject == need.id)).all()
    assert acts[-1].act == "need_expired"
    told = session.exec(select(OutboxEntry).order_by(OutboxEntry.id.desc())).first()
    assert told is not None
    assert told.subjects == [need.id]


def test_it_works_in_parts_until_nothing_is_left(
    session: RegistrySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_AT_ONCE", 2)
    for _ in range(3):
        need_until(session, YESTERDAY, None)
    offer = OfferFactory.create()
    offer.closes_on = YESTERDAY
    session.flush()
    assert [expire_due(session) for _ in range(3)] == [2, 2, 0]


def award(session: RegistrySession, need: Need, offer: Offer, on: date, cents: int) -> None:
    match = Match(
        id=new_id(),
        need_id=need.id,
        offer_id=offer.id,
        organisation_id=need.organisation_id,
        donor_id=offer.donor_id,
        state=MatchState.AWARDED,
        outcome="eligible",
        score=0.5,
        confidence=0.5,
        weights_version="1",
        rules_version="1",
        judged_on=on,
        moved_on=on,
    )
    session.add(match)
    session.flush()
    session.add(
        Award(
            id=new_id(),
            match_id=match.id,
            organisation_id=need.organisation_id,
            offer_id=offer.id,
            need_id=need.id,
            amount=Money(cents, "EUR"),
            awarded_on=on,
        )
    )
    session.flush()


@pytest.mark.parametrize(
    ("awarded_on", "status"),
    [(TODAY.replace(day=1), OfferStatus.EXHAUSTED), (date(2026, 10, 31), OfferStatus.OPEN)],
)
def test_a_monthly_budget_begins_anew_with_its_month(
    session: RegistrySession, awarded_on: date, status: OfferStatus
) -> None:
    offer = OfferFactory.create(budget_per=BudgetPer.MONTH)
    award(session, NeedFactory.create(), offer, awarded_on, offer.budget.hundredths)
    offer.status = OfferStatus.EXHAUSTED
    renew_budgets(session)
    assert offer.status == status


def test_a_budget_that_is_spent_once_stays_spent(session: RegistrySession) -> None:
    offer = OfferFactory.create(budget_per=BudgetPer.ONCE)
    offer.status = OfferStatus.EXHAUSTED
    assert renew_budgets(session) == 0
    assert offer.status == OfferStatus.EXHAUSTED
