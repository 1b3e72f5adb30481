"""Amounts: held to a specification that tries every award, and to the hard clauses one by one."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.codes import Outcome, Party
from search.eligibility.award import Bound, measure_award
from search.eligibility.catalogue import load_rules
from search.eligibility.engine import Pair, Settings, judge
from search.eligibility.reading import read_line
from search.eligibility.sentences import asks_whom
from search.money import Money, Rate, convert, decimal_text
from tests.search.eligibility import records
from tests.search.eligibility.records import euros, units

RULE = load_rules()["amount_within_range"]


def pair_of(need=None, offer=None, on="2026-05-04", **settings_of):
    facts = read_line(records.line(on, need=need, offer=offer))
    return Pair(*facts, Settings(**settings_of))


def judged(need=None, offer=None, on="2026-05-04", **settings_of):
    return judge(RULE, pair_of(need, offer, on, **settings_of)).key


def money(amount, currency):
    return {"amount": amount, "currency": currency}


CENTS = st.integers(0, 7)
MAYBE = st.none() | CENTS
MOST_TRIED = 9  # awards are at most 7 cents: no budget is larger
LARGE = 60


def can_award(asked, minimum, terms):
    """Try every award, in cents, against what the rule says of it."""
    covered, paid = terms["covered"], terms["most_months"]
    shared = asked * Fraction(paid, covered) if covered > paid else asked
    cap = terms["budget"] * Fraction(terms["cap"]) / 100
    return any(
        max(terms["least"] or 0, minimum) <= award <= asked
        and (terms["maximum"] is None or award <= terms["maximum"])
        and award <= (terms["budget"] if terms["left"] is None else terms["left"])
        and award <= cap
        and award <= shared
        for award in range(1, MOST_TRIED)
    )


def specified(requested, minimum, funded, terms):
    """Judge by what could be true: every ask and every minimum (up to the ask) that is possible.

    Met where an award exists in all of them, not met where in none of them.
    """
    asks = [*range(MOST_TRIED), LARGE] if requested is None else [requested]
    outcomes = set()
    for ask in asks:
        left = ask - funded
        minimums = range(max(left, 0) + 1) if minimum is None else [max(0, minimum - funded)]
        outcomes |= {can_award(left, least, terms) for least in minimums}
    if outcomes == {True}:
        return Outcome.MET
    return Outcome.NOT_MET if outcomes == {False} else Outcome.NEEDS_INFORMATION


@settings(max_examples=1000)
@given(
    requested=MAYBE,
    minimum=MAYBE,
    funded=st.integers(0, 3),
    terms=st.fixed_dictionaries(
        {
            "budget": CENTS,
            "left": MAYBE,
            "least": MAYBE,
            "maximum": MAYBE,
            "cap": st.sampled_from(["0", "12.5", "33.3", "50", "99.9", "100"]),
            "covered": st.integers(1, 5),
            "most_months": st.integers(1, 5),
        }
    ),
    unit=st.sampled_from(["EUR", "hours"]),
)
def test_the_rule_agrees_with_trying_every_award(requested, minimum, funded, terms, unit):
    def amount(cents):
        kind = "currency" if unit == "EUR" else "unit"
        return None if cents is None else {"amount": decimal_text(cents), kind: unit}

    need = {
        "amount_requested" if unit == "EUR" else "quantity": amount(requested),
        "asks_for": ["money" if unit == "EUR" else "sessions"],
        "minimum_useful": amount(minimum),
        "funded_amount": amount(funded),
        "months_covered": terms["covered"],
    }
    offer = {
        "budget": amount(terms["budget"]),
        "budget_left": amount(terms["left"]),
        "min_award": amount(terms["least"]),
        "max_award": amount(terms["maximum"]),
        "category_caps": {"fixed_costs": terms["cap"]},
        "max_months": terms["most_months"],
    }
    base = {"amount_requested": None}
    outcome = judge(RULE, pair_of({**base, **need}, offer)).outcome
    assert outcome is specified(requested, minimum, funded, terms)


def test_with_no_minimum_known_the_whole_ask_must_be_possible():
    assert judged(offer={"max_award": euros("1000.00")}) == "met.whole"
    assert judged(offer={"max_award": euros("999.99")}) == "needs_information.minimum"
    assert judged(offer={"min_award": euros("1000.01")}) == "not_met.too_large"


def test_caps_are_of_the_full_budget_and_rounded_down():
    need = {"minimum_useful": euros("333.33"), "amount_requested": euros("333.33")}
    third = {"budget": euros("1000.00"), "category_caps": {"fixed_costs.rent": "33.333"}}
    assert judged(need, third) == "met.whole"
    assert judged({**need, "minimum_useful": euros("333.34")}, third) == "not_met.too_little"
    partly_spent = {**third, "budget_left": euros("400.00")}
    assert judged(need, partly_spent) == "met.whole"


def test_a_cap_of_another_item_or_of_an_item_of_the_asked_group_does_not_bind():
    assert judged(offer={"category_caps": {"fixed_costs.taxes": "0"}}) == "met.whole"
    group = {"category": "fixed_costs"}
    assert judged(group, {"category_caps": {"fixed_costs.rent": "0"}}) == "met.whole"
    assert judged(group, {"category_caps": {"fixed_costs": "0"}}) == "not_met.nothing_left"


def test_the_cap_of_the_item_goes_before_that_of_its_group_even_when_larger():
    caps = {"category_caps": {"fixed_costs": "0", "fixed_costs.rent": "100"}}
    assert judged(offer=caps) == "met.whole"


def test_the_share_of_the_months_is_taken_after_conversion_and_rounded_down():
    need = {
        "amount_requested": money("100.00", "USD"),
        "months_covered": 3,
        "minimum_useful": money("0.01", "USD"),
    }
    pair = pair_of(need, {"max_months": 1}, on="2026-10-30")
    converted = round(Fraction(10_000) / Fraction("1.1172"))
    assert dict(measure_award(pair).limits)[Bound.MONTHS] == converted // 3


def test_an_offer_that_pays_for_no_month_gives_nothing():
    assert judged({"months_covered": 1}, {"max_months": 0}) == "not_met.nothing_left"


def test_the_share_of_the_months_waits_until_the_ask_is_known():
    need = {"amount_requested": None, "asks_for": ["money"], "months_covered": 12}
    assert judged(need, {"max_months": 1}) == "needs_information.ask"
    need["minimum_useful"] = euros("5000.00")
    assert judged(need, {"max_months": 1}) == "needs_information.ask"
    assert judged(need, {"max_months": 1, "max_award": euros("1.00")}) == "not_met.too_little"


def test_what_is_combined_in_the_needs_currency_is_converted_once():
    need = {
        "amount_requested": money("1000.00", "PLN"),
        "funded_amount": money("333.33", "PLN"),
        "minimum_useful": money("444.44", "PLN"),
    }
    award = measure_award(pair_of(need))
    on = date(2026, 5, 4)
    assert award.asked == convert(66_667, "PLN", "EUR", on).hundredths
    assert award.minimum == convert(11_111, "PLN", "EUR", on).hundredths
    assert [rate.currency for rate in award.rates] == ["PLN"]


def test_the_offers_amounts_are_never_converted():
    award = measure_award(pair_of(offer={"budget": money("5000.00", "USD")}))
    assert award.limits == ((Bound.BUDGET, 500_000),)
    assert award.asked == convert(100_000, "EUR", "USD", date(2026, 5, 4)).hundredths


def test_roubles_had_a_rate_until_march_2022():
    need = {"amount_requested": money("50000.00", "RUB")}
    assert judged(need, on="2022-03-01") == "met.whole"
    assert judged(need, on="2022-03-02") == "needs_information.no_rate"
    assert judged(need, on="2026-05-04") == "needs_information.no_rate"


@pytest.mark.parametrize("currency", ["BYN", "UAH", "GEL"])
def test_some_currencies_never_have_a_rate_but_match_themselves(currency):
    need = {"amount_requested": money("1000.00", currency)}
    assert judged(need) == "needs_information.no_rate"
    assert judged(need, {"budget": money("5000.00", currency)}) == "met.whole"
    offer = {"budget": money("5000.00", currency)}
    assert judged(offer=offer) == "needs_information.no_rate_given"


def test_who_can_state_the_amount_in_another_currency_is_asked():
    """A need in euros cannot be stated any better, and one in hryvnias helps nobody alone."""
    roubles = {"budget": money("5000.00", "RUB")}
    for need in ({}, {"amount_requested": money("1000.00", "UAH")}):
        verdict = judge(RULE, pair_of(need, roubles))
        assert verdict.key == "needs_information.no_rate_given"
        assert asks_whom(verdict) is Party.DONOR
    verdict = judge(RULE, pair_of({"amount_requested": money("1000.00", "UAH")}))
    assert asks_whom(verdict) is Party.ORGANISATION


def test_without_a_rate_a_refusal_that_no_rate_could_change_stands():
    need = {"amount_requested": money("1000.00", "BYN")}
    assert judged(need, {"budget_left": euros("0.00")}) == "not_met.nothing_left"
    narrow = {"min_award": euros("10.00"), "max_award": euros("9.00")}
    assert judged(need, narrow) == "not_met.offer_closed"
    given_already = {**need, "funded_amount": money("1000.00", "BYN")}
    assert judged(given_already) == "not_met.nothing_asked"
    assert judged({**need, "asks_for": ["hours"]}) == "not_met.instrument"


def test_a_minimum_without_a_rate_asks_for_the_rate():
    need = {"amount_requested": None, "asks_for": ["money"]}
    minimum = {"minimum_useful": money("100.00", "BYN")}
    assert judged({**need, **minimum}) == "needs_information.no_rate"


def test_an_officers_dated_rate_serves_where_the_bank_has_none():
    entered = Rate("BYN", date(2026, 5, 1), Decimal("3.5"), "a bank's published rate")
    need = {"amount_requested": money("3500.00", "BYN")}
    pair = pair_of(need, entered_rates=(entered,))
    assert measure_award(pair).asked == 100_000
    assert judge(RULE, pair).values["rates"] == ["BYN 3.5 2026-05-01 a bank's published rate"]


def test_once_an_officer_has_a_rate_for_the_offer_it_is_the_need_that_is_asked():
    entered = (Rate("BYN", date(2026, 5, 1), Decimal("3.5"), "a bank's published rate"),)
    need = {"amount_requested": money("1000.00", "UAH")}
    roubles = {"budget": money("5000.00", "BYN")}
    verdict = judge(RULE, pair_of(need, roubles, entered_rates=entered))
    assert (verdict.key, verdict.values) == ("needs_information.no_rate", {"stated": "UAH"})


def test_what_is_in_another_measure_counts_as_absent():
    hours = {"minimum_useful": units("900"), "funded_amount": units("900")}
    assert judged(hours) == "met.whole"
    both = {"quantity": units("10"), "minimum_useful": euros("900.00")}
    assert judged(both, {"budget": units("10", "sessions")}) == "met.whole"
    assert judged(both, {"budget": units("9", "sessions")}) == "needs_information.minimum"


def test_an_amount_in_another_unit_than_is_given_is_not_known():
    need = {"amount_requested": None, "quantity": units("10", "nights"), "asks_for": ["hours"]}
    assert judged(need, {"budget": units("10")}) == "needs_information.ask"


PART = {"categories": ["security.digital"]}
SECURITY = {"category": "security", "amount_requested": euros("9000.00")}


def test_a_part_of_a_group_counts_by_its_breakdown():
    named = {"breakdown": {"security.digital": euros("300.00")}}
    pair = pair_of({**SECURITY, **named}, PART)
    assert measure_award(pair).asked == 30_000
    funded = pair_of({**SECURITY, **named, "funded_amount": euros("100.00")}, PART)
    assert measure_award(funded).asked == 20_000


def test_a_part_in_another_measure_only_is_not_known_though_the_whole_is():
    named = {"breakdown": {"security.digital": units("5")}}
    assert judged({**SECURITY, **named}, PART) == "needs_information.ask"
    mixed = {
        "breakdown": {"security.digital": units("5")},
        "quantity": units("50"),
    }
    hours = {**PART, "budget": units("10")}
    assert measure_award(pair_of({**SECURITY, **mixed}, hours)).asked == 500


def test_where_the_category_is_open_or_refused_the_whole_ask_counts():
    assert measure_award(pair_of(SECURITY, PART)).asked == 900_000
    other = {"breakdown": {"security.physical": euros("300.00")}}
    assert measure_award(pair_of({**SECURITY, **other}, PART)).asked == 900_000
    assert measure_award(pair_of({**SECURITY, **other})).asked == 900_000


def test_an_item_need_takes_no_notice_of_its_breakdown():
    pair = pair_of({"breakdown": {"fixed_costs.rent": euros("1.00")}})
    assert measure_award(pair).asked == 100_000


def test_the_binding_bound_is_named():
    def binding(need=None, **offer):
        return measure_award(pair_of(need, offer)).binding

    assert binding() == (Bound.ASK, 100_000)
    assert binding(max_award=euros("900.00")) == (Bound.MAXIMUM, 90_000)
    assert binding(budget=euros("800.00")) == (Bound.BUDGET, 80_000)
    assert binding(budget_left=euros("700.00")) == (Bound.LEFT, 70_000)
    assert binding(category_caps={"fixed_costs": 10}) == (Bound.CAP, 50_000)
    assert binding({"months_covered": 12}, max_months=1) == (Bound.MONTHS, 8_333)
    assert binding(max_award=euros("1000.00")) == (Bound.ASK, 100_000)
    assert binding({"amount_requested": None, "asks_for": ["money"]}) is None


def test_the_verdict_keeps_the_amounts_in_the_offers_currency():
    verdict = judge(
        RULE,
        pair_of({"minimum_useful": euros("400.00")}, {"max_award": euros("600.00")}),
    )
    assert verdict.values["largest"] == Money.of("600.00", "EUR").to_record()
    assert verdict.values["asked"] == euros("1000.00")


def test_the_largest_amounts_survive_the_largest_rates():
    everything = "9" * 15
    need = {
        "amount_requested": money(everything, "EUR"),
        "category": "security",
        "breakdown": {
            "security.digital": money(everything, "EUR"),
            "security.physical": money(everything, "EUR"),
        },
        "minimum_useful": money(everything, "EUR"),
    }
    assert judged(need, {"budget": money(everything, "IDR")}) == "not_met.too_little"
    assert judged({**need, "minimum_useful": None}, {"budget": money(everything, "IDR")}) == (
        "needs_information.minimum"
    )
