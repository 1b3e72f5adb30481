"""Offers: posted, changed, closed, and read by who may."""

from datetime import date

import pytest

from registry.domain.errors import (
    InvalidMoveError,
    NotAllowedError,
    NotFoundError,
    RecordRefusedError,
)
from registry.identity.actor import HOUSE
from registry.services.offers.change_offer import change_offer
from registry.services.offers.get_offer import get_offer
from registry.services.offers.list_offers import list_offers
from registry.services.offers.list_public_offers import list_public_offers
from registry.services.offers.move_offer import move_offer
from registry.services.offers.post_offer import post_offer
from registry.storage.donors import Donor
from search.codes import MatchState, OfferStatus, RecordState, Visibility
from search.money import Money
from tests.counting import statements
from tests.factories import DonorFactory, OfferFactory
from tests.factories.matches import bring_to


@pytest.fixture
def offer(session, giver):
    return OfferFactory.create(donor=session.get_one(Donor, giver.donor_id))


def test_every_field_comes_back_as_it_went(session, giver):
    record = OfferFactory.build(
        budget_per="month",
        min_award=Money(50_000, "EUR"),
        categories=["fixed_costs"],
        excluded_categories=["fixed_costs.taxes"],
        category_caps={"fixed_costs.rent": "40"},
        countries=["PL"],
        base_countries=["PL", "LT"],
        organisation_kinds=["media"],
        legal_statuses=["registered_abroad"],
        target_groups=["media"],
        minimum_vetting="vouched",
        channels=["bank_abroad"],
        publicity_required="none",
        reporting_required="light",
        languages=["en"],
        opens_on=date(2026, 11, 1),
        decision_days=14,
        payout_days=7,
        max_months=12,
        renewable=True,
        retroactive=False,
        co_funding=False,
        min_years_active=1,
        reallocation_percent=25,
        excluded_organisations=["Willow 9"],
        visibility=Visibility.MEMBERS,
    )

    view = post_offer(session, giver, giver.donor_id, record)

    assert {name: view[name] for name in record} == record
    assert view["budget_left"] == record["budget"]


def test_nobody_but_officers_sees_an_offer_that_does_not_say(session, giver, partner, officer):
    view = post_offer(session, giver, giver.donor_id, OfferFactory.build())

    assert view["visibility"] == "officers"
    assert get_offer(session, officer, view["id"])
    with pytest.raises(NotFoundError):
        get_offer(session, partner, view["id"])


def test_taking_back_who_may_see_it_leaves_officers(session, giver, offer):
    change_offer(session, giver, offer.id, {"visibility": Visibility.PUBLIC}, 1)
    view = change_offer(session, giver, offer.id, {"visibility": None}, 2)

    assert view["visibility"] == "officers"


def test_only_an_import_brings_offers_that_are_over(session, giver):
    record = OfferFactory.build(status=OfferStatus.CLOSED)

    with pytest.raises(InvalidMoveError):
        post_offer(session, giver, giver.donor_id, record)

    assert post_offer(session, HOUSE, giver.donor_id, record)["status"] == "closed"


def test_an_offer_is_paused_opened_and_closed(session, giver, offer):
    for version, status in enumerate(
        (OfferStatus.PAUSED, OfferStatus.OPEN, OfferStatus.EXHAUSTED, OfferStatus.CLOSED), start=1
    ):
        assert move_offer(session, giver, offer.id, status, version)["status"] == status

    assert offer.closed_on == session.today
    with pytest.raises(InvalidMoveError):
        move_offer(session, giver, offer.id, OfferStatus.OPEN, 5)


def test_a_frozen_donor_writes_nothing(session, giver, offer):
    session.get_one(Donor, giver.donor_id).state = RecordState.FROZEN
    session.flush()

    with pytest.raises(NotAllowedError):
        change_offer(session, giver, offer.id, {"renewable": True}, 1)
    with pytest.raises(NotAllowedError):
        post_offer(session, giver, giver.donor_id, OfferFactory.build())


