"""The day's count: what answering unlocks, what offers reach, and who is told how much of it."""

from collections.abc import Callable
from typing import Any

import pytest

from registry.app.parts import Parts
from registry.domain.disclosure import coarse_for_donor
from registry.identity.actor import HOUSE
from registry.jobs.reach import count_day
from registry.services.matches.propose_matches import propose_all, propose_for_offer
from registry.services.offers.change_offer import change_offer
from registry.services.reach.count_reach import count_reach
from registry.services.reach.read_reach import Told, read_told
from registry.services.reach.store_reach import MOST_OFFERS, settle
from registry.services.vetting.withdraw_matches import withdraw_matches_of
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.reach import PartyId, Reach, find_reach
from search.codes import Channel, OfferStatus, Publicity, Vetting
from tests.conftest import Calendar
from tests.factories import DonorFactory, NeedFactory, OfferFactory, OrganisationFactory
from tests.factories.matches import CLEAR_TERMS

Count = Callable[[], None]


def counts_of(rows: Any, **party: str) -> dict[str, Any]:
    with rows() as reading:
        row = find_reach(reading, PartyId(**party))
        return reading.vault.read_document(row, "counts") if row else {}


def make_needs(number: int, **changes: Any) -> list[Organisation]:
    """Make so many organisations with one need each."""
    made = [OrganisationFactory.create() for _ in range(number)]
    for organisation in made:
        NeedFactory.create(organisation=organisation, **changes)
    return made


def make_offers(number: int, donor: Donor | None = None, **terms: Any) -> list[Offer]:
    return [
        OfferFactory.create(donor=donor or DonorFactory.create(), **CLEAR_TERMS | terms)
        for _ in range(number)
    ]


