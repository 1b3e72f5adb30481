"""Records are read strictly: every fault is named with its field, and nothing is guessed."""

import json
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.codes import Channel, Measure, Publicity
from search.eligibility import fields as tables
from search.eligibility.reading import read_line, read_need, read_offer, read_organisation
from search.eligibility.refusal import FactsRefused
from search.money import Money, Quantity
from tests.search.eligibility import records
from tests.search.eligibility.records import euros, faults_of, units

WHOLE_NEED = {
    "external_id": "N-1",
    "organisation": "O-1",
    "category": "fixed_costs",
    "country": "LT",
    "title": "Rent of the office",
    "summary": "Two lines\nof plain text.",
    "situation": "Known to officers.",
    "language": "be",
    "breakdown": {"fixed_costs.rent": euros("600.00"), "fixed_costs.taxes": units("2")},
    "amount_requested": euros("1000.00"),
    "quantity": units("20"),
    "asks_for": ["money", "hours"],
    "minimum_useful": euros("400.00"),
    "serves": ["BY", "LT"],
    "needed_by": "2026-06-30",
    "useful_until": "2026-07-31",
    "months_covered": 6,
    "minimum_months": 3,
    "recurrence": "monthly",
    "urgency": "urgent",
    "urgency_confirmed": "soon",
    "channels": ["bank_abroad", "in_kind"],
    "publicity_accepted": "aggregate",
    "reporting_accepted": "light",
    "target_groups": ["media"],
    "readers": ["donors"],
    "status": "open",
    "funded_amount": euros("100.00"),
    "funded_by": ["F-9"],
}
WHOLE_ORGANISATION = {
    "external_id": "O-1",
    "handle": "quiet-lime",
    "kind": "cso",
    "legal_statuses": ["liquidated", "hosted"],
    "base_country": "LT",
    "operates_in": ["BY"],
    "themes": ["culture_and_language"],
    "target_groups": ["youth"],
    "languages": ["be", "ru"],
    "staff_band": "1-5",
    "active_since": 2012,
    "vetting": "vouched",
    "declines_donor_kinds": ["government"],
    "declines_anonymous": True,
    "hosted_by": "O-2",
    "state": "active",
}
WHOLE_OFFER = {
    "external_id": "F-1",
    "donor": "D-1",
    "donor_kind": "foundation",
    "donor_vetting": "verified",
    "instrument": "grant",
    "budget": euros("50000.00"),
    "budget_per": "once",
    "budget_left": euros("20000.00"),
    "flexibility": "core",
    "status": "open",
    "title": "Core support",
    "summary": "For small teams.",
    "language": "en",
    "min_award": euros("500.00"),
    "max_award": euros("5000.00"),
    "categories": ["fixed_costs", "security.digital"],
    "excluded_categories": ["fixed_costs.salaries"],
    "category_caps": {"fixed_costs": "33.5", "security.digital": 10},
    "countries": ["BY", "LT"],
    "base_countries": ["LT"],
    "organisation_kinds": ["cso"],
    "legal_statuses": ["hosted"],
    "target_groups": ["youth"],
    "minimum_vetting": "vouched",
    "channels": ["bank_abroad"],
    "publicity_required": "none",
    "reporting_required": "light",
    "languages": ["en", "be"],
    "opens_on": "2026-01-01",
    "closes_on": "2026-12-31",
    "decision_days": 30,
    "payout_days": 10,
    "max_months": 12,
    "renewable": True,
    "retroactive": False,
    "co_funding": True,
    "min_years_active": 2,
    "reallocation_percent": 15,
    "excluded_organisations": ["grey-fox"],
    "visibility": "members",
}