def test_an_officer_changes_only_offers_of_donors_without_an_account(session, officer, offer):
    other = OfferFactory.create()

    assert change_offer(session, officer, other.id, {"renewable": True}, 1)
    assert move_offer(session, officer, offer.id, OfferStatus.PAUSED, 1)
    with pytest.raises(NotAllowedError):
        change_offer(session, officer, offer.id, {"renewable": True}, 2)


def test_the_public_reads_public_offers_without_what_could_betray(session):
    shown = OfferFactory.create(
        visibility=Visibility.PUBLIC, channels=["crypto"], legal_statuses=["unregistered"]
    )
    for visibility in (Visibility.MEMBERS, Visibility.OFFICERS):
        OfferFactory.create(visibility=visibility)

    items = list_public_offers(session).items

    assert [each["id"] for each in items] == [shown.id]
    for field in ("channels", "legal_statuses", "base_countries", "donor", "donor_name", "version"):
        assert field not in items[0]


def test_a_donor_is_named_only_where_it_says_so(session):
    donor = DonorFactory.create(handle="Harbour House")
    OfferFactory.create(donor=donor, visibility=Visibility.PUBLIC)
    assert "donor_name" not in list_public_offers(session).items[0]

    donor.shows_name = True
    session.flush()

    assert list_public_offers(session).items[0]["donor_name"] == "Harbour House"


def test_a_donors_list_holds_its_own_in_every_state(session, giver, offer):
    move_offer(session, giver, offer.id, OfferStatus.CLOSED, 1)
    OfferFactory.create(visibility=Visibility.PUBLIC)

    assert [each["id"] for each in list_offers(session, giver).items] == [offer.id]


def test_what_is_left_of_a_budget_follows_awards(session, officer, pair):
    bring_to(session, pair, officer, MatchState.AWARDED)

    view = get_offer(session, pair.giver, pair.offer.id)

    assert view["budget_left"] == Money(
        view["budget"].hundredths - Money.of("1000.00", "EUR").hundredths, "EUR"
    )


def test_lists_cost_one_statement_however_many_donors_they_name(session, officer):
    OfferFactory.create_batch(5, visibility=Visibility.PUBLIC)
    session.commit()

    for list_some in (lambda: list_offers(session, officer), lambda: list_public_offers(session)):
        session.expunge_all()
        with statements(session) as sent:
            page = list_some()
        assert len(page.items) == 5
        assert sum(each.startswith("SELECT") for each in sent) == 1


def test_what_awards_took_is_read_once_for_a_whole_list(session, officer):
    def cost_of(more: int) -> int:
        for _ in range(more):
            OfferFactory.create(visibility=Visibility.PUBLIC).spent = Money(100, "EUR")
        session.flush()
        session.expire_all()
        with statements(session) as sent:
            assert list_offers(session, officer).items
            assert list_public_offers(session).items
        return len(sent)

    assert cost_of(2) == cost_of(5)


def test_an_offer_does_not_begin_past_its_last_day(session, giver):
    past = date(2026, 11, 23)
    record = OfferFactory.build(external_id=OfferFactory.ABSENT, closes_on=past)

    with pytest.raises(RecordRefusedError) as refused:
        post_offer(session, giver, giver.donor_id, record)
    found = [(each.field, each.code) for each in refused.value.problems]
    assert found == [("closes_on", "in_the_past")]

    draft = post_offer(session, giver, giver.donor_id, record | {"status": "draft"})
    with pytest.raises(RecordRefusedError):
        move_offer(session, giver, draft["id"], OfferStatus.OPEN, 1)
    changes = {"status": OfferStatus.OPEN, "closes_on": date(2026, 11, 24)}
    assert change_offer(session, giver, draft["id"], changes, 1)["status"] == "open"
    assert post_offer(session, HOUSE, giver.donor_id, record)["status"] == "open"
