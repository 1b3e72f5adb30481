"""Each part of the score: what it is worth, why, and that it says so in every language."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.codes import PAGE_LANGUAGES, Channel, Outcome
from search.eligibility.catalogue import optional_rules
from search.eligibility.pair import Pair
from search.eligibility.reading import read_line
from search.eligibility.words import PLAIN_KINDS
from search.matching.pairing import examine
from search.matching.part import Measured
from search.matching.parts import time_slack
from search.matching.score import in_hundredths, load_parts, weigh
from search.matching.weights import load_weights
from tests.search.eligibility import pairs, records
from tests.search.eligibility.records import euros, units

CODES = [
    "channel_safety",
    "flexibility",
    "need_covered",
    "reporting_lightness",
    "specificity",
    "text_affinity",
    "time_slack",
    "urgency",
]


def measured(code, affinity=None, **parts):
    """Return (value, variant, known) of one part of a pair."""
    pair = Pair(*read_line(records.line(**parts)))
    found = examine(pair, affinity).score.parts[code]
    return found.value, found.variant, found.known


def test_the_parts_are_those_of_the_weights():
    assert list(load_parts()) == CODES
    assert sorted(load_weights().of_parts) == CODES
    assert all(part.code == code for code, part in load_parts().items())


def test_every_channel_has_a_safety():
    assert set(load_weights().channel_safety) == {str(channel) for channel in Channel}
    assert all(0 <= each <= 1 for each in load_weights().channel_safety.values())


def test_a_part_says_the_same_in_every_language():
    lists = {"urgency", "flexibility", "reporting", "channel"}
    for part in load_parts().values():
        for words in (part.label, *part.sentences.values()):
            assert len({frozenset(words.gaps(language)) for language in PAGE_LANGUAGES}) == 1
            assert {kind for _, kind in words.gaps("en")} <= PLAIN_KINDS | lists


def test_a_part_lies_between_nothing_and_one():
    for value in (-0.01, 1.01, float("nan")):
        with pytest.raises(ValueError, match="between 0 and 1"):
            Measured(value, "share")


class TestNeedCovered:
    def test_the_share_of_what_is_asked_for(self):
        assert measured("need_covered") == (1, "share", True)
        third = {"max_award": euros("333.00")}
        minimum = {"minimum_useful": euros("1.00")}
        assert measured("need_covered", need=minimum, offer=third) == (0.333, "share", True)

    def test_a_part_of_a_group_counts_against_the_whole_need(self):
        need = {"category": "security", "breakdown": {"security.digital": euros("250.00")}}
        offer = {"categories": ["security.digital"]}
        assert measured("need_covered", need=need, offer=offer) == (0.25, "share", True)

    def test_a_breakdown_above_the_whole_is_not_more_than_all(self):
        need = {"category": "security", "breakdown": {"security.digital": euros("2500.00")}}
        offer = {"categories": ["security.digital"]}
        assert measured("need_covered", need=need, offer=offer) == (1, "share", True)

    def test_a_breakdown_without_a_whole_counts_against_itself(self):
        need = {
            "category": "security",
            "amount_requested": None,
            "asks_for": ["money"],
            "breakdown": {"security.digital": euros("250.00")},
        }
        offer = {"categories": ["security.digital"]}
        assert measured("need_covered", need=need, offer=offer) == (1, "share", True)

    def test_what_cannot_be_given_is_nothing(self):
        offer = {"budget_left": euros("0.00")}
        assert measured("need_covered", offer=offer) == (0, "nothing", True)

    def test_an_ask_that_is_not_known_is_neutral(self):
        need = {"amount_requested": None, "asks_for": ["money"]}
        assert measured("need_covered", need=need) == (0.5, "unknown", False)


TIMES = {"decision_days": 5, "payout_days": 5}


class TestTimeSlack:
    @pytest.mark.parametrize(
        ("last_day", "found"),
        [
            ("2026-05-13", (0, "late", True)),
            ("2026-05-14", (0, "days", True)),
            ("2026-05-29", (0.5, "days", True)),
            ("2026-06-13", (1, "days", True)),
            ("2027-06-13", (1, "days", True)),
        ],
    )
    def test_days_to_spare(self, last_day, found):
        assert measured("time_slack", need={"needed_by": last_day}, offer=TIMES) == found

    def test_what_is_comfortable_goes_by_the_day_of_the_pair(self, monkeypatch):
        days = {date(2026, 5, 4): 60}
        monkeypatch.setattr(time_slack, "threshold", lambda name, on: days[on])
        found = measured("time_slack", need={"needed_by": "2026-06-13"}, offer=TIMES)
        assert found == (0.5, "days", True)

    def test_without_a_last_day_there_is_nothing_to_know(self):
        assert measured("time_slack") == (0.5, "no_last_day", None)

    def test_what_is_paid_afterwards_is_never_late(self):
        offer = {**TIMES, "retroactive": True}
        need = {"needed_by": "2026-05-01"}
        assert measured("time_slack", need=need, offer=offer) == (1, "retroactive", True)

    def test_unknown_times_are_neutral_unless_it_is_late_already(self):
        need = {"needed_by": "2026-05-14"}
        assert measured("time_slack", need=need) == (0.5, "unknown", False)
        late = {"decision_days": 30}
        assert measured("time_slack", need=need, offer=late) == (0, "late", True)


class TestUrgency:
    def test_only_what_an_officer_confirmed_scores(self):
        stated = {"urgency": "emergency"}
        assert measured("urgency", need=stated) == (0, "unconfirmed", False)
        confirmed = {**stated, "urgency_confirmed": "emergency"}
        assert measured("urgency", need=confirmed) == (1, "confirmed", True)
        assert measured("urgency", need={"urgency_confirmed": "routine"})[0] == 0


class TestFlexibility:
    def test_from_project_to_unrestricted(self):
        order = ("project", "category", "core", "unrestricted")
        values = [measured("flexibility", offer={"flexibility": each})[0] for each in order]
        assert values == [0, 0.3333, 0.6667, 1]

    def test_the_right_to_move_money_makes_it_freer(self):
        offer = {"flexibility": "project", "reallocation_percent": "25.5"}
        assert measured("flexibility", offer=offer) == (0.255, "movable", True)
        full = {"flexibility": "unrestricted", "reallocation_percent": 100}
        assert measured("flexibility", offer=full)[0] == 1


class TestReportingLightness:
    def test_the_less_the_lighter(self):
        order = ("none", "light", "standard", "full")
        values = [
            measured("reporting_lightness", offer={"reporting_required": each})[0] for each in order
        ]
        assert values == [1, 0.6667, 0.3333, 0]

    def test_unsaid_is_neutral(self):
        assert measured("reporting_lightness") == (0.5, "unknown", False)


class TestChannelSafety:
    def test_the_safest_way_of_both_counts(self):
        need = {"channels": ["cash_equivalent", "supplier_direct", "crypto"]}
        offer = {"channels": ["crypto", "cash_equivalent", "supplier_direct"]}
        assert measured("channel_safety", need=need, offer=offer) == (0.9, "safest", True)

    def test_no_way_of_both_is_nothing(self):
        need, offer = {"channels": ["crypto"]}, {"channels": ["in_kind"]}
        assert measured("channel_safety", need=need, offer=offer) == (0, "none_shared", True)

    def test_an_unsaid_way_is_neutral(self):
        for parts in ({"need": {"channels": ["crypto"]}}, {"offer": {"channels": ["crypto"]}}):
            assert measured("channel_safety", **parts) == (0.5, "unknown", False)

    def test_hours_need_no_way_of_paying(self):
        parts = {"need": {"quantity": units("5")}, "offer": {"budget": units("5")}}
        assert measured("channel_safety", **parts) == (1, "no_money", True)


class TestSpecificity:
    def test_an_open_offer_is_not_meant_for_anybody_in_particular(self):
        assert measured("specificity") == (0, "open", True)

    def test_what_is_named_and_fits_counts(self):
        offer = {
            "categories": ["fixed_costs"],
            "countries": ["BY"],
            "base_countries": ["LT"],
            "organisation_kinds": ["media"],
            "legal_statuses": ["registered_abroad"],
            "target_groups": ["youth"],
        }
        need = {"serves": ["BY"], "target_groups": ["youth"]}
        assert measured("specificity", need=need, offer=offer) == (0.8333, "named", True)

    def test_a_named_category_that_does_not_fit_does_not_count(self):
        assert measured("specificity", offer={"categories": ["advocacy"]}) == (0, "open", True)


class TestTextAffinity:
    def test_the_number_handed_in_counts(self):
        assert measured("text_affinity", affinity=0.73) == (0.73, "compared", True)
        assert measured("text_affinity", affinity=0.0) == (0, "compared", True)

    def test_a_need_without_text_is_neutral_and_loses_no_confidence(self):
        assert measured("text_affinity") == (0.5, "no_text", None)
        pair = Pair(*read_line(records.line()))
        assert examine(pair).score.confidence <= examine(pair, 0.5).score.confidence
        assert examine(pair).score.value == examine(pair, 0.5).score.value

    def test_an_impossible_number_is_an_error(self):
        with pytest.raises(ValueError, match="between 0 and 1"):
            measured("text_affinity", affinity=1.5)


@given(pairs.lines(), st.none() | st.floats(0, 1))
def test_every_pair_has_every_part_and_a_sentence_for_it(line, affinity):
    score = examine(Pair(*read_line(line)), affinity).score
    assert list(score.parts) == CODES
    assert 0 <= score.value <= 1
    assert 0 < score.confidence <= 1
    for code, part in score.parts.items():
        words = load_parts()[code].sentences[part.variant]
        assert {name for name, _ in words.gaps("en")} <= set(part.values)


@given(pairs.lines())
def test_an_amount_is_proposed_just_where_one_is_possible_or_may_be(line):
    pair = Pair(*read_line(line))
    pairing = examine(pair)
    [amount] = [v for v in pairing.assessment.verdicts if v.rule == "amount_within_range"]
    proposed = pairing.score.proposed
    if amount.outcome is Outcome.MET:
        assert proposed.amount.to_record() == amount.values["largest"]
    if amount.outcome is Outcome.NOT_MET:
        assert proposed is None


@pytest.mark.parametrize(
    ("values", "mean"), [((0.0001, 0), 0), ((0.0003, 0), 0.0002), ((0.0003, 0.0002), 0.0002)]
)
def test_a_mean_between_two_steps_goes_to_the_even_one(values, mean):
    parts = dict(zip(CODES, (Measured(each, "share") for each in values), strict=False))
    assert weigh(parts, replace(load_weights(), of_parts=dict.fromkeys(parts, 0.5))) == mean


@pytest.mark.parametrize(
    ("code", "parts", "values"),
    [
        ("urgency", {"need": {"urgency_confirmed": "soon"}}, {"urgency": "soon"}),
        ("flexibility", {"offer": {"flexibility": "core"}}, {"flexibility": "core"}),
        (
            "flexibility",
            {"offer": {"flexibility": "core", "reallocation_percent": "12.5"}},
            {"flexibility": "core", "movable": "12.5"},
        ),
        ("reporting_lightness", {"offer": {"reporting_required": "full"}}, {"required": "full"}),
        ("need_covered", {"offer": {"max_award": euros("333.00")}}, {"share": "33.3"}),
        (
            "channel_safety",
            {
                "need": {"channels": ["in_kind", "service_contract"]},
                "offer": {"channels": ["service_contract", "in_kind"]},
            },
            {"channel": "in_kind"},
        ),
        (
            "specificity",
            {"need": {"target_groups": ["youth"]}, "offer": {"target_groups": ["media"]}},
            {"count": 0, "points": 6},
        ),
        ("text_affinity", {}, {"affinity": "73"}),
    ],
)
def test_a_reason_holds_what_it_speaks_of(code, parts, values):
    found = examine(Pair(*read_line(records.line(**parts))), 0.73).score.parts[code]
    assert found.values == values


@given(
    pairs.lines(), st.none() | st.floats(0, 1), st.sets(st.sampled_from(sorted(optional_rules())))
)
def test_confidence_is_the_share_of_what_was_known_of_rules_in_force_and_parts(line, alike, out):
    pairing = examine(Pair(*read_line(line)), alike, left_out=frozenset(out))
    outcomes = [each.outcome for each in pairing.assessment.verdicts]
    parts = [each.known for each in pairing.score.parts.values()]
    known = outcomes.count(Outcome.MET) + outcomes.count(Outcome.NOT_MET) + parts.count(True)
    missing = outcomes.count(Outcome.NEEDS_INFORMATION) + parts.count(False)
    assert pairing.score.confidence == round(known / (known + missing), 4)


def test_a_weight_counts_in_hundredths():
    assert [in_hundredths(each) for each in (25, 2.5, 0.01, 0.004)] == [2500, 250, 1, 0]


def test_slack_is_counted_from_the_day_of_judging():
    need = {"needed_by": "2026-06-13"}
    facts = read_line(records.line(need=need, offer=TIMES))[:3]
    early = examine(Pair(*facts, date(2026, 5, 1))).score.parts["time_slack"]
    late = examine(Pair(*facts, date(2026, 6, 1))).score.parts["time_slack"]
    assert early.value > late.value
