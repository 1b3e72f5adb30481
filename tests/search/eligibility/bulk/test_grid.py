"""What a grid counts is what a loop over its pairs counts."""

import numpy as np
import pytest

from search.codes import Outcome, PairOutcome
from search.eligibility.bulk import grid as grids
from search.eligibility.bulk.bits import places_in
from search.eligibility.bulk.grid import judge_all
from search.eligibility.bulk.judging import Judging
from search.eligibility.engine import assess
from tests.search.eligibility.worlds import SETTINGS, World

NEEDS, OFFERS = 90, 14


@pytest.fixture(scope="module")
def judged():
    world = World(21)
    needs, offers = world.needs(NEEDS), world.offers(OFFERS)
    grid = judge_all(needs, offers, world.on, SETTINGS)
    alone = {
        (number, place): assess(*need, offer, world.on, SETTINGS)
        for number, need in enumerate(needs)
        for place, offer in enumerate(offers)
    }
    return grid, alone


def codes(assessment, outcome):
    return tuple(verdict.rule for verdict in assessment.of_outcome(outcome))


def test_the_rules_of_a_pair(judged):
    grid, alone = judged
    for pair, one in alone.items():
        assert grid.failed_rules(*pair) == codes(one, Outcome.NOT_MET)
        assert grid.open_rules(*pair) == codes(one, Outcome.NEEDS_INFORMATION)
        for verdict in one.verdicts:
            assert grid.rule_outcome(*pair, verdict.rule) is verdict.outcome


def test_pairs_that_one_rule_alone_refuses(judged):
    grid, alone = judged
    counts, fails = grid.count_fails_only(), grid.count_fails()
    assert counts.shape == (OFFERS, len(grid.codes))
    for offer in range(OFFERS):
        failed = [codes(alone[need, offer], Outcome.NOT_MET) for need in range(NEEDS)]
        for column, code in enumerate(grid.codes):
            only = [need for need in range(NEEDS) if failed[need] == (code,)]
            assert grid.fails_only(offer, code).tolist() == only
            assert counts[offer, column] == len(only)
            assert fails[offer, column] == sum(code in each for each in failed)
    assert counts.sum() > 0


def test_counts_of_outcomes(judged):
    grid, alone = judged
    for offer in range(OFFERS):
        outcomes = [alone[need, offer].outcome for need in range(NEEDS)]
        assert grid.count_eligible()[offer] == outcomes.count(PairOutcome.ELIGIBLE)
        assert grid.count_open()[offer] == outcomes.count(PairOutcome.NEEDS_INFORMATION)
        refused = outcomes.count(PairOutcome.NOT_ELIGIBLE)
        assert len(places_in(grid.refused(offer))) == refused


def test_a_rule_left_out_is_not_in_force():
    world = World(22)
    left_out = [{"language_accepted"}]
    grid = judge_all(world.needs(3), world.offers(1), world.on, SETTINGS, left_out=left_out)
    assert grid.rule_outcome(0, 0, "language_accepted") is Outcome.NOT_IN_FORCE


def test_rows_that_find_no_room_are_made_anew(monkeypatch):
    world = World(23)
    needs, offers = world.needs(40), world.offers(40)
    kept = judge_all(needs, offers, world.on, SETTINGS)
    monkeypatch.setattr("search.eligibility.bulk.judging.MOST_KEPT", 64)
    monkeypatch.setattr("search.eligibility.bulk.award_rows.MOST_KEPT", 2)
    monkeypatch.setattr("search.eligibility.bulk.award_rows.MOST_VIEWS", 1)
    monkeypatch.setattr("search.eligibility.bulk.tables.MOST_KEPT", 4)
    monkeypatch.setattr("search.eligibility.bulk.columns.MOST_ROWS", 2)
    poor = judge_all(needs, offers, world.on, SETTINGS)
    for offer in range(len(offers)):
        assert np.array_equal(kept.eligible(offer), poor.eligible(offer))
        assert np.array_equal(kept.open(offer), poor.open(offer))
        assert np.array_equal(kept.fail_mask(offer), poor.fail_mask(offer))


def test_what_is_compiled_before_says_the_same(judged):
    world = World(24)
    grid = judge_all(world.needs(20), world.offers(5), world.on, SETTINGS)
    judging = Judging(grid.judging.asking, grid.judging.giving, world.on)
    judging.compile()
    again = grids.judge_grid(judging)
    assert all(np.array_equal(grid.eligible(each), again.eligible(each)) for each in range(5))


def test_a_mask_holds_only_so_many_rules(monkeypatch):
    monkeypatch.setattr(grids, "MOST_RULES", 20)
    world = World(25)
    with pytest.raises(ValueError, match="20 rules"):
        judge_all(world.needs(1), world.offers(1), world.on)


def test_an_offer_by_itself_is_judged_as_among_many(judged):
    grid, _ = judged
    alone = Judging(grid.judging.asking, grid.judging.giving, grid.judging.on)
    for offer in range(OFFERS):
        eligible, opens = alone.judge_offer(offer)
        assert np.array_equal(eligible, grid.eligible(offer))
        assert np.array_equal(opens, grid.open(offer))
