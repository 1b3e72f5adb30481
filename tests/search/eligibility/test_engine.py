"""All rules are evaluated, every time, and a stored assessment reads back the same."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.codes import Outcome, PairOutcome
from search.eligibility.catalogue import load_rules
from search.eligibility.engine import Assessment, Settings, Verdict, Waiver, assess, judge
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Pair
from search.eligibility.reading import read_line, read_need, read_offer, read_organisation
from search.eligibility.refusal import FactsRefused
from tests.search.eligibility import pairs, records
from tests.search.eligibility.records import euros

VERIFIED = {"donor_vetting": "verified", "publicity_required": "none"}
MISSING_ASKS = {
    "need": {
        "amount_requested": euros("500.00"),
        "minimum_useful": euros("0.00"),
        "channels": ["bank_abroad"],
        "publicity_accepted": "aggregate",
        "reporting_accepted": "light",
        "target_groups": ["youth"],
    },
    "organisation": {"languages": ["be"], "active_since": 2024, "vetting": "vouched"},
    "offer": {
        "donor_vetting": "verified",
        "decision_days": 5,
        "payout_days": 5,
        "donor_kind": "business",
        "co_funding": True,
    },
}
"""Facts whose absence means that they are not known (and not that all is accepted)."""


def outcome_of(waivers=(), **parts):
    return assess(*read_line(records.line(**parts)), waivers=waivers).outcome


def test_a_pair_is_eligible_when_every_rule_is_met():
    assert outcome_of(offer=VERIFIED) is PairOutcome.ELIGIBLE


def test_one_open_rule_asks_and_one_failed_rule_refuses():
    asks = {**VERIFIED, "donor_vetting": None}
    assert outcome_of(offer=asks) is PairOutcome.NEEDS_INFORMATION
    assert outcome_of(offer={**asks, "status": "closed"}) is PairOutcome.NOT_ELIGIBLE


def test_every_rule_is_evaluated_also_after_one_has_failed():
    line = records.line(offer={"status": "closed", "countries": ["GE"], "base_countries": ["GE"]})
    assessment = assess(*read_line(line))
    assert [verdict.rule for verdict in assessment.verdicts] == list(load_rules())
    assert {verdict.rule for verdict in assessment.of_outcome(Outcome.NOT_MET)} == {
        "offer_open",
        "country_covered",
        "base_country_accepted",
    }


def test_a_waived_verdict_is_marked_and_does_not_count():
    closed = {**VERIFIED, "status": "closed"}
    waiver = Waiver("offer_open")
    assert outcome_of(offer=closed, waivers=[waiver]) is PairOutcome.ELIGIBLE
    assessment = assess(*read_line(records.line(offer=closed)), waivers=[waiver])
    [waived] = [verdict for verdict in assessment.verdicts if verdict.waived]
    assert (waived.rule, waived.outcome) == ("offer_open", Outcome.NOT_MET)
    assert assessment.of_outcome(Outcome.NOT_MET) == ()


def test_a_waiver_holds_through_its_last_day():
    closed = {**VERIFIED, "status": "closed"}
    until = Waiver("offer_open", date(2026, 5, 4))
    past = Waiver("offer_open", date(2026, 5, 3))
    assert outcome_of(offer=closed, waivers=[until]) is PairOutcome.ELIGIBLE
    assert outcome_of(offer=closed, waivers=[past]) is PairOutcome.NOT_ELIGIBLE


def test_a_waiver_of_no_rule_is_an_error():
    with pytest.raises(ValueError, match="no rule"):
        outcome_of(waivers=[Waiver("offer_opened")])


def test_home_countries_are_a_setting():
    pair = read_line(records.line(offer=VERIFIED))
    assert assess(*pair).outcome is PairOutcome.ELIGIBLE
    home = Settings(home_countries=frozenset({"LT"}))
    assert assess(*pair, home).outcome is PairOutcome.NEEDS_INFORMATION


def test_a_rule_out_of_force_does_not_count():
    rule = load_rules()["offer_open"]
    begun = type(rule)(
        **{
            **{name: getattr(rule, name) for name in type(rule).__slots__},
            "in_force_from": date(2026, 5, 5),
            "in_force_to": date(2026, 5, 6),
        }
    )
    facts = read_line(records.line(offer={"status": "closed"}))[:3]
    days = {day: judge(begun, Pair(*facts, date(2026, 5, day))).outcome for day in (4, 5, 6, 7)}
    assert days == {
        4: Outcome.NOT_IN_FORCE,
        5: Outcome.NOT_MET,
        6: Outcome.NOT_MET,
        7: Outcome.NOT_IN_FORCE,
    }
    out = Verdict("offer_open", Outcome.NOT_IN_FORCE)
    assert Assessment((out,)).outcome is PairOutcome.ELIGIBLE


@given(pairs.lines())
def test_a_stored_assessment_and_its_facts_read_back_and_replay_the_same(line):
    need, organisation, offer, on = read_line(line)
    assessment = assess(need, organisation, offer, on)
    stored = json.loads(
        json.dumps(
            {
                "assessment": assessment.to_record(),
                "facts": [each.to_record() for each in (need, organisation, offer)],
            }
        )
    )
    assert Assessment.from_record(stored["assessment"]) == assessment
    again = (
        read_need(stored["facts"][0]),
        read_organisation(stored["facts"][1]),
        read_offer(stored["facts"][2]),
    )
    assert again == (need, organisation, offer)
    assert assess(*again, on) == assessment


@given(pairs.lines())
def test_not_met_goes_before_needs_information_before_met(line):
    assessment = assess(*read_line(line))
    outcomes = {verdict.outcome for verdict in assessment.verdicts}
    if Outcome.NOT_MET in outcomes:
        assert assessment.outcome is PairOutcome.NOT_ELIGIBLE
    elif Outcome.NEEDS_INFORMATION in outcomes:
        assert assessment.outcome is PairOutcome.NEEDS_INFORMATION
    else:
        assert assessment.outcome is PairOutcome.ELIGIBLE


def _is_plausible(line):
    """Leave out records that contradict themselves: no answer to a question does that."""
    need = line["need"]
    covered, least = need.get("months_covered"), need.get("minimum_months")
    return covered is None or least is None or least <= covered


@settings(max_examples=300)
@given(
    pairs.lines().filter(_is_plausible),
    st.sampled_from([(part, name) for part, names in MISSING_ASKS.items() for name in names]),
)
def test_learning_a_fact_never_turns_a_settled_rule(line, missing):
    """What is not known neither refuses nor passes: only an open rule may change by an answer."""
    part, name = missing
    without = {**line, part: {k: v for k, v in line[part].items() if k != name}}
    known = {**line, part: {**line[part], name: MISSING_ASKS[part][name]}}
    if name == "amount_requested":
        known = {**known, "need": {**known["need"], "minimum_useful": None}}
        without = {**without, "need": {**without["need"], "minimum_useful": None}}
    before, after = assess(*read_line(without)), assess(*read_line(known))
    for was, becomes in zip(before.verdicts, after.verdicts, strict=True):
        assert was.outcome in (becomes.outcome, Outcome.NEEDS_INFORMATION), was.rule


@given(pairs.lines(), st.randoms())
def test_the_order_of_fields_and_of_lists_does_not_matter(line, random):
    def shuffle(value):
        if isinstance(value, dict):
            names = list(value)
            random.shuffle(names)
            return {name: shuffle(value[name]) for name in names}
        if isinstance(value, list):
            return random.sample(value, len(value))
        return value

    def outcomes(each):
        return [verdict.key for verdict in assess(*read_line(each)).verdicts]

    assert outcomes(shuffle(line)) == outcomes(line)


@given(pairs.lines(), st.sampled_from([None, "", [], {}]))
def test_filling_in_nothing_changes_nothing(line, nothing):
    names = {
        "need": ("serves", "minimum_useful", "title", "channels", "needed_by", "breakdown"),
        "organisation": ("operates_in", "languages", "vetting", "hosted_by"),
        "offer": ("category_caps", "max_award", "donor_kind", "co_funding", "countries"),
    }
    filled = {
        **line,
        **{
            part: {**dict.fromkeys(names[part], nothing), **line[part]}
            for part in ("need", "organisation", "offer")
        },
    }
    assert assess(*read_line(filled)) == assess(*read_line(line))


def test_facts_can_be_made_without_a_record():
    need = NeedFacts(category="fixed_costs.rent", country="LT", asks_for=("money",))
    organisation = OrganisationFacts("cso", ("unregistered",), "LT")
    offer = OfferFacts("grant", read_offer(records.offer()).budget, "core", "open")
    verdicts = assess(need, organisation, offer, date(2026, 5, 4)).verdicts
    assert {v.rule for v in verdicts if v.outcome is Outcome.NEEDS_INFORMATION} == {
        "amount_within_range",
        "donor_vetted",
        "publicity_compatible",
    }


def test_refused_lines_are_never_judged():
    with pytest.raises(FactsRefused):
        read_line({**records.line(), "offer": {}})
