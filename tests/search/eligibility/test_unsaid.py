"""What a record leaves unsaid: found by the rules themselves, without anybody else's record."""

from dataclasses import replace
from datetime import date

import pytest

from search.codes import (
    Channel,
    DonorKind,
    Flexibility,
    Instrument,
    LegalStatus,
    Measure,
    OfferStatus,
    OrganisationKind,
    Outcome,
    Party,
    Publicity,
    Reporting,
    TargetGroup,
)
from search.eligibility.catalogue import load_rules
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Settings
from search.eligibility.unsaid import code_of, question_code, unsaid_of_need, unsaid_of_offer
from search.eligibility.verdict import Verdict
from search.money import Money, Quantity

TODAY = date(2026, 11, 24)
HOME = Settings()
EUR_450 = Money(45_000, "EUR")

SILENT = NeedFacts(category="fixed_costs", country="PL", asks_for=(Measure.MONEY,))
OUTSPOKEN = NeedFacts(
    category="fixed_costs.rent",
    country="PL",
    amount_requested=EUR_450,
    minimum_useful=EUR_450,
    months_covered=3,
    minimum_months=2,
    channels=(Channel.BANK_ABROAD,),
    publicity_accepted=Publicity.NONE,
    reporting_accepted=Reporting.LIGHT,
    target_groups=(TargetGroup.MEDIA,),
)
UNKNOWN = OrganisationFacts(OrganisationKind.MEDIA, (LegalStatus.UNREGISTERED,), "PL")
KNOWN = replace(UNKNOWN, languages=("be",), active_since=2020)

QUIET = OfferFacts(Instrument.GRANT, EUR_450, Flexibility.CORE, OfferStatus.DRAFT)
COMPLETE = replace(
    QUIET,
    donor_kind=DonorKind.FOUNDATION,
    channels=(Channel.BANK_ABROAD,),
    publicity_required=Publicity.NONE,
    decision_days=10,
    payout_days=0,
    co_funding=False,
)


def asked_of_need(need: NeedFacts, organisation: OrganisationFacts = KNOWN) -> list[str]:
    return [each.code for each in unsaid_of_need(need, organisation, TODAY, HOME)]


def asked_of_offer(offer: OfferFacts) -> list[str]:
    return [each.code for each in unsaid_of_offer(offer, TODAY, HOME)]


def declared_for(whom: Party) -> set[str]:
    return {
        question_code(code, key)
        for code, rule in load_rules().items()
        for key, question in rule.questions.items()
        if question.whom is whom and question.answers
    }


def test_every_question_that_a_rule_has_for_an_organisation_can_come_up():
    in_zloty = replace(OUTSPOKEN, amount_requested=Money(1, "BYN"), minimum_useful=None)
    without_least = replace(OUTSPOKEN, minimum_useful=None, minimum_months=None)
    found = {
        *asked_of_need(SILENT, UNKNOWN),
        *asked_of_need(in_zloty),
        *asked_of_need(without_least),
    }

    assert found == declared_for(Party.ORGANISATION)


def test_every_question_that_a_rule_has_for_a_donor_can_come_up():
    in_roubles = replace(COMPLETE, budget=Money(45_000, "BYN"))

    assert {*asked_of_offer(QUIET), *asked_of_offer(in_roubles)} == declared_for(Party.DONOR)


def test_who_said_everything_is_asked_nothing():
    assert asked_of_need(OUTSPOKEN) == []
    assert asked_of_offer(COMPLETE) == []


def test_the_questions_stand_in_the_order_of_the_catalogue():
    assert asked_of_need(SILENT, UNKNOWN) == sorted(asked_of_need(SILENT, UNKNOWN))


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("channels", "channel_shared.need_silent"),
        ("publicity_accepted", "publicity_compatible.need_silent"),
        ("reporting_accepted", "reporting_compatible"),
        ("target_groups", "target_group_covered"),
        ("months_covered", "months_within_limit.covered"),
        ("minimum_months", "months_within_limit.least"),
        ("minimum_useful", "amount_within_range.minimum"),
    ],
)
def test_a_fact_that_a_need_leaves_out_is_asked_for(field, code):
    absent = () if field in ("channels", "target_groups") else None
    changes = {field: absent}
    if field == "months_covered":
        changes["minimum_months"] = None

    assert asked_of_need(replace(OUTSPOKEN, **changes)) == [code]


