"""What is said to be enough is enough, nothing smaller is, and it is exact."""

from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings

from registry.services.name_code import name_code
from search.codes import PAGE_LANGUAGES, Party
from search.eligibility.engine import assess_pair
from search.eligibility.pair import Pair, Settings
from search.eligibility.reading import read_line
from search.eligibility.verdict import Waiver
from search.eligibility.way import set_facts
from search.matching.changes.change import explain_change, say_change
from search.matching.changes.smallest import excused_rules, facts_after, find_smallest
from tests.search.eligibility.pairs import lines, mixed_lines
from tests.search.eligibility.records import euros, line, units
from tests.search.matching.changes.brute import find_set_of
from tests.search.matching.changes.nearly import NEED, OFFER, ORGANISATION, nearly_fitting

ON = "2026-05-04"
ANY = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
FEW = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=25)
MANY = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=1500)


def pair_of(record):
    return Pair(*read_line(record))


def nearly(**changes):
    """The fitting pair with these facts of need, organisation and offer changed."""
    return pair_of(
        {
            "need": {**NEED, **changes.get("need", {})},
            "organisation": {**ORGANISATION, **changes.get("organisation", {})},
            "offer": {**OFFER, **changes.get("offer", {})},
            "on": ON,
        }
    )


def named(pair):
    """Return {"record.field": (from, to)} of all changes."""
    records = [each.to_record() for each in find_smallest(pair).changes]
    return {f"{each['record']}.{each['field']}": (each["from"], each["to"]) for each in records}


def is_eligible(pair):
    return assess_pair(pair).outcome == "eligible"


def check_that_it_suffices(record):
    """What is said, done to the facts, makes the pair eligible; also when read from a file."""
    pair = pair_of(record)
    found = find_smallest(pair)
    if found.beyond:
        assert not is_eligible(found.apply(pair))
        return
    assert is_eligible(found.apply(pair))
    written = {**facts_after(pair, found), "on": record["on"]}
    assert is_eligible(pair_of(written))


@ANY
@given(lines())
def test_what_is_said_makes_any_pair_eligible(record):
    check_that_it_suffices(record)


@ANY
@given(mixed_lines())
def test_what_is_said_makes_pairs_in_several_currencies_eligible(record):
    check_that_it_suffices(record)


@FEW
@given(nearly_fitting(most=3))
def test_no_smaller_set_of_facts_would_do(record):
    check_that_none_is_smaller(record, at_most=2)


@pytest.mark.slow
@MANY
@given(nearly_fitting())
def test_no_smaller_set_of_facts_would_do_in_many_pairs(record):
    check_that_none_is_smaller(record, at_most=3)


def check_that_none_is_smaller(record, at_most):
    pair = pair_of(record)
    found = find_smallest(pair)
    assume(not found.beyond and 0 < len(found.changes) <= at_most)
    for size in range(len(found.changes)):
        assert find_set_of(pair, size) is None


@ANY
@given(nearly_fitting())
def test_a_cent_or_a_day_less_would_not_do(record):
    pair = pair_of(record)
    found = find_smallest(pair)
    assume(not found.beyond)
    for change in found.changes:
        less = one_step_back(change)
        if less is not None:
            assert not is_eligible(set_facts(found.apply(pair), {change.way.path: less}))


def one_step_back(change):
    """Return the value next to the new one, on the side of the old one; None where none is."""
    was, to = change.was, change.way.to
    if isinstance(to, bool) or was is None:
        return None
    if hasattr(to, "hundredths"):
        step = 1 if was.hundredths > to.hundredths else -1
        unit = getattr(to, "currency", None) or to.unit
        return type(to)(to.hundredths + step, unit)
    if isinstance(to, int):
        return to + (1 if was > to else -1)
    if isinstance(to, date):
        return date.fromordinal(to.toordinal() + (1 if was > to else -1))
    return None


