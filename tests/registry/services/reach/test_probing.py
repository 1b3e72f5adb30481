"""Whoever tries things out to see what moves in the day's count learns nothing of anybody."""

from collections.abc import Callable
from typing import Any

import pytest

from registry.app.parts import Parts
from registry.domain.disclosure import coarse_for_donor
from registry.identity.actor import HOUSE
from registry.jobs.reach import count_day
from registry.services.matches.propose_matches import propose_all, propose_for_offer
from registry.services.offers.change_offer import change_offer
from registry.services.reach.read_reach import Told, read_told
from registry.services.reach.settle import KEPT, settle
from registry.services.reach.store_reach import MOST_NUMBERS
from registry.services.vetting.withdraw_matches import withdraw_matches_of
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.offers import Offer
from registry.storage.reach import PartyId
from search.codes import Channel, OfferStatus, Vetting, Visibility
from tests.conftest import Calendar
from tests.factories import DonorFactory, NeedFactory, OrganisationFactory
from tests.registry.services.reach.crowds import counts_of, make_needs, make_offers

Count = Callable[[], None]


def told_of_question(parts: Parts, key: str, **party: str) -> Any:
    with parts.database.reading() as reading:
        return read_told(reading, PartyId(**party)).of_question(key)


def move_to(session: RegistrySession, offers: list[Offer], status: OfferStatus) -> None:
    for each in offers:
        offer = session.get_one(Offer, each.id)
        offer.status = status
        session.add(offer)


def close_offers(session: RegistrySession, offers: list[Offer]) -> None:
    move_to(session, offers, OfferStatus.CLOSED)


