"""The ways that rules name: single facts, exactly the value that is needed."""

import pytest

from search.codes import Channel, Party
from search.eligibility.catalogue import load_rules
from search.eligibility.facts import as_written
from search.eligibility.rule import no_ways
from search.eligibility.rules.channel_shared import SAFEST_FIRST
from search.eligibility.way import whose_fact
from tests.search.eligibility.records import euros, units
from tests.search.matching.changes.test_smallest import nearly

ITEM = {"category": "security.digital", "breakdown": {}}
NO_LIMITS = dict.fromkeys(("budget_left", "max_award", "min_award"))
HOURS = {"budget": units("40"), **NO_LIMITS}
IN_HOURS = {"amount_requested": None, "minimum_useful": None, "breakdown": {}}


def ways(rule, need=None, organisation=None, offer=None):
    """Return every way of a rule as {path: [values as written]}."""
    pair = nearly(need=need or {}, organisation=organisation or {}, offer=offer or {})
    found = {}
    for way in load_rules()[rule].ways(pair):
        found.setdefault(way.path, []).append(as_written(way.to))
    return found


CASES = [
    ("offer_open", {"offer": {"status": "draft"}}, {"offer.status": ["open"]}),
    ("offer_open", {"offer": {"opens_on": "2026-06-01"}}, {"offer.opens_on": ["2026-05-04"]}),
    ("offer_open", {"offer": {"closes_on": "2026-05-03"}}, {"offer.closes_on": ["2026-05-04"]}),
    ("donor_vetted", {"offer": {"donor_vetting": None}}, {"offer.donor_vetting": ["verified"]}),
    ("country_covered", {"offer": {"countries": ["GE"]}}, {"offer.countries": [["GE", "BY"]]}),
    ("base_country_accepted", {"offer": {"base_countries": ["GE"]}},
     {"offer.base_countries": [["GE", "LT"]]}),
    ("organisation_kind_accepted", {"offer": {"organisation_kinds": ["cso"]}},
     {"offer.organisation_kinds": [["cso", "media"]]}),
    ("legal_status_accepted",
     {"offer": {"legal_statuses": ["liquidated"]},
      "organisation": {"legal_statuses": ["hosted", "unregistered"]}},
     {"offer.legal_statuses": [["liquidated", "hosted"], ["liquidated", "unregistered"]]}),
    ("target_group_covered", {"offer": {"target_groups": ["youth"]}},
     {"offer.target_groups": [["youth", "media"]]}),
    ("target_group_covered",
     {"offer": {"target_groups": ["youth", "media"]}, "need": {"target_groups": []}},
     {"need.target_groups": [["youth"]]}),
    ("vetting_sufficient", {"organisation": {"vetting": "suspended"}},
     {"organisation.vetting": ["vouched"]}),
    ("vetting_sufficient",
     {"organisation": {"vetting": "suspended"}, "offer": {"minimum_vetting": None}},
     {"organisation.vetting": ["unverified"]}),
    ("channel_shared", {"offer": {"channels": []}}, {"offer.channels": [["fiscal_sponsor"]]}),
    ("channel_shared", {"offer": {"channels": []}, "need": {"channels": []}},
     {"offer.channels": [["bank_abroad"]]}),
    ("channel_shared", {"offer": {"channels": ["crypto"]}, "need": {"channels": []}},
     {"need.channels": [["crypto"]]}),
    ("channel_shared", {"offer": {"channels": ["crypto"]}},
     {"offer.channels": [["crypto", "fiscal_sponsor"], ["crypto", "bank_abroad"]]}),
    ("publicity_compatible", {"offer": {"publicity_required": "named"}},
     {"offer.publicity_required": ["aggregate"]}),
    ("publicity_compatible",
     {"offer": {"publicity_required": None}, "need": {"publicity_accepted": None}},
     {"offer.publicity_required": ["none"]}),
    ("publicity_compatible",
     {"offer": {"publicity_required": "named"}, "need": {"publicity_accepted": None}},
     {"need.publicity_accepted": ["named"]}),
    ("reporting_compatible", {"offer": {"reporting_required": "full"}},
     {"offer.reporting_required": ["light"]}),
    ("reporting_compatible", {"need": {"reporting_accepted": None}},
     {"need.reporting_accepted": ["light"]}),
    ("months_within_limit", {"offer": {"max_months": 2}},
     {"offer.max_months": [3], "need.minimum_months": [2]}),
    ("months_within_limit",
     {"offer": {"max_months": 2}, "need": {"minimum_months": None}},
     {"need.minimum_months": [2]}),
    ("months_within_limit",
     {"offer": {"max_months": 5}, "need": {"months_covered": None}},
     {"need.months_covered": [5]}),
    ("time_sufficient", {"need": {"useful_until": "2026-05-20"}},
     {"offer.payout_days": [6], "offer.decision_days": [6], "offer.retroactive": [True],
      "need.useful_until": ["2026-05-24"]}),
    ("time_sufficient",
     {"need": {"useful_until": "2026-05-03"}, "offer": {"payout_days": None}},
     {"offer.retroactive": [True], "need.useful_until": ["2026-05-14"]}),
    ("time_sufficient",
     {"need": {"useful_until": "2026-05-13"}, "offer": {"payout_days": None}},
     {"offer.decision_days": [9], "offer.retroactive": [True],
      "need.useful_until": ["2026-05-14"]}),
    ("time_sufficient", {"offer": {"payout_days": None}}, {"offer.payout_days": [48]}),
    ("time_sufficient", {"offer": {"payout_days": None, "decision_days": None}},
     {"offer.decision_days": [29], "offer.payout_days": [29]}),
    ("language_accepted", {"offer": {"languages": ["pl"], "instrument": "service"}},
     {"offer.languages": [["pl", "be"], ["pl", "ru"]]}),
    ("language_accepted", {"offer": {"languages": ["pl"]}},
     {"organisation.languages": [["be", "ru", "pl"]]}),
    ("language_accepted", {"organisation": {"languages": []}},
     {"organisation.languages": [["be"]]}),
    ("years_active_sufficient", {"organisation": {"active_since": 2025}},
     {"offer.min_years_active": [1]}),
    ("years_active_sufficient", {"organisation": {"active_since": None}},
     {"organisation.active_since": [2024]}),
    ("donor_accepted", {"offer": {"donor_kind": "business"}},
     {"organisation.declines_donor_kinds": [[]]}),
    ("donor_accepted",
     {"offer": {"donor_kind": None},
      "organisation": {"declines_donor_kinds": [
          "foundation", "government", "ingo", "diaspora_fund", "business"]}},
     {"offer.donor_kind": ["individual"]}),
    ("organisation_not_excluded",
     {"offer": {"excluded_organisations": ["O-1", "O-2", "quiet-lime"]}},
     {"offer.excluded_organisations": [["O-2"]]}),
    ("not_already_funded", {"offer": {"co_funding": False}}, {"offer.co_funding": [True]}),
    ("not_already_funded", {"need": {"funded_by": ["F-1"]}}, {}),
    ("instrument_fits", {"need": {"asks_for": ["hours"]}}, {"need.asks_for": [["hours", "money"]]}),
    ("instrument_fits", {"offer": HOURS}, {"need.quantity": [units("40")]}),
    ("category_covered", {"need": ITEM, "offer": {"categories": ["equipment"]}},
     {"offer.categories": [["equipment", "security.digital"]]}),
    ("category_covered", {"need": ITEM, "offer": {"excluded_categories": ["security"]}},
     {"offer.excluded_categories": [["security.physical"]]}),
    ("category_covered",
     {"need": {"breakdown": {}},
      "offer": {"categories": ["equipment"], "excluded_categories": ["security.digital"]}},
     {"offer.excluded_categories": [[]],
      "offer.categories": [["equipment", "security"], ["equipment", "security.physical"]]}),
    ("category_covered",
     {"need": {"breakdown": {}}, "offer": {"categories": ["security.digital"]}},
     {"offer.categories": [["security.digital", "security"]],
      "need.breakdown": [{"security.digital": euros("1000.00")}]}),
    ("category_covered",
     {"need": {"breakdown": {"security.physical": euros("5.00")}},
      "offer": {"categories": ["security.digital"]}},
     {"offer.categories": [
         ["security.digital", "security"],
         ["security.digital", "security.physical"]],
      "need.breakdown": [
          {"security.physical": euros("5.00"), "security.digital": euros("1000.00")}]}),
    ("category_covered",
     {"need": {"breakdown": {}, "asks_for": ["money"], "amount_requested": None},
      "offer": {"categories": ["security.digital"]}},
     {"offer.categories": [["security.digital", "security"]],
      "need.breakdown": [{"security.digital": euros("0.01")}]}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "changes", "expected"), CASES)
