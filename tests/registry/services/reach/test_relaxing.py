"""What a party is told of taking a limit away, and what nobody learns from it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from registry.app.parts import Parts
from registry.domain.disclosure import coarse_for_donor
from registry.identity.actor import HOUSE, Actor
from registry.services.matches.what_if import what_if
from registry.services.offers.change_offer import change_offer
from registry.services.reach.limits import limits_of, limits_of_needs
from registry.services.reach.read_reach import Relaxed, Told, read_told
from registry.services.reach.store_reach import MOST_NUMBERS, MOST_RELAXED
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.reach import PartyId
from search.codes import Channel, NeedStatus, OfferStatus, Publicity, Vetting, Visibility
from search.eligibility.reading import read_offer
from search.matching.sides import judge_by_grid
from search.money import Money
from tests.factories import DonorFactory, NeedFactory, OrganisationFactory
from tests.registry.services.reach.crowds import counts_of, make_needs, make_offers

Count = Callable[[], None]
GEORGIA: dict[str, Any] = {"base_countries": ["GE"]}
RULE = "base_country_accepted"


def told(parts: Parts, offer: Offer) -> list[Relaxed]:
    with parts.database.reading() as reading:
        return read_told(reading, PartyId(donor_id=offer.donor_id)).of_relaxed(offer.id)


def relaxed_of(rows: Any, offer: Offer, rule: str = RULE) -> list[int]:
    """Return how many parties stand behind the three numbers of a rule: exact, never shown."""
    of_all = counts_of(rows, donor_id=offer.donor_id)["relaxed"]
    names = ("newly_eligible", "competitive", "net")
    return [of_all[f"{offer.id} {rule} {name}"][1] for name in names]


def limits_told(parts: Parts, need: Need) -> dict[str, str]:
    with parts.database.reading() as reading:
        party = PartyId(organisation_id=need.organisation_id)
        return dict(read_told(reading, party).of_limits(need.id))


class TestForDonors:
    def test_three_numbers_for_each_limit_of_the_offer(
        self, parts: Parts, rows: Any, count_again: Count
    ) -> None:
        make_needs(16)
        (offer,) = make_offers(1, **GEORGIA, budget=Money(12 * 450_000, "EUR"))
        count_again()
        assert relaxed_of(rows, offer) == [16, 16, 12]
        assert told(parts, offer) == [Relaxed(RULE, 20, 20, 10)]

    @pytest.mark.slow
    def test_they_are_the_exact_ones_rounded(
        self, session: RegistrySession, officer: Actor, rows: Any, count_again: Count
    ) -> None:
        public = {"visibility": Visibility.PUBLIC}
        make_needs(14)
        make_needs(13, category="advocacy.domestic")
        make_needs(12, category="fixed_costs.utilities", amount_requested=Money(90_000, "EUR"))
        donor = DonorFactory.create()
        offer, _ = make_offers(2, donor, **GEORGIA, budget=Money(20 * 450_000, "EUR"))
        make_offers(3, categories=["fixed_costs.rent"], min_award=Money(100_000, "EUR"), **public)
        make_offers(1, categories=["fixed_costs.utilities"], **public)
        session.commit()
        exact = what_if(session, officer, offer, "en", judge_sides=judge_by_grid)
        (line,) = [each for each in exact["rules"] if each["rule"] == RULE]
        count_again()
        numbers = [line[name] for name in ("newly_eligible", "competitive", "net")]
        assert relaxed_of(rows, offer) == numbers
        assert len(set(numbers)) == 3
        stored = counts_of(rows, donor_id=donor.id)["relaxed"]
        assert {shown for shown, _ in stored.values()} == set(map(coarse_for_donor, numbers))

    def test_none_and_fewer_than_ten_are_told_alike(self, parts: Parts, count_again: Count) -> None:
        (offer,) = make_offers(1, **GEORGIA)
        count_again()
        empty = told(parts, offer)
        make_needs(9)
        count_again()
        assert told(parts, offer) == empty == [Relaxed(RULE, 0, 0, 0)]

    @pytest.mark.slow
    def test_few_organisations_with_many_needs_are_told_as_none(
        self, parts: Parts, rows: Any, count_again: Count
    ) -> None:
        for organisation in make_needs(9):
            NeedFactory.create(organisation=organisation)
        (offer,) = make_offers(1, **GEORGIA, budget=Money(18 * 450_000, "EUR"))
        count_again()
        assert relaxed_of(rows, offer) == [9, 9, 9]
        assert told(parts, offer) == [Relaxed(RULE, 0, 0, 0)]

    @pytest.mark.slow
    def test_who_is_not_vouched_for_counts_for_nobody(self, rows: Any, count_again: Count) -> None:
        for _ in range(12):
            stranger = OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
            NeedFactory.create(organisation=stranger)
        (offer,) = make_offers(1, **GEORGIA)
        count_again()
        assert relaxed_of(rows, offer) == [0, 0, 0]

    @pytest.mark.slow
    def test_a_donor_that_is_not_verified_is_told_nothing(
        self, parts: Parts, rows: Any, count_again: Count
    ) -> None:
        make_needs(12)
        donor = DonorFactory.create(vetting=Vetting.VOUCHED)
        (offer,) = make_offers(1, donor, **GEORGIA)
        count_again()
        assert counts_of(rows, donor_id=donor.id) == {}
        assert told(parts, offer) == []

    def test_no_number_is_larger_than_the_one_before(self) -> None:
        counts = {"newly_eligible": [10, 14], "competitive": [20, 16], "net": [0, 9]}
        of_one = {f"F {RULE} {name}": each for name, each in counts.items()}
        found = Told(is_donor=True, counts={"relaxed": of_one}).of_relaxed("F")
        assert found == [Relaxed(RULE, 10, 10, 0)]
        del of_one[f"F {RULE} net"]
        assert Told(is_donor=True, counts={"relaxed": of_one}).of_relaxed("F") == []


class TestProbingByDonors:
    @pytest.mark.parametrize("seen_by", [Visibility.OFFICERS, Visibility.MEMBERS])
    def test_an_offer_that_it_cannot_read_moves_nothing_at_all(
        self, session: RegistrySession, rows: Any, count_again: Count, seen_by: Visibility
    ) -> None:
        make_needs(14)
        (offer,) = make_offers(1, **GEORGIA)
        count_again()
        alone = counts_of(rows, donor_id=offer.donor_id)
        rivals = make_offers(4, visibility=seen_by)
        count_again()
        assert counts_of(rows, donor_id=offer.donor_id) == alone
        assert relaxed_of(rows, offer) == [14, 14, 12]

        # The same offers in public serve them all.
        for rival in rivals:
            change(session, rival, visibility=Visibility.PUBLIC)
        count_again()
        reached, _, net = relaxed_of(rows, offer)
        assert (reached, net) == (14, 0)

    def test_a_public_offer_counts_as_its_page_says(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        make_needs(14, channels=[Channel.CRYPTO])
        (offer,) = make_offers(1, **GEORGIA, channels=[Channel.CRYPTO])
        (rival,) = make_offers(
            1, visibility=Visibility.PUBLIC, channels=[Channel.BANK_ABROAD], base_countries=["AM"]
        )
        count_again()
        assert relaxed_of(rows, offer) == [14, 14, 0]

        # How it pays and where it pays to stand on no page, and nor do they show here.
        for terms in ({"channels": [Channel.CRYPTO]}, {"base_countries": ["PL"]}):
            change(session, rival, **terms)
            count_again()
            assert relaxed_of(rows, offer) == [14, 14, 0]

    @pytest.mark.slow
    def test_what_somebody_wrote_shows_in_no_number(
        self, session: RegistrySession, rows: Any, count_again: Count
    ) -> None:
        make_needs(14, title="Rent of a newsroom", summary="Two rooms.")
        (offer,) = make_offers(1, **GEORGIA, title="Rent of a newsroom", summary="Two rooms.")
        make_offers(3, visibility=Visibility.PUBLIC)
        count_again()
        alike = relaxed_of(rows, offer)
        change(session, offer, title="Bicycles", summary="For a school.")
        count_again()
        assert relaxed_of(rows, offer) == alike

    def test_no_single_need_shows_that_comes_or_goes(
        self, session: RegistrySession, parts: Parts, count_again: Count
    ) -> None:
        """On the very edge of a ten, where rounding alone would show it."""
        made = make_needs(14)
        (offer,) = make_offers(1, **GEORGIA)
        count_again()
        before = told(parts, offer)
        (one,) = make_needs(1)
        count_again()
        assert told(parts, offer) == before == [Relaxed(RULE, 10, 10, 10)]
        for organisation in (one, *made[:5]):
            withdraw_needs(session, organisation)
            count_again()
            assert told(parts, offer) == before

    @pytest.mark.slow
    def test_relaxing_takes_a_part_of_the_numbers_and_leaves_some_for_reach(
        self, rows: Any, count_again: Count
    ) -> None:
        make_needs(12)
        donor = DonorFactory.create()
        make_offers(6, donor, **GEORGIA)
        count_again()
        assert len(counts_of(rows, donor_id=donor.id)["relaxed"]) == MOST_RELAXED
        make_offers(3, donor, status=OfferStatus.DRAFT)
        count_again()
        counts = counts_of(rows, donor_id=donor.id)
        assert len(counts["offers"]) + len(counts["relaxed"]) == MOST_NUMBERS

    @pytest.mark.slow
    def test_who_starts_afresh_is_told_no_more(
        self, session: RegistrySession, parts: Parts, rows: Any, count_again: Count
    ) -> None:
        make_needs(12)
        donor = DonorFactory.create()
        for _ in range(MOST_RELAXED // 3):
            (offer,) = make_offers(1, donor, **GEORGIA)
            count_again()
            assert len(told(parts, offer)) == 1
            change(session, offer, status=OfferStatus.CLOSED)
        (offer,) = make_offers(1, donor, **GEORGIA)
        count_again()
        assert told(parts, offer) == []
        counts = counts_of(rows, donor_id=donor.id)
        assert sum(name.startswith("relaxed ") for name in counts["gone"]) == MOST_RELAXED


QUIET: dict[str, Any] = {"publicity_accepted": Publicity.NONE}


class TestForOrganisations:
    def test_how_many_donors_more_is_told_in_a_word(
        self, parts: Parts, rows: Any, count_again: Count
    ) -> None:
        make_offers(10, publicity_required=Publicity.NAMED)
        need = NeedFactory.create(**QUIET)
        other = NeedFactory.create(publicity_accepted=Publicity.NAMED)
        count_again()
        of_need, of_other = limits_told(parts, need), limits_told(parts, other)
        assert set(of_need) == set(limits_of_needs())
        assert of_need == dict.fromkeys(of_need, "few") | {"publicity_compatible": "some"}
        assert set(of_other.values()) == {"few"}
        counts = counts_of(rows, organisation_id=need.organisation_id)
        assert counts["limits_in_sight"] == {f"{need.id} publicity_compatible": ["few", 0]}

    def test_no_single_offer_shows_and_nor_do_many_of_one_donor(
        self, parts: Parts, count_again: Count
    ) -> None:
        need = NeedFactory.create(**QUIET)
        count_again()
        alone = limits_told(parts, need)
        make_offers(9, publicity_required=Publicity.NAMED)
        make_offers(5, DonorFactory.create(), publicity_required=Publicity.NAMED)
        make_offers(5, DonorFactory.create(vetting="vouched"), publicity_required=Publicity.NAMED)
        count_again()
        assert limits_told(parts, need)["publicity_compatible"] == "some"
        assert alone["publicity_compatible"] == "few"

    @pytest.mark.slow
    @pytest.mark.parametrize("seen", [Visibility.MEMBERS, Visibility.PUBLIC])
    def test_offers_in_sight_do_not_point_at_one_out_of_sight(
        self, parts: Parts, count_again: Count, seen: Visibility
    ) -> None:
        need = NeedFactory.create(**QUIET)
        make_offers(9, publicity_required=Publicity.NAMED, visibility=seen)
        make_offers(1, publicity_required=Publicity.NAMED, visibility=Visibility.OFFICERS)
        count_again()
        assert limits_told(parts, need)["publicity_compatible"] == "few"

    def test_nobody_unverified_is_told_anything(
        self, parts: Parts, rows: Any, count_again: Count
    ) -> None:
        stranger = OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
        need = NeedFactory.create(organisation=stranger, **QUIET)
        make_offers(10, publicity_required=Publicity.NAMED)
        count_again()
        assert limits_told(parts, need) == {}
        assert counts_of(rows, organisation_id=stranger.id) == {}


OFFER: dict[str, Any] = {
    "external_id": "F-1",
    "instrument": "grant",
    "flexibility": "project",
    "status": "open",
    "budget": {"amount": "1000.00", "currency": "EUR"},
}


class TestLimits:
    @pytest.mark.parametrize(
        ("terms", "rules"),
        [
            ({}, ()),
            ({"co_funding": True}, ()),
            ({"co_funding": False}, ("not_already_funded",)),
            ({"excluded_categories": ["fixed_costs.rent"]}, ("category_covered",)),
            ({"minimum_vetting": "vouched"}, ("vetting_sufficient",)),
            ({"languages": ["en"], "min_years_active": 0}, None),
            ({"publicity_required": "named", "max_award": OFFER["budget"]}, ()),
        ],
    )
    def test_a_donor_could_relax_what_its_own_terms_say(
        self, terms: dict[str, Any], rules: tuple[str, ...] | None
    ) -> None:
        wanted = ("language_accepted", "years_active_sufficient") if rules is None else rules
        assert limits_of(read_offer(OFFER | terms)) == wanted

    def test_an_organisation_could_relax_what_protects_it(self) -> None:
        assert limits_of_needs() == (
            "channel_shared",
            "donor_accepted",
            "publicity_compatible",
            "reporting_compatible",
            "time_sufficient",
        )


def change(session: RegistrySession, offer: Offer, **terms: Any) -> None:
    row = session.get_one(Offer, offer.id)
    if "status" in terms:
        row.status = terms["status"]
        session.add(row)
    else:
        change_offer(session, HOUSE, row.id, terms, row.version)


def withdraw_needs(session: RegistrySession, organisation: Organisation) -> None:
    of_it = select(Need).where(col(Need.organisation_id) == organisation.id)
    for need in session.exec(of_it).all():
        need.status = NeedStatus.WITHDRAWN
        session.add(need)