def test_a_pair_that_fits_needs_nothing():
    found = find_smallest(nearly())
    assert (found.changes, found.answers, found.beyond) == ((), (), ())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"offer": {"base_countries": ["PL"]}}, {"offer.base_countries": (["PL"], ["PL", "LT"])}),
        (
            {"offer": {"max_award": euros("399.99")}},
            {"offer.max_award": (euros("399.99"), euros("400.00"))},
        ),
        (
            {"offer": {"min_award": euros("1200.00")}},
            {"offer.min_award": (euros("1200.00"), euros("1000.00"))},
        ),
        (
            {"need": {"useful_until": "2026-05-12"}},
            {"need.useful_until": ("2026-05-12", "2026-05-24")},
        ),
        (
            {"need": {"useful_until": "2026-05-20"}},
            {"offer.payout_days": (10, 6)},
        ),
        ({"offer": {"channels": ["crypto"]}}, {"offer.channels": (["crypto"], None)}),
        (
            {"offer": {"publicity_required": "named"}},
            {"offer.publicity_required": ("named", "aggregate")},
        ),
        (
            {"offer": {"legal_statuses": ["registered_home"]}},
            {
                "offer.legal_statuses": (
                    ["registered_home"],
                    ["registered_home", "registered_abroad"],
                )
            },
        ),
        ({"offer": {"status": "closed"}}, {"offer.status": ("closed", "open")}),
        (
            {"offer": {"donor_vetting": "suspended"}},
            {"offer.donor_vetting": ("suspended", "verified")},
        ),
        (
            {"offer": {"category_caps": {"security": "2"}}},
            {"offer.category_caps": ({"security": "2"}, {"security": "4.45"})},
        ),
    ],
)
def test_the_change_is_named_exactly(changes, expected):
    found = named(nearly(**changes))
    if "offer.channels" in expected:
        found["offer.channels"] = (found["offer.channels"][0], None)
    if "need.useful_until" in expected:
        alternatives = find_smallest(nearly(**changes)).changes[0].instead
        assert "need.useful_until" in {each.way.path for each in alternatives} | set(found)
        return
    assert found == expected


def test_nobody_is_asked_to_have_other_papers():
    pair = nearly(offer={"legal_statuses": ["company_abroad"], "organisation_kinds": ["cso"]})
    assert {each.who for each in find_smallest(pair).changes} == {Party.DONOR}


def test_what_combines_is_said_together():
    """Taking in the category is not enough where the amount is then too small."""
    pair = nearly(
        offer={"categories": ["equipment"], "max_award": euros("350.00")},
        need={"category": "security.digital", "breakdown": {}},
    )
    assert set(named(pair)) == {"offer.categories", "offer.max_award"}


def test_one_fact_can_serve_two_rules():
    """The offer pays for two months of twelve, and so for too little."""
    pair = nearly(need={"months_covered": 12, "minimum_months": 4}, offer={"max_months": 2})
    assert named(pair) == {"offer.max_months": (2, 5)}


def test_other_single_changes_that_would_do_are_named_too():
    [change] = find_smallest(nearly(need={"useful_until": "2026-05-20"})).changes
    assert change.way.path == "offer.payout_days"
    others = {each.way.path: each.way.to for each in change.instead}
    assert others == {
        "offer.decision_days": 6,
        "offer.retroactive": True,
        "need.useful_until": date(2026, 5, 24),
    }


def test_an_open_question_is_answered_apart_from_changes():
    pair = nearly(
        offer={"payout_days": None, "co_funding": False}, need={"funded_amount": euros("5.00")}
    )
    found = find_smallest(pair)
    assert [each.way.path for each in found.changes] == ["offer.co_funding"]
    assert [each.way.path for each in found.answers] == ["offer.payout_days"]
    assert say_change(found.answers[0], "en", name_code).endswith("?")


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"need": {"funded_by": ["F-1"]}}, ["not_already_funded"]),
        (
            {"need": {"amount_requested": None, "quantity": units("3", "seats")}}
            | {"offer": {**OFFER, "budget": units("9"), **dict.fromkeys(
                ["budget_left", "min_award", "max_award"])}},
            ["instrument_fits", "amount_within_range"],
        ),
    ],
)  # fmt: skip
def test_where_no_fact_helps_a_person_decides(changes, rules):
    found = find_smallest(nearly(**changes))
    assert [each.rule for each in found.beyond] == rules


