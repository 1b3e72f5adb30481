from datetime import date

import pytest

from registry.domain.audience import Audience
from registry.domain.errors import RecordRefusedError
from registry.schemas.records import SCHEMAS, check_record, dump_record, load_record
from search.codes import Channel, Measure, NeedStatus, Urgency
from search.money import Money, Quantity
from tests.registry.schemas.examples import EUR, EXAMPLES, NEED, OFFER, ORGANISATION
from tests.registry.schemas.refused import refusals

SPELLED = {
    "organisation": (
        "external_id handle kind legal_statuses base_country operates_in themes target_groups "
        "languages staff_band active_since vetting declines_donor_kinds declines_anonymous "
        "hosted_by state contact legal_name payout"
    ),
    "donor": (
        "external_id handle donor_kind vetting intermediary languages state contact legal_name"
    ),
    "need": (
        "external_id organisation category country title summary language breakdown "
        "amount_requested quantity asks_for minimum_useful serves needed_by useful_until "
        "months_covered minimum_months recurrence urgency channels publicity_accepted "
        "reporting_accepted target_groups readers status situation"
    ),
    "offer": (
        "external_id donor instrument budget flexibility status title summary language budget_per "
        "min_award max_award categories excluded_categories category_caps countries "
        "base_countries organisation_kinds legal_statuses target_groups minimum_vetting channels "
        "publicity_required reporting_required languages opens_on closes_on decision_days "
        "payout_days max_months renewable retroactive co_funding min_years_active "
        "reallocation_percent excluded_organisations visibility"
    ),
}
REQUIRED = {
    "organisation": {"external_id", "kind", "legal_statuses", "base_country"},
    "donor": {"external_id", "donor_kind"},
    "need": {"external_id", "organisation", "category", "country"},
    "offer": {"external_id", "donor", "instrument", "budget", "flexibility", "status"},
}


@pytest.mark.parametrize("kind", SPELLED)
def test_a_record_takes_exactly_the_fields_of_the_published_interface(kind):
    assert set(SCHEMAS[kind]().load_fields) == set(SPELLED[kind].split())


@pytest.mark.parametrize("kind", REQUIRED)
def test_what_is_required_is_named_field_by_field(kind):
    assert set(refusals(kind, {})) == {(name, "required") for name in REQUIRED[kind]}


@pytest.mark.parametrize("kind", EXAMPLES)
def test_examples_use_every_field_that_can_be_given(kind):
    sealed = {"contact", "legal_name", "payout"}
    rare = {"rule", "until", "amount"} if kind == "review" else set()
    assert set(EXAMPLES[kind]) == set(SCHEMAS[kind]().load_fields) - sealed - rare


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_full_record_comes_back_as_it_went_in(kind):
    audience = Audience.OFFICER
    assert dump_record(kind, load_record(kind, EXAMPLES[kind]), audience) == EXAMPLES[kind]


def test_a_load_yields_typed_values():
    need = load_record("need", NEED)
    assert need["urgency"] is Urgency.SOON
    assert need["status"] is NeedStatus.OPEN
    assert need["channels"] == [Channel.BANK_ABROAD, Channel.SUPPLIER_DIRECT]
    assert need["asks_for"] == [Measure.MONEY, Measure.HOURS]
    assert need["needed_by"] == date(2026, 12, 20)
    assert need["amount_requested"] == Money(150_000, "EUR")
    assert need["quantity"] == Quantity(250, Measure.HOURS)
    assert need["breakdown"]["fixed_costs.rent"] == Money(100_000, "EUR")
    assert all(isinstance(channel, Channel) for channel in need["channels"])


@pytest.mark.parametrize("blank", ["", "   ", None, [], {}])
def test_blank_is_absent_and_not_a_value(blank):
    need = load_record("need", {**NEED, "title": blank, "channels": blank, "breakdown": blank})
    assert not {"title", "channels", "breakdown"} & set(need)


