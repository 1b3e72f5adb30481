"""The day's count: what answering unlocks, what offers reach, and who is told how much of it."""

from collections.abc import Callable
from typing import Any

from registry.app.parts import Parts
from registry.services.matches.propose_matches import propose_all
from registry.services.reach.count_reach import count_reach
from registry.services.reach.store_reach import MOST_NUMBERS
from registry.services.reach.who_counts import read_who_counts
from registry.storage.database import RegistrySession
from registry.storage.offers import Offer
from registry.storage.reach import PartyId, Reach, find_reach
from search.codes import Channel, OfferStatus, Publicity, Vetting
from tests.factories import DonorFactory, NeedFactory, OrganisationFactory
from tests.registry.services.reach.crowds import counts_of, make_needs, make_offers

Count = Callable[[], None]


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
        assert counts_of(rows, organisation_id=need.organisation_id) == {
            "unlocks": {},
            "in_sight": {},
            "limits": {},
            "limits_in_sight": {},
        }

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

    def test_it_is_counted_whatever_was_proposed(self, rows: Any, count_again: Count) -> None:
        """Of long lists only the best pairs are proposed; nothing is proposed here at all."""
        make_needs(12)
        (offer,) = make_offers(1)
        count_again()
        assert counts_of(rows, donor_id=offer.donor_id)["offers"] == {offer.id: [10, 12]}

    def test_few_organisations_with_many_needs_are_told_as_none(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        for organisation in make_needs(9):
            NeedFactory.create(organisation=organisation)
        (offer,) = make_offers(1)
        propose_all(session)
        count_again()
        assert counts_of(rows, donor_id=offer.donor_id)["offers"] == {offer.id: [0, 9]}

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
        make_offers(MOST_NUMBERS + 1, donor)
        propose_all(session)
        count_again()
        first = counts_of(rows, donor_id=donor.id)["offers"]
        make_offers(3, donor)
        propose_all(session)
        count_again()
        assert len(first) == MOST_NUMBERS
        assert set(counts_of(rows, donor_id=donor.id)["offers"]) == set(first)


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
    assert set(count_reach(session, read_who_counts(session)).organisations) == {
        other.organisation_id
    }
    count_again()
    assert counts_of(rows, organisation_id=other.organisation_id)


def test_a_donor_that_deleted_itself_is_passed_over(
    session: RegistrySession, parts: Parts, rows: Any, count_again: Count
) -> None:
    make_needs(10)
    gone, stays = make_offers(2)
    propose_all(session)
    session.commit()
    parts.vault.keys.destroy_key(gone.donor_id)
    count_again()
    assert (
        not count_reach(session, read_who_counts(session))
        .of(PartyId(donor_id=gone.donor_id))
        .offers
    )
    assert counts_of(rows, donor_id=stays.donor_id)["offers"] == {stays.id: [10, 10]}