class TestProbing:
    def test_nothing_moves_twice_on_one_day(
        self, session: RegistrySession, parts: Parts, rows: Any, calendar: Calendar
    ) -> None:
        make_needs(12)
        (offer,) = make_offers(1)
        propose_all(session)
        session.commit()
        assert count_day(parts.database, lambda: None)
        change_offer(session, HOUSE, offer.id, {"countries": ["GE"]}, offer.version)
        propose_for_offer(session, offer.id)
        session.commit()
        assert not count_day(parts.database, lambda: None)
        assert counts_of(rows, donor_id=offer.donor_id)["offers"] == {offer.id: [10, 12]}
        calendar.pass_days(1)
        assert count_day(parts.database, lambda: None)
        assert counts_of(rows, donor_id=offer.donor_id)["offers"] == {offer.id: [0, 0]}

    @pytest.mark.parametrize("hidden", [0, 1])
    def test_many_needs_of_one_organisation_make_no_crowd(
        self, session: RegistrySession, parts: Parts, count_again: Count, hidden: int
    ) -> None:
        make_offers(hidden, min_years_active=2)
        organisation = OrganisationFactory.create(active_since=None)
        for _ in range(10):
            NeedFactory.create(organisation=organisation)
        propose_all(session)
        count_again()
        key = f"{organisation.id} years_active_sufficient"
        assert told_of_question(parts, key, organisation_id=organisation.id) == "few"

    @pytest.mark.parametrize("sham", [Vetting.VOUCHED, Vetting.VERIFIED])
    def test_many_offers_of_one_donor_make_no_crowd(
        self, session: RegistrySession, parts: Parts, count_again: Count, sham: Vetting
    ) -> None:
        make_offers(9, DonorFactory.create(vetting=sham), channels=[Channel.BANK_ABROAD])
        make_offers(1, channels=[Channel.BANK_ABROAD])
        need = NeedFactory.create()
        propose_all(session)
        count_again()
        key = f"{need.id} channel_shared.need_silent"
        assert told_of_question(parts, key, organisation_id=need.organisation_id) == "few"

    @pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.PUBLIC])
    def test_offers_that_an_organisation_reads_are_not_added_to_those_it_cannot(
        self, session: RegistrySession, parts: Parts, count_again: Count, visibility: Visibility
    ) -> None:
        make_offers(9, channels=[Channel.BANK_ABROAD], visibility=visibility)
        make_offers(1, channels=[Channel.BANK_ABROAD], visibility=Visibility.OFFICERS)
        need = NeedFactory.create()
        propose_all(session)
        count_again()
        key, whose = f"{need.id} channel_shared.need_silent", need.organisation_id
        assert told_of_question(parts, key, organisation_id=whose) == "few"
        make_offers(1, channels=[Channel.BANK_ABROAD], visibility=visibility)
        make_offers(10, channels=[Channel.BANK_ABROAD], visibility=visibility)
        propose_all(session)
        count_again()
        assert told_of_question(parts, key, organisation_id=whose) == "some"

    def test_of_an_offer_that_excludes_anybody_no_number_is_told(
        self, session: RegistrySession, parts: Parts, rows: Any, count_again: Count
    ) -> None:
        make_needs(14)
        donor = DonorFactory.create()
        barring = {"excluded_organisations": ["BY-191111111"]}
        (draft,) = make_offers(1, donor, status=OfferStatus.DRAFT, **barring)
        (offer,) = make_offers(1, donor, payout_days=None, **barring)
        (other,) = make_offers(1, donor, **barring)
        propose_all(session)
        count_again()
        assert counts_of(rows, donor_id=donor.id) == {
            "offers": {},
            "unlocks": {},
            "relaxed": {},
        }
        with parts.database.reading() as reading:
            told = read_told(reading, PartyId(donor_id=donor.id))
        assert {told.of_offer(each.id) for each in (draft, offer, other)} == {None}

    @pytest.mark.parametrize("status", [OfferStatus.DRAFT, OfferStatus.OPEN])
    def test_a_hub_and_all_that_it_hosts_count_as_one(
        self, session: RegistrySession, rows: Any, count_again: Count, status: OfferStatus
    ) -> None:
        hub = OrganisationFactory.create(vetting=Vetting.VERIFIED)
        NeedFactory.create(organisation=hub)
        for _ in range(9):
            hosted = OrganisationFactory.create(vetting=Vetting.UNVERIFIED, hosted_by=hub.id)
            NeedFactory.create(organisation=hosted)
        make_needs(8)
        (offer,) = make_offers(1, status=status)
        propose_all(session)
        count_again()
        assert counts_of(rows, donor_id=offer.donor_id)["offers"] == {offer.id: [0, 9]}
        (tenth,) = make_needs(1)
        for _ in range(10):
            NeedFactory.create(organisation=tenth)
        (fresh,) = make_offers(1, status=status)
        propose_all(session)
        count_again()
        assert counts_of(rows, donor_id=fresh.donor_id)["offers"] == {fresh.id: [30, 10]}

        # Who saw the crowd before it was one does not see who made it one, with all its needs.
        assert counts_of(rows, donor_id=offer.donor_id)["offers"] == {offer.id: [0, 9]}

    def test_a_donor_that_starts_afresh_is_told_no_more_numbers(
        self, session: RegistrySession, rows: Any, count_again: Count, calendar: Calendar
    ) -> None:
        make_needs(12)
        donor = DonorFactory.create()
        tried: list[Offer] = []
        for _ in range(MOST_NUMBERS // 3 + 1):
            close_offers(session, tried)
            tried = make_offers(3, donor, status=OfferStatus.DRAFT)
            count_again()
            calendar.pass_days(1)
        told = counts_of(rows, donor_id=donor.id)
        assert len(told["offers"]) == MOST_NUMBERS % 3
        assert len(told["offers"]) + len(told["gone"]) == MOST_NUMBERS
        calendar.pass_days(KEPT.days)
        count_again()
        assert len(counts_of(rows, donor_id=donor.id)["offers"]) == 3
        assert "gone" not in counts_of(rows, donor_id=donor.id)

    def test_who_takes_an_offer_back_and_opens_it_again_gets_no_new_number(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        make_needs(14)
        (draft,) = make_offers(1, status=OfferStatus.DRAFT)
        count_again()
        close_offers(session, [draft])
        make_needs(1)
        count_again()
        assert counts_of(rows, donor_id=draft.donor_id)["offers"] == {}
        move_to(session, [draft], OfferStatus.DRAFT)
        count_again()
        assert counts_of(rows, donor_id=draft.donor_id)["offers"] == {draft.id: [10, 14]}

    def test_what_offers_reach_and_what_answers_unlock_share_one_bound(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        make_needs(10)
        donor = DonorFactory.create()
        make_offers(MOST_NUMBERS + 1, donor, payout_days=None)
        propose_all(session)
        count_again()
        told = counts_of(rows, donor_id=donor.id)
        assert len(told["offers"]) == MOST_NUMBERS
        assert told["unlocks"] == {}

    @pytest.mark.parametrize("before", range(10, 60))
    def test_no_single_arrival_shows(self, before: int) -> None:
        told = settle(None, before, coarse_for_donor(before))
        assert settle(told, before + 1, coarse_for_donor(before + 1)) == told
        assert settle(told, before - 1, coarse_for_donor(before - 1)) == told
        assert settle(told, before + 10, coarse_for_donor(before + 10))[0] != told[0]

    def test_who_loses_trust_is_told_nothing_from_then_on(
        self, session: RegistrySession, parts: Parts, count_again: Count
    ) -> None:
        make_needs(12)
        (offer,) = make_offers(1)
        propose_all(session)
        count_again()
        party = PartyId(donor_id=offer.donor_id)
        with parts.database.reading() as reading:
            assert read_told(reading, party).of_offer(offer.id) == 10
        donor = session.get_one(Donor, offer.donor_id)
        donor.vetting = Vetting.VOUCHED
        session.add(donor)
        session.commit()
        with parts.database.reading() as reading:
            assert read_told(reading, party) == Told(is_donor=True)

    def test_what_was_counted_of_who_lost_trust_goes_with_the_next_count(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        make_needs(12)
        (offer,) = make_offers(1)
        propose_all(session)
        count_again()
        donor = session.get_one(Donor, offer.donor_id)
        donor.vetting = Vetting.SUSPENDED
        session.add(donor)
        withdraw_matches_of(session, donor)
        count_again()
        assert counts_of(rows, donor_id=donor.id) == {}
