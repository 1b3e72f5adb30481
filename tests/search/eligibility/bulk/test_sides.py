"""Needs and offers come, change and go one by one; what is judged then is what stands then."""

import sys
from dataclasses import replace

import pytest

from search.codes import PairOutcome
from search.eligibility.bulk.bits import places_in
from search.eligibility.bulk.grid import GridOutdated, judge_grid
from search.eligibility.bulk.judging import Judging
from search.eligibility.bulk.sides import Asking, Giving
from search.eligibility.bulk.tables import NOT_MET
from search.eligibility.engine import assess
from search.eligibility.pair import Settings
from tests.search.eligibility.worlds import SETTINGS, World


@pytest.fixture
def world():
    return World(11)


@pytest.fixture
def sides(world):
    asking = Asking(SETTINGS)
    giving = Giving(asking)
    for each in world.needs(70):
        asking.add(*each)
    for offer in world.offers(9):
        giving.add(offer)
    return asking, giving


def rows_agree(asking, giving, on, judging=None):
    grid = judge_grid(judging or Judging(asking, giving, on))
    for offer in giving:
        eligible, opens = set(grid.eligible_needs(offer)), set(grid.open_needs(offer))
        for need in asking:
            one = assess(*asking.facts[need], giving.facts[offer], on, SETTINGS).outcome
            assert grid.outcome(need, offer) is one
            assert (need in eligible) is (one is PairOutcome.ELIGIBLE)
            assert (need in opens) is (one is PairOutcome.NEEDS_INFORMATION)
        gone = set(range(asking.places.many)) - set(asking)
        assert not gone & (eligible | opens | set(places_in(grid.refused(offer))))
        assert len(asking) == grid.needs - len(gone)
    return grid


def test_needs_and_offers_change_while_the_judging_stands(world, sides):
    asking, giving = sides
    judging = Judging(asking, giving, world.on)
    rows_agree(asking, giving, world.on, judging)
    for step in range(6):
        asking.replace(step * 3, world.need(), world.organisation())
        asking.remove(step * 3 + 1)
        giving.replace(step, world.offer())
        rows_agree(asking, giving, world.on, judging)
    places = [asking.add(world.need(), world.organisation()) for _ in range(20)]
    giving.remove(2)
    assert max(places) > 70
    assert {1, 4} < set(places)
    rows_agree(asking, giving, world.on, judging)
    assert 2 not in set(giving)
    assert {judging.judge_need(0)[2]} == {NOT_MET}
    assert giving.add(world.offer()) == 2
    rows_agree(asking, giving, world.on, judging)


def test_a_grid_of_before_says_that_it_is_outdated(world, sides):
    asking, giving = sides
    grid = judge_grid(Judging(asking, giving, world.on))
    asking.replace(0, world.need(), world.organisation())
    with pytest.raises(GridOutdated, match="again"):
        grid.fail_mask(0)
    with pytest.raises(GridOutdated, match="again"):
        grid.rule_outcome(0, 0, "offer_open")


def test_where_nothing_stands_nothing_is_changed(world, sides):
    asking, giving = sides
    with pytest.raises(KeyError, match="70"):
        asking.remove(70)
    with pytest.raises(KeyError, match="9"):
        giving.replace(9, world.offer())
    with pytest.raises(KeyError, match="71"):
        Judging(asking, giving, world.on).judge_need(71)


def test_a_rule_that_protects_cannot_be_left_out(world, sides):
    _, giving = sides
    with pytest.raises(ValueError, match="channel_shared"):
        giving.add(world.offer(), {"channel_shared"})
    assert len(giving) == 9


def test_a_programme_may_change_what_it_leaves_out(world, sides):
    _, giving = sides
    giving.replace(0, giving.facts[0], {"target_group_covered"})
    assert giving.leaving_out("target_group_covered") == [0]
    giving.replace(0, giving.facts[0])
    assert giving.leaving_out("target_group_covered") == []
    giving.replace(1, giving.facts[1], {"target_group_covered"})
    giving.remove(1)
    assert giving.leaving_out("target_group_covered") == []


def test_home_countries_are_part_of_what_is_encoded(world, sides):
    asking, giving = sides
    elsewhere = replace(SETTINGS, home_countries=frozenset({"PL"}))
    with pytest.raises(ValueError, match="home countries"):
        Judging(asking, giving, world.on, elsewhere)


def test_rates_of_another_day_may_be_given_each_time(world, sides):
    asking, giving = sides
    without = Settings(SETTINGS.home_countries)
    grid = judge_grid(Judging(asking, giving, world.on, without))
    for offer in giving:
        for need in asking:
            one = assess(*asking.facts[need], giving.facts[offer], world.on, without).outcome
            assert grid.outcome(need, offer) is one


def test_nobody_asks_and_nobody_gives(world):
    asking = Asking()
    giving = Giving(asking)
    grid = judge_grid(Judging(asking, giving, world.on))
    assert (grid.needs, grid.offers) == (0, 0)
    place = giving.add(world.offer())
    grid = judge_grid(Judging(asking, giving, world.on))
    assert grid.count_eligible()[place] == 0
    lonely = asking.add(*world.needs(1)[0])
    giving.remove(place)
    assert set(Judging(asking, giving, world.on).judge_need(lonely).tolist()) == {NOT_MET}


def test_facts_are_not_shown(sides):
    asking, giving = sides
    assert "quiet-lime" not in repr(asking.__dict__) + repr(giving.__dict__)


def test_of_what_was_removed_no_keys_and_no_amounts_stay(world):
    """A removed record leaves both sides as they were made, but for the number of its keys."""
    asking = Asking(SETTINGS)
    giving = Giving(asking)
    place, beside = asking.add(world.need(), world.organisation()), giving.add(world.offer())
    Judging(asking, giving, world.on).judge_need(place)
    asking.remove(place)
    giving.remove(beside)
    anew = Asking(SETTINGS)
    for side, fresh in ((asking, anew), (giving, Giving(anew))):
        for name, column in side.amounts.of.items():
            assert (column == fresh.amounts.of[name]).all(), name
        for column in side.keys.values():
            [left] = column.keys
            assert left is None or set(left) <= {0}
            assert not column._known


def test_of_what_was_removed_no_facts_stay(world, sides):
    """Whoever leaves the registry leaves the worker's memory, also where a key was theirs first."""
    asking, giving = sides
    need, organisation, offer = world.need(), world.organisation(), world.offer()
    counts = [sys.getrefcount(each) for each in (need, organisation, offer)]
    judging = Judging(asking, giving, world.on)
    place, beside = asking.add(need, organisation), giving.add(offer)
    rows_agree(asking, giving, world.on, judging)
    judging.judge_need(place)
    asking.remove(place)
    giving.remove(beside)
    assert [sys.getrefcount(each) for each in (need, organisation, offer)] == counts
    rows_agree(asking, giving, world.on, judging)
    late = giving.add(world.offer())
    rows_agree(asking, giving, world.on, judging)
    giving.remove(late)