def test_a_group_is_asked_how_much_each_item_takes_and_an_item_is_not():
    group = replace(OUTSPOKEN, category="fixed_costs")

    assert asked_of_need(group) == ["category_covered"]
    assert asked_of_need(replace(group, breakdown={"fixed_costs.rent": EUR_450})) == []


def test_who_asks_for_hours_is_asked_about_no_payment():
    hours = Quantity(2_000, Measure.HOURS)
    need = replace(
        OUTSPOKEN, amount_requested=None, quantity=hours, minimum_useful=hours, channels=()
    )

    assert asked_of_need(need) == []
    assert asked_of_need(replace(need, quantity=None, asks_for=(Measure.HOURS,))) == [
        "amount_within_range.ask"
    ]


TWO_MEASURES = replace(
    OUTSPOKEN,
    amount_requested=Money(250_000, "EUR"),
    quantity=Quantity(1_600, Measure.HOURS),
    minimum_useful=None,
    asks_for=(Measure.MONEY, Measure.HOURS),
)


@pytest.mark.parametrize("least", [Money(50_000, "EUR"), Quantity(400, Measure.HOURS)])
def test_the_least_of_a_need_in_two_measures_is_said_once(least):
    assert asked_of_need(TWO_MEASURES) == ["amount_within_range.minimum"]
    assert asked_of_need(replace(TWO_MEASURES, minimum_useful=least)) == []


@pytest.mark.parametrize(
    ("left_out", "is_asked"),
    [("amount_requested", True), ("quantity", True), ("minimum_useful", False)],
)
def test_how_much_is_asked_while_a_field_is_left_for_it(left_out, is_asked):
    need = replace(TWO_MEASURES, minimum_useful=EUR_450)
    asked = asked_of_need(replace(need, **{left_out: None}))
    assert ("amount_within_range.ask" in asked) is is_asked


def test_a_third_measure_that_has_no_field_is_not_asked_about():
    measures = (Measure.MONEY, Measure.HOURS, Measure.ITEMS)
    assert asked_of_need(replace(TWO_MEASURES, minimum_useful=EUR_450, asks_for=measures)) == []


def test_two_kinds_of_things_have_one_field_between_them():
    measures, hours = (Measure.HOURS, Measure.ITEMS), Quantity(1_600, Measure.HOURS)
    need = replace(TWO_MEASURES, amount_requested=None, minimum_useful=hours, asks_for=measures)
    assert "amount_within_range.ask" not in asked_of_need(need)
    assert "amount_within_range.ask" in asked_of_need(replace(need, quantity=None))


def test_a_donor_of_hours_is_not_asked_how_it_pays():
    assert (
        asked_of_offer(replace(COMPLETE, budget=Quantity(2_000, Measure.HOURS), channels=())) == []
    )


def test_somebody_who_said_which_languages_is_not_asked_who_interprets():
    """No field holds that answer, and the question would tell what a donor speaks."""
    assert asked_of_need(OUTSPOKEN, replace(KNOWN, languages=("ka",))) == []


def test_a_question_names_the_record_and_the_fields_that_answer_it():
    (asked,) = unsaid_of_offer(replace(COMPLETE, payout_days=None), TODAY, HOME)

    assert (asked.record, asked.fields) == ("offer", ("decision_days", "payout_days"))
    assert asked.question.whom is Party.DONOR


def test_a_stored_verdict_names_the_same_question():
    verdict = Verdict("channel_shared", Outcome.NEEDS_INFORMATION, "need_silent")

    assert code_of(verdict) == "channel_shared.need_silent"