class TestWhatAnswersUnlock:
    def test_an_organisation_is_told_in_a_word_what_its_answer_would_unlock(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        make_offers(10, channels=[Channel.BANK_ABROAD])
        need = NeedFactory.create()
        propose_all(session)
        count_again()
        told = counts_of(rows, organisation_id=need.organisation_id)["unlocks"]
        assert told == {f"{need.id} channel_shared.need_silent": ["some", 10]}

    def test_a_pair_that_waits_for_somebody_else_too_is_not_counted(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        for _ in range(10):
            donor = DonorFactory.create(vetting=Vetting.UNVERIFIED)
            make_offers(1, donor, channels=[Channel.BANK_ABROAD])
        need = NeedFactory.create()
        propose_all(session)
        count_again()
        assert counts_of(rows, organisation_id=need.organisation_id) == {"unlocks": {}}

    def test_two_answers_that_are_both_missing_are_each_told_of(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        make_offers(30, channels=[Channel.BANK_ABROAD], min_years_active=2)
        need = NeedFactory.create()
        propose_all(session)
        count_again()
        told = counts_of(rows, organisation_id=need.organisation_id)["unlocks"]
        assert told == {
            f"{need.id} channel_shared.need_silent": ["many", 30],
            f"{need.organisation_id} years_active_sufficient": ["many", 30],
        }

    def test_a_donor_is_told_tens(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        make_needs(16)
        for _ in range(10):
            NeedFactory.create(organisation=OrganisationFactory.create(vetting="unverified"))
        (offer,) = make_offers(1, payout_days=None)
        propose_all(session)
        count_again()
        told = counts_of(rows, donor_id=offer.donor_id)["unlocks"]
        assert told == {f"{offer.id} time_sufficient": [20, 16]}

    def test_nobody_unverified_is_told_anything(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        make_needs(10)
        make_offers(10, channels=[Channel.BANK_ABROAD])
        impostor = OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
        NeedFactory.create(organisation=impostor)
        false_giver = DonorFactory.create(vetting=Vetting.VOUCHED)
        make_offers(1, false_giver, publicity_required=None)
        propose_all(session)
        count_again()
        assert counts_of(rows, organisation_id=impostor.id) == {}
        told = counts_of(rows, donor_id=false_giver.id)
        assert set(told) == {"officers"}


class TestWhatAnOfferReaches:
    def test_it_is_counted_in_tens_over_organisations_that_are_trusted(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        make_needs(14)
        for _ in range(5):
            stranger = OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
            NeedFactory.create(organisation=stranger)
        (offer,) = make_offers(1)
        propose_all(session)
        count_again()
        assert counts_of(rows, donor_id=offer.donor_id)["offers"] == {offer.id: [10, 14]}

    def test_few_organisations_with_many_needs_are_told_as_none(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        for organisation in make_needs(9):
            NeedFactory.create(organisation=organisation)
        (offer,) = make_offers(1)
        propose_all(session)
        count_again()
        assert counts_of(rows, donor_id=offer.donor_id)["offers"] == {offer.id: [0, 0]}

    def test_a_draft_is_counted_by_the_terms_it_has_at_that_time(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        make_needs(12)
        (draft,) = make_offers(1, status=OfferStatus.DRAFT)
        (narrow,) = make_offers(1, status=OfferStatus.DRAFT, countries=["GE"])
        count_again()
        assert counts_of(rows, donor_id=draft.donor_id)["offers"] == {draft.id: [10, 12]}
        assert counts_of(rows, donor_id=narrow.donor_id)["offers"] == {narrow.id: [0, 0]}
        assert session.get_one(Offer, draft.id).status == OfferStatus.DRAFT

    def test_of_many_drafts_only_the_newest_are_counted(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        make_needs(1)
        donor = DonorFactory.create()
        make_offers(5, donor, status=OfferStatus.DRAFT)
        count_again()
        assert len(counts_of(rows, donor_id=donor.id)["offers"]) == 3

    def test_of_many_offers_only_so_many_are_told_of(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        make_needs(1)
        donor = DonorFactory.create()
        make_offers(MOST_OFFERS + 1, donor)
        propose_all(session)
        count_again()
        first = counts_of(rows, donor_id=donor.id)["offers"]
        make_offers(3, donor)
        propose_all(session)
        count_again()
        assert len(first) == MOST_OFFERS
        assert set(counts_of(rows, donor_id=donor.id)["offers"]) == set(first)


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

    @pytest.mark.parametrize("before", range(10, 60))
    def test_no_single_arrival_shows(self, before: int) -> None:
        told = settle(None, before, coarse_for_donor)
        assert settle(told, before + 1, coarse_for_donor) == told
        assert settle(told, before - 1, coarse_for_donor) == told
        assert settle(told, before + 10, coarse_for_donor)[0] != told[0]

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


class TestForOfficers:
    def test_pairs_that_wait_for_a_decision_are_counted_exactly(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        donor = DonorFactory.create(vetting=Vetting.UNVERIFIED)
        make_offers(1, donor)
        make_offers(1, donor, publicity_required=Publicity.NAMED)
        make_needs(2)
        propose_all(session)
        count_again()
        with rows() as reading:
            row = find_reach(reading, PartyId(donor_id=donor.id))
            assert isinstance(row, Reach)
            assert row.pairs_waiting == 4
            counts = reading.vault.read_document(row, "counts")
        assert counts == {"officers": {"donor_vetted": [4, 2]}}

    def test_an_answer_that_no_field_holds_is_theirs_to_find_out(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        organisation = OrganisationFactory.create(
            vetting=Vetting.VOUCHED, languages=["be"], active_since=2019
        )
        NeedFactory.create(organisation=organisation)
        make_offers(1, languages=["en"])
        make_offers(1, minimum_vetting=Vetting.VERIFIED)
        propose_all(session)
        count_again()
        counts = counts_of(rows, organisation_id=organisation.id)
        assert counts["officers"] == {
            "language_accepted.interpreter": [1, 1],
            "vetting_sufficient": [1, 1],
        }


def test_who_deleted_itself_is_passed_over(
    session: RegistrySession, parts: Parts, rows: Any, count_again: Count
) -> None:
    need = NeedFactory.create()
    other = NeedFactory.create()
    make_offers(1, channels=[Channel.BANK_ABROAD])
    propose_all(session)
    count_again()
    parts.vault.keys.destroy_key(need.organisation_id)
    assert set(count_reach(session).organisations) == {other.organisation_id}
    count_again()
    assert counts_of(rows, organisation_id=other.organisation_id)