@pytest.mark.parametrize("blank", ["", " ", None, [], {}])
def test_a_required_field_cannot_be_blank(blank):
    assert refusals("need", {**NEED, "category": blank}) == [("category", "required")]


def test_an_amount_of_blanks_is_absent():
    blank = {"amount": "", "currency": None}
    assert "minimum_useful" not in load_record("need", {**NEED, "minimum_useful": blank})


def test_a_currency_without_its_amount_is_not_taken_for_nothing():
    half = {"amount": "", "currency": "EUR"}
    assert refusals("need", {**NEED, "minimum_useful": half}) == [
        ("minimum_useful.amount", "required")
    ]


def test_a_change_holds_what_was_sent_and_blank_empties_a_field():
    change = load_record("need", {"title": "", "channels": [], "urgency": "urgent"}, partial=True)
    assert change == {"title": None, "channels": None, "urgency": Urgency.URGENT}


def test_a_change_cannot_empty_what_is_required():
    assert refusals("need", {"country": ""}, partial=True) == [("country", "required")]


def test_an_unknown_field_is_refused_by_name():
    assert refusals("offer", {**OFFER, "priority": 1, "bonus": 2}) == [
        ("bonus", "unknown_field"),
        ("priority", "unknown_field"),
    ]


def test_a_strange_name_of_a_field_is_not_echoed():
    for name in ("x" * 5000, "a\x00b", "\ud800", "\u202eevil"):
        assert refusals("donor", {**EXAMPLES["donor"], name: 1}) == [("?", "unknown_field")]


def test_what_the_registry_sets_itself_cannot_be_sent():
    for name in ("id", "version", "created_on", "urgency_confirmed"):
        assert refusals("need", {**NEED, name: "urgent"}) == [(name, "unknown_field")]


@pytest.mark.parametrize("name", ["contact", "legal_name", "payout"])
@pytest.mark.parametrize("value", ["reach us here", {"a": 1}, ["x"], 5])
def test_sealed_fields_are_refused_by_name(name, value):
    assert refusals("organisation", {**ORGANISATION, name: value}) == [
        (name, "sealed_not_available")
    ]


@pytest.mark.parametrize("record", [None, [], "need", 5, [NEED]])
def test_what_is_no_record_is_refused_as_a_whole(record):
    assert refusals("need", record) == [("", "not_a_record")]


def test_all_faults_are_told_at_once():
    faults = {"country": "Poland", "needed_by": "soon", "channels": ["pigeon"], "months_covered": 0}
    assert set(refusals("need", {**NEED, **faults})) == {
        ("country", "unknown_country"),
        ("needed_by", "not_a_day"),
        ("channels.0", "unknown_code"),
        ("months_covered", "out_of_range"),
    }


def test_a_refusal_never_carries_the_value():
    with pytest.raises(RecordRefusedError) as caught:
        load_record("need", {**NEED, "title": "secret\x00name", "country": "secret name"})
    assert "secret" not in str(caught.value)
    assert all("secret" not in str(problem.values) for problem in caught.value.problems)


def test_a_merged_record_is_checked_as_a_whole():
    merged = load_record("need", NEED) | {"minimum_useful": Money(999_999, "EUR")}
    with pytest.raises(RecordRefusedError) as caught:
        check_record("need", merged)
    assert caught.value.problems[0].code == "minimum_above_ask"
    check_record("need", load_record("need", NEED))


def test_a_waiver_names_its_rule_and_says_why():
    assert refusals("review", {"kind": "waive"}) == [("rule", "required"), ("note", "required")]
    waiver = {"kind": "waive", "rule": "language_accepted", "note": "A volunteer interprets."}
    assert load_record("review", waiver)["rule"] == "language_accepted"


def test_an_award_is_money_or_help():
    hours = {"amount": "20", "unit": "hours"}
    award = load_record("award", {"match": "m", "amount": hours})
    assert award["amount"] == Quantity(2000, Measure.HOURS)
    assert load_record("award", {"match": "m", "amount": EUR})["amount"] == Money(150_000, "EUR")