def test_every_field_of_a_whole_record_is_accepted():
    assert set(WHOLE_NEED) == set(tables.NEED)
    assert set(WHOLE_ORGANISATION) == set(tables.ORGANISATION)
    assert set(WHOLE_OFFER) == set(tables.OFFER)
    need, organisation, offer, on = read_line(
        {
            "need": WHOLE_NEED,
            "organisation": WHOLE_ORGANISATION,
            "offer": WHOLE_OFFER,
            "on": "2026-05-04",
        }
    )
    assert need.amount_requested == Money(100_000, "EUR")
    assert need.breakdown["fixed_costs.taxes"] == Quantity(200, Measure.HOURS)
    assert need.channels == (Channel.BANK_ABROAD, Channel.IN_KIND)
    assert need.publicity_accepted is Publicity.AGGREGATE
    assert organisation.declines_donor_kinds == ("government",)
    assert offer.category_caps == {"fixed_costs": Decimal("33.5"), "security.digital": Decimal(10)}
    assert offer.retroactive is False
    assert on == date(2026, 5, 4)


@pytest.mark.parametrize(
    ("read", "whole"),
    [
        (read_need, WHOLE_NEED),
        (read_organisation, WHOLE_ORGANISATION),
        (read_offer, WHOLE_OFFER),
        (read_need, records.need()),
        (read_organisation, records.organisation()),
        (read_offer, records.offer(category_caps={"advocacy": "0.000001"})),
    ],
)
def test_facts_are_written_and_read_back_the_same(read, whole):
    facts = read(whole)
    assert read(json.loads(json.dumps(facts.to_record()))) == facts


def test_facts_hold_no_text_and_show_nothing_when_printed():
    for facts in (
        read_need(WHOLE_NEED),
        read_organisation(WHOLE_ORGANISATION),
        read_offer(WHOLE_OFFER),
    ):
        assert repr(facts) in ("<NeedFacts>", "<OrganisationFacts>", "<OfferFacts>")
        assert not {"title", "summary", "situation"} & set(facts.to_record())


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_absent_null_and_empty_are_the_same(nothing):
    pairs = [
        (read_need, records.need(), tables.NEED),
        (read_organisation, records.organisation(), tables.ORGANISATION),
        (read_offer, records.offer(), tables.OFFER),
    ]
    for read, smallest, table in pairs:
        others = {name: nothing for name in table if name not in smallest}
        assert read({**smallest, **others}) == read(smallest)


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_what_is_required_must_not_be_empty(nothing):
    for name in ("category", "country"):
        assert faults_of(read_need, records.need(**{name: nothing})) == [
            ("missing", f"need.{name}")
        ]
    for name in ("kind", "legal_statuses", "base_country"):
        assert faults_of(read_organisation, records.organisation(**{name: nothing})) == [
            ("missing", f"organisation.{name}")
        ]
    for name in ("instrument", "budget", "flexibility", "status"):
        assert faults_of(read_offer, records.offer(**{name: nothing})) == [
            ("missing", f"offer.{name}")
        ]
    assert faults_of(read_line, {**records.line(), "on": nothing}) == [("missing", "on")]
    assert ("missing", "need.category") in faults_of(read_line, {**records.line(), "need": nothing})


def test_a_need_must_say_how_much_or_what_it_asks_for():
    breakdown = {"fixed_costs.rent": euros("5.00")}
    assert faults_of(read_need, records.need(amount_requested=None, breakdown=breakdown)) == [
        ("missing", "need.amount_requested")
    ]
    minimum = records.need(amount_requested={}, minimum_useful=euros("5.00"))
    assert faults_of(read_need, minimum) == [("missing", "need.amount_requested")]
    for enough in ({"quantity": units("1")}, {"asks_for": ["money"]}):
        assert read_need(records.need(amount_requested=None, **enough))


def test_an_amount_of_nothing_but_blanks_is_absent():
    blank = {"amount": "", "currency": None}
    assert read_need(records.need(minimum_useful=blank)).minimum_useful is None
    assert read_need(records.need(breakdown={"fixed_costs.rent": blank})).breakdown == {}
    assert faults_of(read_offer, records.offer(budget=blank)) == [("missing", "offer.budget")]
    assert read_need(
        records.need(amount_requested={"amount": "5", "currency": "EUR", "unit": None})
    ).amount_requested == Money(500, "EUR")