def test_a_rule_names_its_ways(rule, changes, expected):
    assert ways(rule, **changes) == expected


CAPPED = {"category_caps": {"security": "2"}}
AWARDS = [
    ({}, {}, {}),
    ({}, {"max_award": euros("1.00")},
     {"offer.max_award": [euros("400.00")], "need.minimum_useful": [euros("1.00")],
      "offer.min_award": [euros("1.00")]}),
    ({}, {"budget_left": euros("0.00")}, {"offer.budget_left": [euros("400.00")]}),
    ({}, {"budget_left": None, "budget": euros("399.00")},
     {"offer.budget": [euros("400.00")], "need.minimum_useful": [euros("399.00")]}),
    ({}, CAPPED,
     {"offer.category_caps": [{"security": "4.45"}, {}], "offer.budget": [euros("20000.00")],
      "offer.min_award": [euros("180.00")], "need.minimum_useful": [euros("180.00")]}),
    ({}, {"category_caps": {"security": "0.5"}},
     {"offer.category_caps": [{"security": "4.45"}, {}], "offer.budget": [euros("80000.00")],
      "offer.min_award": [euros("45.00")], "need.minimum_useful": [euros("45.00")]}),
    ({}, {"category_caps": {"security": "0.5"}, "budget": euros("400.00"), "min_award": None},
     {"offer.category_caps": [{"security": "100.00"}, {}], "offer.budget": [euros("80000.00")],
      "need.minimum_useful": [euros("2.00")]}),
    ({}, {"category_caps": {"security": "0.000000000000001"}},
     {"offer.category_caps": [{"security": "4.45"}, {}]}),
    ({}, {"category_caps": {"security": "0"}},
     {"offer.category_caps": [{"security": "4.45"}, {}]}),
    ({}, {**CAPPED, "budget": euros("399.00"), "budget_left": euros("900.00")},
     {"offer.category_caps": [{}], "offer.budget": [euros("20000.00")],
      "offer.min_award": [euros("7.98")], "need.minimum_useful": [euros("7.98")]}),
    ({"minimum_useful": euros("1400.00")}, {},
     {"need.minimum_useful": [euros("1000.00")], "need.amount_requested": [euros("1400.00")]}),
    ({"minimum_useful": euros("600.00"), "months_covered": 24}, {},
     {"offer.max_months": [15], "need.minimum_useful": [euros("500.00")],
      "need.amount_requested": [euros("1200.00")]}),
    ({"funded_amount": euros("1000.00"), "months_covered": 24}, {},
     {"need.amount_requested": [euros("1300.00"), euros("1600.00")]}),
    ({"months_covered": 24}, {"max_months": 0},
     {"offer.max_months": [10]}),
    # only a part of the group is taken, and too little of it is needed
    ({"minimum_useful": euros("700.00")}, {"categories": ["security.digital"]},
     {"need.minimum_useful": [euros("600.00")],
      "need.breakdown": [
          {"security.digital": euros("700.00"), "security.physical": euros("400.00")}]}),
    # nobody has said how much, or what is the least
    ({"amount_requested": None, "asks_for": ["money"]}, {},
     {"need.amount_requested": [euros("1500.00")]}),
    ({"minimum_useful": None, "amount_requested": euros("2000.00")}, {},
     {"need.minimum_useful": [euros("1500.00")]}),
    ({**IN_HOURS, "asks_for": ["hours"]}, HOURS,
     {"need.quantity": [units("40")]}),
    ({**IN_HOURS, "asks_for": ["hours"], "quantity": units("3", "seats")}, HOURS, {}),
    ({**IN_HOURS, "quantity": units("3", "sessions"), "minimum_useful": units("5", "sessions")},
     HOURS, {"need.minimum_useful": [units("3", "sessions")],
             "need.quantity": [units("5", "sessions")]}),
    ({**IN_HOURS, "category": "relocation", "asks_for": ["hours"],
      "breakdown": {"relocation.travel": euros("5.00")}},
     {**HOURS, "categories": ["relocation.travel", "relocation.housing"]},
     {"need.breakdown": [
         {"relocation.travel": euros("5.00"), "relocation.housing": units("40")}]}),
    ({**IN_HOURS, "category": "relocation", "asks_for": ["hours"],
      "breakdown": {"relocation.travel": euros("5.00")}},
     {**HOURS, "categories": ["relocation.travel"]}, {}),
    # there is no rate, or the kind of help is another one
    ({"amount_requested": {"amount": "9.00", "currency": "BYN"}, "minimum_useful": None,
      "breakdown": {}}, {}, {}),
    ({"asks_for": ["hours"]}, {}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("need", "offer", "expected"), AWARDS)
def test_an_amount_is_changed_to_the_cent(need, offer, expected):
    assert ways("amount_within_range", need=need, offer=offer) == expected


def test_an_ask_is_stated_in_the_currency_of_what_was_given_already():
    need = {"amount_requested": None, "asks_for": ["money"], "minimum_useful": None}
    given = {"funded_amount": {"amount": "100.00", "currency": "USD"}, "breakdown": {}}
    [ask] = ways("amount_within_range", need={**need, **given})["need.amount_requested"]
    assert ask["currency"] == "USD"


def test_an_ask_without_any_currency_is_stated_in_that_of_the_offer():
    need = {"amount_requested": None, "asks_for": ["money"], "minimum_useful": None}
    hours = {"funded_amount": units("2"), "breakdown": {}}
    for known in ({"breakdown": {}}, hours):
        [ask] = ways("amount_within_range", need={**need, **known})["need.amount_requested"]
        assert ask["currency"] == "EUR"


def test_an_ask_in_a_coarser_currency_may_be_a_little_more_than_is_given():
    """A cent of a euro is several hundredths of a forint: none of them is just ten forints."""
    forints = {"amount": "10.00", "currency": "HUF"}
    need = {"amount_requested": None, "asks_for": ["money"], "minimum_useful": euros("0.00")}
    offer = {"budget": forints, "budget_left": None, "min_award": forints, "max_award": None}
    found = ways("amount_within_range", need={**need, "breakdown": {}}, offer=offer)
    assert found["need.amount_requested"] == [euros("0.03")]


def test_an_ask_without_a_rate_cannot_be_stated():
    need = {"amount_requested": None, "asks_for": ["money"], "breakdown": {}}
    least = {"minimum_useful": {"amount": "0.00", "currency": "BYN"}}
    assert ways("amount_within_range", need={**need, **least}) == {}


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("offer.budget", Party.DONOR),
        ("need.quantity", Party.ORGANISATION),
        ("organisation.languages", Party.ORGANISATION),
        ("organisation.vetting", Party.OFFICER),
        ("offer.donor_vetting", Party.OFFICER),
    ],
)
def test_whose_fact_it_is(path, who):
    assert whose_fact(path) is who


def test_a_rule_may_leave_it_to_people():
    assert no_ways(nearly()) == ()


@pytest.mark.parametrize(("rule", "changes"), [(each[0], each[1]) for each in CASES])
def test_a_rule_names_only_facts_that_it_calls_changeable(rule, changes):
    declared = load_rules()[rule]
    assert set(ways(rule, **changes)) <= declared.changeable <= declared.reads


def test_every_channel_has_its_place_by_safety():
    assert sorted(SAFEST_FIRST) == sorted(Channel)
