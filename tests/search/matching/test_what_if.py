"""Relaxing one rule: three numbers, the same from either engine."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.codes import Outcome, PairOutcome
from search.eligibility.catalogue import load_rules
from search.eligibility.engine import assess_pair
from search.eligibility.reading import read_line
from search.matching.score import score_pair
from search.matching.sides import Sides, judge_by_grid, judge_by_pairs
from search.matching.what_if import Standing, WhatIfs
from tests.search.eligibility.records import euros
from tests.search.matching.changes.nearly import NEED, OFFER, ORGANISATION, nearly_fitting

ON = date(2026, 5, 4)


def sides_of(needs, offers, left_out=None):
    """Sides from changes of a need and an offer that fit."""
    asking = [read_line(line(need=each))[:2] for each in needs]
    giving = [read_line(line(offer=each))[2] for each in offers]
    return Sides(asking, giving, left_out or [frozenset()] * len(offers), ON)


def line(need=None, offer=None):
    return {
        "need": {**NEED, **(need or {})},
        "organisation": ORGANISATION,
        "offer": {**OFFER, **(offer or {})},
        "on": ON.isoformat(),
    }


def whatifs(sides, judge=judge_by_pairs, scores=None):
    """Count with scores by (need, offer), else 0.5; 400 euros are of use, 1,000 are proposed."""

    def stand(need, offer):
        return Standing((scores or {}).get((need, offer), 0.5), 100_000, 40_000)

    needs, offers = range(len(sides.asking)), range(len(sides.giving))
    names = [f"N{each}" for each in needs], [f"F{each}" for each in offers]
    return WhatIfs(sides, judge(sides), stand, *names)


ABROAD = {"country": "GE", "serves": ["GE"]}
BELARUS = {"countries": ["BY"]}


@pytest.mark.parametrize("judge", [judge_by_pairs, judge_by_grid])
def test_needs_that_only_this_rule_keeps_away(judge):
    sides = sides_of([ABROAD, {}, {**ABROAD, "target_groups": ["youth"]}], [
        {**BELARUS, "target_groups": ["media"]},
    ])  # fmt: skip
    found = whatifs(sides, judge).count(0, "country_covered")
    assert found.fails_only == (0,)
    assert found.to_record() == {
        "fails_only": 1,
        "newly_eligible": 1,
        "competitive": 1,
        "net": 1,
        "asked": euros("1000.00"),
    }
    assert whatifs(sides, judge).count(0, "target_group_covered").fails_only == ()


def test_what_is_open_besides_makes_a_need_not_newly_eligible():
    silent = {**ABROAD, "publicity_accepted": None}
    sides = sides_of([silent], [{**BELARUS, "publicity_required": "aggregate"}])
    found = whatifs(sides).count(0, "country_covered")
    assert (found.fails_only, found.newly_eligible) == ((0,), ())
    assert (found.competitive, found.net) == ((), ())


def test_what_a_programme_leaves_out_is_not_open_either():
    silent = {**ABROAD, "publicity_accepted": None}
    terms = {**BELARUS, "publicity_required": "aggregate"}
    without = sides_of([silent], [terms], [frozenset({"publicity_compatible"})])
    assert whatifs(without).count(0, "country_covered").newly_eligible == (0,)


def test_an_offer_is_competitive_among_the_best_three():
    others = [{"external_id": f"F-{n}"} for n in range(2, 5)]
    sides = sides_of([ABROAD], [BELARUS, *others])
    better = {(0, offer): 0.9 for offer in (1, 2, 3)}
    assert whatifs(sides, scores=better).count(0, "country_covered").competitive == ()
    better[0, 3] = 0.1
    assert whatifs(sides, scores=better).count(0, "country_covered").competitive == (0,)


def test_ties_go_to_the_smaller_id():
    others = [{"external_id": f"F-{n}"} for n in range(2, 5)]
    first = sides_of([ABROAD], [BELARUS, *others])
    last = sides_of([ABROAD], [*others, BELARUS])
    assert whatifs(first).count(0, "country_covered").competitive == (0,)
    assert whatifs(last).count(3, "country_covered").competitive == ()


def test_who_is_served_by_another_offer_is_no_net_gain():
    sides = sides_of([ABROAD], [BELARUS, {"external_id": "F-2"}])
    found = whatifs(sides).count(0, "country_covered")
    assert (found.competitive, found.net) == ((0,), ())


@pytest.mark.parametrize(
    ("left", "net"), [("2400.00", (0, 1)), ("2399.99", (1,)), ("1000.00", ()), ("1400.00", (1,))]
)
def test_the_budget_goes_by_rank_to_old_and_new(left, net):
    """A need that fits anyway comes first (0.9), then the two new ones."""
    sides = sides_of([ABROAD, ABROAD, {}], [{**BELARUS, "budget_left": euros(left)}])
    scores = {(2, 0): 0.9, (1, 0): 0.8, (0, 0): 0.7}
    assert whatifs(sides, scores=scores).count(0, "country_covered").net == net


def test_rules_left_out_keep_nobody_away():
    rule, old = "years_active_sufficient", {"min_years_active": 50}
    for judge in (judge_by_pairs, judge_by_grid):
        kept = whatifs(sides_of([{}], [old]), judge).count(0, rule)
        left_out = whatifs(sides_of([{}], [old], [frozenset({rule})]), judge).count(0, rule)
        assert (kept.fails_only, left_out.fails_only) == ((0,), ())


def test_a_rule_that_is_not_in_the_grid_keeps_nobody_away():
    assert judge_by_grid(sides_of([{}], [{}])).fails_only(0, "no_such_rule") == []


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=12)
@given(st.lists(nearly_fitting(), min_size=4, max_size=4))
def test_both_engines_count_alike(records):
    read = [read_line(each) for each in records]
    sides = Sides(
        [each[:2] for each in read], [each[2] for each in read], [frozenset()] * len(read), ON
    )
    one, other = _real(sides, judge_by_pairs), _real(sides, judge_by_grid)
    for offer in range(len(read)):
        for code in load_rules():
            assert one.count(offer, code) == other.count(offer, code)


TERMS = ({}, BELARUS, {"target_groups": ["media"]}, {**BELARUS, "target_groups": ["media"]})
NEEDS = ({}, ABROAD, {"target_groups": ["youth"]}, {**ABROAD, "target_groups": ["youth"]})


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=15)
@given(
    st.lists(st.sampled_from(TERMS), min_size=6, max_size=6),
    st.lists(st.sampled_from((0.1, 0.2, 0.3)), min_size=24, max_size=24),
)
def test_the_short_ways_count_what_the_definition_says(offers, scores):
    """Few distinct scores, so that ties are common; every pair judged and ranked in full."""
    sides = sides_of(NEEDS, offers)
    drawn = {(n, f): scores[n * 6 + f] for n in range(4) for f in range(6)}
    counts = whatifs(sides, scores=drawn)
    for offer in range(6):
        for code in load_rules():
            found = counts.count(offer, code)
            refused = [n for n in range(4) if _refusing(sides, n, offer) == {code}]
            assert list(found.fails_only) == refused
            best = [n for n in refused if offer in _best_three(sides, drawn, n, offer)]
            assert list(found.competitive) == best


def _refusing(sides, need, offer):
    assessment = assess_pair(sides.pair(need, offer))
    return {verdict.rule for verdict in assessment.of_outcome(Outcome.NOT_MET)}


def _best_three(sides, scores, need, offer):
    outcomes = {f: assess_pair(sides.pair(need, f)).outcome for f in range(6)}
    runners = [f for f in range(6) if f == offer or outcomes[f] is PairOutcome.ELIGIBLE]
    return sorted(runners, key=lambda f: (-scores[need, f], f"F{f}"))[:3]


def _real(sides, judge):
    def stand(need, offer):
        pair = sides.pair(need, offer)
        score = score_pair(pair, assess_pair(pair))
        proposed = score.proposed.amount.hundredths if score.proposed else 0
        return Standing(score.value, proposed, 1)

    names = [str(each) for each in range(len(sides.asking))]
    return WhatIfs(sides, judge(sides), stand, names, names)