def test_zero_and_false_are_given():
    assert read_offer(records.offer(decision_days=0)).decision_days == 0
    assert read_offer(records.offer(co_funding=False)).co_funding is False
    assert read_offer(records.offer(budget=euros("0.00"))).budget == Money(0, "EUR")


def test_percentages_are_exact_whether_text_or_number():
    for written in (33.3, "33.3", Decimal("33.3")):
        caps = read_offer(records.offer(category_caps={"advocacy": written})).category_caps
        assert caps == {"advocacy": Decimal("33.3")}
    assert (
        read_offer(records.offer(category_caps={"advocacy": 100})).category_caps["advocacy"] == 100
    )


def test_two_currencies_or_two_units_in_a_need_are_refused():
    dollars = {"amount": "5", "currency": "USD"}
    mixed = [
        {"minimum_useful": dollars},
        {"funded_amount": dollars},
        {"breakdown": {"fixed_costs.rent": dollars}},
    ]
    for change in mixed:
        assert faults_of(read_need, records.need(**change)) == [("mixed_currencies", "need")]
    nights = {"quantity": units("3", "nights"), "minimum_useful": units("3", "seats")}
    assert faults_of(read_need, records.need(**nights)) == [("mixed_units", "need")]


def test_money_and_one_unit_may_stand_together_and_sessions_are_hours():
    read_need(records.need(quantity=units("3", "nights"), minimum_useful=units("1", "nights")))
    read_need(records.need(quantity=units("3", "hours"), minimum_useful=units("1", "sessions")))
    read_offer(records.offer(budget=units("3", "hours"), max_award=units("1", "sessions")))
    read_need(records.need(asks_for=["money", "hours", "nights"]))


def test_every_fault_of_a_line_is_told_at_once():
    line = records.line("2026-13-01", need={"country": "??"}, offer={"budget": None})
    line["surprise"] = 1
    assert sorted(faults_of(read_line, line)) == [
        ("impossible_day", "on"),
        ("missing", "offer.budget"),
        ("unknown_code", "need.country"),
        ("unknown_field", "surprise"),
    ]


def test_one_field_too_many_is_enough_to_refuse_a_line():
    assert faults_of(read_line, {**records.line(), "surprise": 1}) == [
        ("unknown_field", "surprise")
    ]


@pytest.mark.parametrize("line", [None, [], "x", 7])
def test_a_line_that_is_no_object_is_refused(line):
    assert ("wrong_type", "line") in faults_of(read_line, line)


def test_a_part_that_is_no_object_is_refused():
    assert ("wrong_type", "need") in faults_of(read_line, {**records.line(), "need": "rent"})


def test_a_day_and_enumerations_may_be_given_as_they_are():
    assert read_need(records.need(needed_by=date(2026, 5, 4))).last_day == date(2026, 5, 4)
    assert read_need(records.need(asks_for=[Measure.MONEY])).asks_for == (Measure.MONEY,)


def test_useful_until_goes_before_needed_by():
    both = records.need(needed_by="2026-05-04", useful_until="2026-06-01")
    assert read_need(both).last_day == date(2026, 6, 1)
    assert read_need(records.need()).last_day is None


def test_a_list_holds_each_value_once_in_its_order():
    assert read_need(records.need(serves=["LT", "BY", "LT"])).serves == ("LT", "BY")


def test_a_refusal_never_repeats_a_value():
    secret = "the street and the name"
    record = {
        **records.need(),
        **{name: secret for name in tables.NEED if name not in ("title", "summary", "situation")},
        secret: secret,
    }
    with pytest.raises(FactsRefused) as refused:
        read_need(record)
    assert secret not in str(refused.value)
    assert secret not in repr(refused.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.sampled_from(sorted(tables.OFFER)), JSON)
def test_any_value_in_any_field_is_read_or_refused(name, value):
    with suppress(FactsRefused):
        facts = read_offer({**records.offer(), name: value})
        assert read_offer(facts.to_record()) == facts
