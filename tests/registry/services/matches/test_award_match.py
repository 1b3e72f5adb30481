"""What an award does to the match, the need and the offer."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from registry.domain.errors import InvalidMoveError, RecordRefusedError
from registry.domain.pipeline import Mover
from registry.identity.actor import Actor
from registry.services.funding import read_funding
from registry.services.matches.award_match import award_match
from registry.services.matches.match_history import match_history
from registry.services.topics import NEED_CHANGED, OFFER_CHANGED
from registry.storage.awards import Award
from registry.storage.database import RegistrySession
from registry.storage.outbox import OutboxEntry
from search.codes import BudgetPer, MatchState, Measure, NeedStatus, OfferStatus
from search.money import Money, Quantity
from tests.factories.matches import Pair, bring_to, make_pair

S = MatchState


@pytest.fixture
def introduced(session: RegistrySession, pair: Pair, officer: Actor) -> Pair:
    """A pair that talks to each other: 4,500 EUR asked for, 50,000 EUR in the offer."""
    bring_to(session, pair, officer, S.INTRODUCED)
    return pair


def test_a_part_of_the_ask_leaves_the_need_partly_met(
    session: RegistrySession, introduced: Pair
) -> None:
    award_match(session, introduced.giver, introduced.id, amount=Money(200_000, "EUR"))
    assert introduced.need.status == NeedStatus.PARTLY_MET
    assert introduced.need.closed_on is None
    assert introduced.offer.spent == Money(200_000, "EUR")
    assert read_funding(session).left_of(introduced.offer) == Money(4_800_000, "EUR")
    assert read_funding(session).given_to(introduced.need) == Money(200_000, "EUR")


def test_all_of_the_ask_meets_the_need(session: RegistrySession, introduced: Pair) -> None:
    award_match(session, introduced.giver, introduced.id, amount=Money(450_000, "EUR"))
    assert introduced.need.status == NeedStatus.MET
    assert introduced.need.closed_on == session.today


@pytest.mark.parametrize(
    ("amount", "said", "status"),
    [(100, True, NeedStatus.MET), (450_000, False, NeedStatus.PARTLY_MET)],
)
def test_people_overrule_the_sums(
    session: RegistrySession, introduced: Pair, amount: int, said: bool, status: NeedStatus
) -> None:
    award_match(
        session, introduced.giver, introduced.id, amount=Money(amount, "EUR"), meets_need=said
    )
    assert introduced.need.status == status


def test_an_emptied_offer_is_exhausted(session: RegistrySession, officer: Actor) -> None:
    pair = make_pair(
        need={"minimum_useful": Money(100_000, "EUR")},
        offer={"budget": Money(300_000, "EUR"), "max_award": None},
    )
    bring_to(session, pair, officer, S.INTRODUCED)
    award_match(session, officer, pair.id, amount=Money(300_000, "EUR"))
    assert pair.offer.status == OfferStatus.EXHAUSTED


def test_a_monthly_budget_counts_this_months_awards(
    session: RegistrySession, officer: Actor
) -> None:
    pair = make_pair(
        need={"minimum_useful": Money(100_000, "EUR")},
        offer={
            "budget": Money(300_000, "EUR"),
            "max_award": None,
            "budget_per": BudgetPer.MONTH,
        },
    )
    bring_to(session, pair, officer, S.INTRODUCED)
    earlier = session.today - timedelta(days=30)
    award_match(session, officer, pair.id, amount=Money(300_000, "EUR"), awarded_on=earlier)
    assert pair.offer.status == OfferStatus.OPEN


def test_help_in_kind_is_counted_in_its_unit(session: RegistrySession, officer: Actor) -> None:
    pair = make_pair(
        need={
            "category": "legal_aid.advice",
            "amount_requested": None,
            "quantity": Quantity(2_000, Measure.HOURS),
        },
        offer={
            "instrument": "service",
            "budget": Quantity(5_000, Measure.SESSIONS),
            "max_award": None,
        },
    )
    bring_to(session, pair, officer, S.INTRODUCED)
    award_match(session, officer, pair.id, amount=Quantity(2_000, Measure.SESSIONS))
    assert pair.need.status == NeedStatus.MET
    assert pair.offer.spent == Quantity(2_000, Measure.SESSIONS)


WRONG: list[tuple[Any, str]] = [
    (None, "required"),
    (Money(0, "EUR"), "not_positive"),
    (Money(100, "PLN"), "mixed_currencies"),
    (Quantity(100, Measure.HOURS), "needs_money"),
    (Money(5_000_001, "EUR"), "award_above_budget"),
]


@pytest.mark.parametrize(("amount", "code"), WRONG)
def test_an_amount_that_cannot_be_is_refused(
    session: RegistrySession, introduced: Pair, amount: Any, code: str
) -> None:
    with pytest.raises(RecordRefusedError) as refused:
        award_match(session, introduced.giver, introduced.id, amount=amount)
    assert [(each.field, each.code) for each in refused.value.problems] == [("amount", code)]
    assert introduced.match.state == S.INTRODUCED
    assert session.exec(select(Award)).all() == []


def test_an_award_lies_not_in_the_future(session: RegistrySession, introduced: Pair) -> None:
    tomorrow = session.today + timedelta(days=1)
    with pytest.raises(RecordRefusedError) as refused:
        award_match(
            session,
            introduced.giver,
            introduced.id,
            amount=Money(100, "EUR"),
            awarded_on=tomorrow,
        )
    assert refused.value.problems[0].field == "awarded_on"


def test_what_was_agreed_is_kept_and_its_conditions_are_guarded(
    session: RegistrySession, introduced: Pair
) -> None:
    award_match(
        session,
        introduced.giver,
        introduced.id,
        amount=Money(100_000, "EUR"),
        months=3,
        reallocation_percent=20,
        conditions="A short note after three months.",
    )
    award = session.exec(select(Award)).one()
    assert (award.months, award.reallocation_percent) == (3, 20)
    assert award.publication_consent == "none"
    assert award.decided_by_id == introduced.giver.account_id
    assert award.conditions is not None
    assert b"short note" not in award.conditions.body
    assert session.vault.read(award, "conditions") == "A short note after three months."


def test_an_award_is_made_once(session: RegistrySession, introduced: Pair) -> None:
    award_match(session, introduced.giver, introduced.id, amount=Money(100, "EUR"))
    with pytest.raises(InvalidMoveError):
        award_match(session, introduced.giver, introduced.id, amount=Money(100, "EUR"))
    assert len(session.exec(select(Award)).all()) == 1


def test_both_sides_read_the_amount_in_the_history(
    session: RegistrySession, introduced: Pair
) -> None:
    award_match(session, introduced.giver, introduced.id, amount=Money(100_000, "EUR"))
    for reader, part in ((introduced.giver, Mover.DONOR), (introduced.holder, Mover.ORGANISATION)):
        last = match_history(session, reader, introduced.match, part)[-1]
        assert last["amount"] == Money(100_000, "EUR")


def test_the_worker_is_asked_to_look_at_need_and_offer(
    session: RegistrySession, introduced: Pair
) -> None:
    for entry in session.exec(select(OutboxEntry)).all():
        session.delete(entry)
    award_match(session, introduced.giver, introduced.id, amount=Money(100_000, "EUR"))
    session.flush()
    asked = {(each.topic, *each.subjects) for each in session.exec(select(OutboxEntry))}
    assert (NEED_CHANGED, introduced.need.id) in asked
    assert (OFFER_CHANGED, introduced.offer.id) in asked


def test_a_need_that_was_closed_meanwhile_stays_closed(
    session: RegistrySession, introduced: Pair
) -> None:
    introduced.need.status = NeedStatus.WITHDRAWN
    session.flush()
    award_match(session, introduced.giver, introduced.id, amount=Money(100_000, "EUR"))
    assert introduced.need.status == NeedStatus.WITHDRAWN