def test_what_is_waived_or_left_out_need_not_change():
    pair = nearly(
        offer={"co_funding": False, "countries": ["PL"]}, need={"funded_amount": euros("5.00")}
    )
    waived = assess_pair(pair, [Waiver("country_covered")])
    assert set(named(pair)) == {"offer.countries", "offer.co_funding"}
    found = find_smallest(pair, excused_rules(waived.verdicts))
    assert [each.rule for each in found.changes] == ["not_already_funded"]


def test_a_missing_rate_is_beyond_all_facts():
    record = line(need={"amount_requested": {"amount": "100.00", "currency": "BYN"}})
    record["offer"] |= {"donor_vetting": "verified", "publicity_required": "none",
                        "channels": ["in_kind"], "decision_days": 1, "payout_days": 1}  # fmt: skip
    record["need"]["channels"] = ["in_kind"]
    found = find_smallest(Pair(*read_line(record), Settings()))
    assert [each.rule for each in found.beyond] == ["amount_within_range"]
    assert not found.changes


@FEW
@given(nearly_fitting())
def test_every_change_is_said_in_every_language(record):
    found = find_smallest(pair_of(record))
    for change in (*found.changes, *found.answers):
        for language in PAGE_LANGUAGES:
            said = explain_change(change, language, name_code)
            assert said["sentence"]
            assert all(each["sentence"] for each in said["instead"])


def test_what_can_be_changed_is_named_beside_what_a_person_decides():
    """No fact gives a rate to the rouble of the need; the category can be taken in all the same."""
    in_roubles = {"amount": "900.00", "currency": "BYN"}
    pair = nearly(
        need={"amount_requested": in_roubles, "minimum_useful": None, "breakdown": {}},
        offer={"categories": ["equipment"]},
    )
    found = find_smallest(pair)
    assert [each.way.path for each in found.changes] == ["offer.categories"]
    assert [each.rule for each in found.beyond] == ["amount_within_range"]
    assert set(facts_after(pair, found)) == {"need", "organisation", "offer"}


def test_what_would_do_instead_is_named_beside_an_answer_too():
    pair = nearly(
        need={"months_covered": 4, "minimum_months": None},
        offer={"max_months": 3, "max_award": euros("300.00"), "min_award": None},
    )
    found = find_smallest(pair)
    assert [each.way.path for each in found.answers] == ["need.minimum_months"]
    [change] = found.changes
    assert (change.way.path, [each.way.path for each in change.instead]) == (
        "offer.max_award",
        ["need.minimum_useful"],
    )


def test_an_answer_that_has_to_be_larger_stays_an_answer():
    """So much is asked for first that the offer can give it; then its months count too."""
    pair = nearly(
        need={"category": "security.digital", "breakdown": {}, "asks_for": ["money"],
              "amount_requested": None, "months_covered": 24, "minimum_months": 1},
        offer={"max_award": euros("500.00"), "min_award": None},
    )  # fmt: skip
    found = find_smallest(pair)
    assert found.changes == ()
    assert [each.to_record()["to"] for each in found.answers] == [euros("800.00")]


def test_one_floor_is_lowered_rather_than_three_limits_raised():
    pair = nearly(
        offer={
            "budget_left": euros("350.00"),
            "max_award": euros("360.00"),
            "category_caps": {"security": "3.9"},
        }
    )
    assert named(pair) == {"need.minimum_useful": (euros("400.00"), euros("350.00"))}
