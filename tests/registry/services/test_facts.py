"""Rows become facts: whole, typed, and no more opened than a rule asks for."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from registry.domain.identifiers import new_id
from registry.privacy.vault import Vault
from registry.services.facts import (
    OPEN_FACTS,
    READ_AS,
    need_facts,
    offer_facts,
    open_reader,
    organisation_facts,
)
from registry.storage.awards import Award
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import (
    BudgetPer,
    Channel,
    DonorKind,
    MatchState,
    Measure,
    Publicity,
    Reporting,
    TargetGroup,
    Vetting,
)
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.reading import read_need, read_offer, read_organisation
from search.money import Amount, Money, Quantity
from tests.conftest import TODAY
from tests.factories import DonorFactory, NeedFactory, OfferFactory, OrganisationFactory

THIS_MONTH, LAST_MONTH = date(2026, 11, 2), date(2026, 10, 31)


def award(
    session: RegistrySession, need: Need, offer: Offer, amount: Amount, on: date = TODAY
) -> None:
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
            amount=amount,
            awarded_on=on,
        )
    )
    session.flush()


FULL_NEED: dict[str, Any] = {
    "category": "fixed_costs",
    "breakdown": {"fixed_costs.rent": Money(100_000, "EUR")},
    "asks_for": [Measure.MONEY],
    "minimum_useful": Money(50_000, "EUR"),
    "useful_until": date(2027, 2, 1),
    "minimum_months": 2,
    "serves": ["BY"],
    "channels": [Channel.BANK_ABROAD],
    "publicity_accepted": Publicity.AGGREGATE,
    "reporting_accepted": Reporting.LIGHT,
    "target_groups": [TargetGroup.MEDIA],
}


def test_facts_of_a_need_read_back_from_their_record_are_the_same(
    session: RegistrySession,
) -> None:
    need = NeedFactory.create(**FULL_NEED)
    facts = need_facts(session, need)
    assert read_need(facts.to_record()) == facts
    assert facts.breakdown == FULL_NEED["breakdown"]
    assert facts.serves == ("BY",)
    assert facts.last_day == date(2027, 2, 1)


def test_facts_of_an_organisation_read_back_from_their_record_are_the_same(
    session: RegistrySession,
) -> None:
    organisation = OrganisationFactory.create(
        languages=["be", "ru"], active_since=2019, declines_donor_kinds=[DonorKind.GOVERNMENT]
    )
    facts = organisation_facts(session, organisation)
    assert read_organisation(facts.to_record()) == facts
    assert facts.declines_donor_kinds == (DonorKind.GOVERNMENT,)
    assert facts.vetting is Vetting.VERIFIED


def test_facts_of_an_offer_read_back_from_their_record_are_the_same(
    session: RegistrySession,
) -> None:
    offer = OfferFactory.create(
        donor=DonorFactory.create(donor_kind=DonorKind.INGO, vetting=Vetting.VOUCHED),
        category_caps={"fixed_costs": "33.5"},
        channels=[Channel.BANK_ABROAD],
        min_years_active=2,
        minimum_vetting=Vetting.VOUCHED,
        excluded_organisations=["Elm 4"],
        retroactive=False,
    )
    facts = offer_facts(session, offer)
    assert read_offer(facts.to_record()) == facts
    assert facts.category_caps == {"fixed_costs": Decimal("33.5")}
    assert (facts.donor_kind, facts.donor_vetting) == (DonorKind.INGO, Vetting.VOUCHED)
    assert facts.retroactive is False
    assert facts.budget_left is None


@pytest.mark.parametrize(
    ("kind", "table", "further"),
    [
        (NeedFacts, Need, {"urgency_confirmed", "funded_amount", "funded_by", "external_id"}),
        (OrganisationFacts, Organisation, set()),
        (OfferFacts, Offer, {"donor_kind", "donor_vetting", "budget_left"}),
    ],
)
def test_every_fact_has_a_place_in_the_database(
    kind: type[Any], table: type[Any], further: set[str]
) -> None:
    kept = {*table.OPEN_FIELDS, *table.GUARDED_FIELDS, *table.CODED_FIELDS, *further}
    assert {each.name for each in fields(kind)} - {"organisation", "donor"} <= kept


def test_values_are_read_by_names_that_exist() -> None:
    known = {
        each.name for kind in (NeedFacts, OrganisationFacts, OfferFacts) for each in fields(kind)
    }
    assert set(READ_AS) <= known


# Awards


def test_without_awards_nothing_is_funded(session: RegistrySession) -> None:
    facts = need_facts(session, NeedFactory.create())
    assert (facts.funded_amount, facts.funded_by) == (None, ())


def test_awards_fund_a_need_and_are_taken_from_the_offer(session: RegistrySession) -> None:
    need, offer, second = NeedFactory.create(), OfferFactory.create(), OfferFactory.create()
    award(session, need, offer, Money(100_000, "EUR"))
    award(session, need, second, Money(50_000, "EUR"))
    facts = need_facts(session, need)
    assert facts.funded_amount == Money(150_000, "EUR")
    assert facts.funded_by == tuple(sorted((offer.id, second.id)))
    assert offer_facts(session, offer).budget_left == Money(4_900_000, "EUR")
    assert offer_facts(session, offer).external_id == offer.id


def test_an_award_in_another_currency_counts_at_the_rate_of_its_day(
    session: RegistrySession,
) -> None:
    need, offer = (
        NeedFactory.create(),
        OfferFactory.create(budget=Money(9_000_000, "USD"), max_award=None),
    )
    award(session, need, offer, Money(100_000, "USD"), on=date(2026, 10, 30))
    funded = need_facts(session, need).funded_amount
    assert isinstance(funded, Money)
    assert funded.currency == "EUR"
    assert 60_000 < funded.hundredths < 110_000


def test_a_session_counts_as_an_hour(session: RegistrySession) -> None:
    need = NeedFactory.create(
        category="psychological_support.counselling",
        amount_requested=None,
        quantity=Quantity(2_000, Measure.HOURS),
    )
    offer = OfferFactory.create(
        instrument="service", budget=Quantity(10_000, Measure.SESSIONS), max_award=None
    )
    award(session, need, offer, Quantity(500, Measure.SESSIONS))
    assert need_facts(session, need).funded_amount == Quantity(500, Measure.HOURS)


@pytest.mark.parametrize(
    ("awarded_on", "left"), [(THIS_MONTH, Money(4_900_000, "EUR")), (LAST_MONTH, None)]
)
def test_a_monthly_budget_counts_the_awards_of_its_month(
    session: RegistrySession, awarded_on: date, left: Money | None
) -> None:
    offer = OfferFactory.create(budget_per=BudgetPer.MONTH)
    award(session, NeedFactory.create(), offer, Money(100_000, "EUR"), on=awarded_on)
    assert offer_facts(session, offer).budget_left == left


def test_a_budget_that_is_overdrawn_has_nothing_left(session: RegistrySession) -> None:
    offer = OfferFactory.create(budget=Money(100, "EUR"), max_award=None)
    award(session, NeedFactory.create(), offer, Money(200, "EUR"))
    assert offer_facts(session, offer).budget_left == Money(0, "EUR")


# What is opened


def test_open_facts_are_read_without_opening_anything(
    session: RegistrySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    need = NeedFactory.create(**FULL_NEED)
    organisation = session.get_one(Organisation, need.organisation_id)
    reader = open_reader(session)

    def refuse(*_: Any) -> None:
        raise AssertionError("something guarded was opened")

    monkeypatch.setattr(Vault, "read", refuse)
    known = reader.read_open_need(need)
    assert known.category == "fixed_costs"
    assert known.channels == ()
    assert reader.read_open_organisation(organisation).base_country == "PL"


def test_open_facts_are_the_ones_that_are_named_so(session: RegistrySession) -> None:
    need = NeedFactory.create(**FULL_NEED)
    reader = open_reader(session)
    whole, known = reader.read_need(need), reader.read_open_need(need)
    for each in fields(NeedFacts):
        if f"need.{each.name}" in OPEN_FACTS:
            assert getattr(known, each.name) == getattr(whole, each.name), each.name


def test_a_row_is_opened_once_in_a_run_until_it_changes(
    session: RegistrySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    need = NeedFactory.create(**FULL_NEED)
    reader, opened = open_reader(session), []
    read = Vault.read
    monkeypatch.setattr(
        Vault, "read", lambda vault, *given: opened.append(given) or read(vault, *given)
    )
    reader.read_need(need)
    reader.read_need(need)
    assert len(opened) == 1
    need.months_covered = 9
    session.flush()
    assert reader.read_need(need).months_covered == 9
    assert len(opened) == 2


def test_an_organisation_is_named_only_where_that_is_asked_for(session: RegistrySession) -> None:
    organisation = OrganisationFactory.create(handle="Elm 4")
    reader = open_reader(session)
    assert reader.read_organisation(organisation).handle is None
    assert reader.read_organisation(organisation, named=True).handle == "Elm 4"


def test_facts_never_print_what_they_hold(session: RegistrySession) -> None:
    organisation = OrganisationFactory.create(handle="Elm 4")
    assert "Elm" not in repr(organisation_facts(session, organisation))
