"""What cannot be judged is refused: each fault by its code and its field."""

from datetime import datetime

import pytest

from search.eligibility.reading import read_need, read_offer, read_organisation
from tests.search.eligibility import records
from tests.search.eligibility.records import euros, faults_of, units


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"category": "rent"}, "unknown_code", "need.category"),
        ({"category": "fixed_costs.rents"}, "unknown_code", "need.category"),
        ({"category": ["fixed_costs.rent"]}, "wrong_type", "need.category"),
        ({"country": "lt"}, "unknown_code", "need.country"),
        ({"country": "XX"}, "unknown_code", "need.country"),
        ({"serves": ["BY", "Minsk"]}, "unknown_code", "need.serves[1]"),
        ({"serves": "BY"}, "wrong_type", "need.serves"),
        ({"serves": [None]}, "wrong_type", "need.serves[0]"),
        ({"channels": ["cash"]}, "unknown_code", "need.channels[0]"),
        ({"asks_for": ["hour"]}, "unknown_code", "need.asks_for[0]"),
        ({"publicity_accepted": "Named"}, "unknown_code", "need.publicity_accepted"),
        ({"needed_by": "2026-02-30"}, "impossible_day", "need.needed_by"),
        ({"needed_by": "2026-2-3"}, "impossible_day", "need.needed_by"),
        ({"needed_by": "2026-02-03T00:00"}, "impossible_day", "need.needed_by"),
        ({"needed_by": 20260203}, "wrong_type", "need.needed_by"),
        ({"needed_by": datetime(2026, 2, 3)}, "wrong_type", "need.needed_by"),  # noqa: DTZ001
        ({"months_covered": -1}, "out_of_range", "need.months_covered"),
        ({"months_covered": 1201}, "out_of_range", "need.months_covered"),
        ({"months_covered": "6"}, "wrong_type", "need.months_covered"),
        ({"months_covered": 6.0}, "wrong_type", "need.months_covered"),
        ({"months_covered": True}, "wrong_type", "need.months_covered"),
        ({"amount_requested": 1000}, "wrong_type", "need.amount_requested"),
        ({"amount_requested": {"amount": 1000, "currency": "EUR"}}, "wrong_type", "amount"),
        ({"amount_requested": {"amount": float("nan"), "currency": "EUR"}}, "wrong_type", "amount"),
        ({"amount_requested": euros("NaN")}, "not_an_amount", "need.amount_requested.amount"),
        ({"amount_requested": euros("-1")}, "not_an_amount", "need.amount_requested.amount"),
        ({"amount_requested": euros("1.001")}, "not_an_amount", "need.amount_requested.amount"),
        ({"amount_requested": {"amount": "5"}}, "not_an_amount", "need.amount_requested"),
        ({"amount_requested": units("5")}, "wrong_measure", "need.amount_requested"),
        ({"quantity": euros("5")}, "wrong_measure", "need.quantity"),
        ({"quantity": units("5", "money")}, "unknown_code", "need.quantity.unit"),
        ({"breakdown": {"rent": euros("5")}}, "unknown_code", "need.breakdown"),
        ({"breakdown": {"fixed_costs": euros("5")}}, "unknown_code", "need.breakdown"),
        ({"breakdown": {"rent": None}}, "unknown_code", "need.breakdown"),
        ({"quantity": {"amont": ""}}, "not_an_amount", "need.quantity"),
        ({"channels": {"": ""}}, "wrong_type", "need.channels"),
        ({"breakdown": ["fixed_costs.rent"]}, "wrong_type", "need.breakdown"),
        (
            {"breakdown": {"fixed_costs.rent": "5"}},
            "wrong_type",
            "need.breakdown.fixed_costs.rent",
        ),
        ({"title": "a\x00b"}, "bad_characters", "need.title"),
        ({"summary": "a\x1bb"}, "bad_characters", "need.summary"),
        ({"summary": "a\ud800b"}, "bad_characters", "need.summary"),
        ({"external_id": "a\nb"}, "bad_characters", "need.external_id"),
        ({"external_id": 7}, "wrong_type", "need.external_id"),
        ({"external_id": "x" * 201}, "out_of_range", "need.external_id"),
        ({"colour": "blue"}, "unknown_field", "need.colour"),
        ({"colour": None}, "unknown_field", "need.colour"),
        ({"a b": 1}, "unknown_field", "need.?"),
        ({7: 1}, "unknown_field", "need.?"),
    ],
)
def test_a_fault_of_a_need_is_named(change, code, field):
    found = faults_of(read_need, {**records.need(), **change})
    assert [(c, f.endswith(field)) for c, f in found] == [(code, True)]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"contact": "x"}, "sealed_field", "organisation.contact"),
        ({"legal_name": None}, "sealed_field", "organisation.legal_name"),
        ({"payout": {}}, "sealed_field", "organisation.payout"),
        ({"legal_statuses": ["ghost"]}, "unknown_code", "organisation.legal_statuses[0]"),
        ({"active_since": 0}, "out_of_range", "organisation.active_since"),
        ({"active_since": "2012"}, "wrong_type", "organisation.active_since"),
        ({"declines_anonymous": "yes"}, "wrong_type", "organisation.declines_anonymous"),
        ({"languages": ["bel"]}, "unknown_code", "organisation.languages[0]"),
        ({"vetting": "trusted"}, "unknown_code", "organisation.vetting"),
    ],
)
def test_a_fault_of_an_organisation_is_named(change, code, field):
    assert faults_of(read_organisation, records.organisation(**change)) == [(code, field)]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"minimum_vetting": "suspended"}, "unknown_code", "offer.minimum_vetting"),
        ({"decision_days": 36_501}, "out_of_range", "offer.decision_days"),
        ({"retroactive": 1}, "wrong_type", "offer.retroactive"),
        ({"category_caps": {"fixed_costs": "101"}}, "out_of_range", "offer.category_caps."),
        ({"category_caps": {"fixed_costs": "100.01"}}, "out_of_range", "offer.category_caps."),
        ({"category_caps": {"fixed_costs": "-1"}}, "out_of_range", "offer.category_caps."),
        ({"category_caps": {"fixed_costs": -0.5}}, "out_of_range", "offer.category_caps."),
        ({"category_caps": {"fixed_costs": "1e1"}}, "out_of_range", "offer.category_caps."),
        ({"category_caps": {"fixed_costs": float("nan")}}, "out_of_range", "offer.category_caps."),
        ({"category_caps": {"fixed_costs": float("inf")}}, "out_of_range", "offer.category_caps."),
        ({"category_caps": {"fixed_costs": True}}, "wrong_type", "offer.category_caps."),
        ({"category_caps": {"fixed_costs": [5]}}, "wrong_type", "offer.category_caps."),
        ({"category_caps": {"rents": "5"}}, "unknown_code", "offer.category_caps"),
        ({"max_award": units("5")}, "mixed_units", "offer"),
        ({"max_award": {"amount": "5", "currency": "USD"}}, "mixed_currencies", "offer"),
        ({"budget": units("5"), "max_award": units("5", "nights")}, "mixed_units", "offer"),
    ],
)
def test_a_fault_of_an_offer_is_named(change, code, field):
    [(found, place)] = faults_of(read_offer, records.offer(**change))
    assert found == code
    assert place.startswith(field)
