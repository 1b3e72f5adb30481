"""One declaration, two engines: all pairs at once are judged as each pair is by itself."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.codes import Outcome, PairOutcome
from search.eligibility.bulk.grid import judge_all, judge_grid
from search.eligibility.bulk.judging import Judging
from search.eligibility.bulk.sides import Asking, Giving
from search.eligibility.bulk.tables import MET, NOT_MET, OPEN, OUTCOMES
from search.eligibility.catalogue import load_rules, optional_rules
from search.eligibility.engine import assess
from tests.search.eligibility.worlds import SETTINGS, World

NEEDS, OFFERS, WORLDS = 30, 12, 12
SEEDS = st.integers(0, 2**32)
PAIR_OUTCOMES = {
    PairOutcome.ELIGIBLE: MET,
    PairOutcome.NOT_ELIGIBLE: NOT_MET,
    PairOutcome.NEEDS_INFORMATION: OPEN,
}


def read_grid(world, needs, offers, left_out):
    """Return the outcome of every rule for every pair, by offer, and of the pair."""
    grid = judge_all(needs, offers, world.on, SETTINGS, left_out=left_out)
    found = {}
    for offer in range(len(offers)):
        fails, opens = grid.fail_mask(offer), grid.open_mask(offer)
        for need in range(len(needs)):
            assert not fails[need] & opens[need]
            rules = {
                code: NOT_MET if fails[need] >> bit & 1 else OPEN if opens[need] >> bit & 1 else MET
                for bit, code in enumerate(grid.codes)
            }
            found[need, offer] = rules, PAIR_OUTCOMES[grid.outcome(need, offer)]
    return found


def read_by_need(world, needs, offers, left_out):
    """Return the same, need by need."""
    asking = Asking(SETTINGS)
    giving = Giving(asking)
    for each in needs:
        asking.add(*each)
    for offer, codes in zip(offers, left_out, strict=True):
        giving.add(offer, codes)
    judging = Judging(asking, giving, world.on)
    found = {}
    for need in range(len(needs)):
        rules = {code: judging.outcomes_of(code, need).tolist() for code in judging.codes}
        for offer, outcome in enumerate(judging.judge_need(need).tolist()):
            of_pair = {code: outcomes[offer] for code, outcomes in rules.items()}
            found[need, offer] = of_pair, outcome
    return found


def judge_one_by_one(world, needs, offers, left_out):
    found = {}
    for place, (offer, codes) in enumerate(zip(offers, left_out, strict=True)):
        for number, (need, organisation) in enumerate(needs):
            one = assess(need, organisation, offer, world.on, SETTINGS, left_out=codes)
            rules = {
                each.rule: MET
                if each.outcome is Outcome.NOT_IN_FORCE
                else OUTCOMES.index(each.outcome)
                for each in one.verdicts
            }
            found[number, place] = rules, PAIR_OUTCOMES[one.outcome]
    return found


@settings(max_examples=WORLDS)
@given(seed=SEEDS)
@pytest.mark.parametrize("read", [read_grid, read_by_need])
def test_both_engines_agree_on_every_outcome_of_every_rule(read, seed):
    """Each world holds 360 pairs, so every rule is tried on 4,320, and once more by need."""
    assert NEEDS * OFFERS * WORLDS >= 2_000
    world = World(seed)
    needs, offers = world.needs(NEEDS), world.offers(OFFERS)
    left_out = [frozenset(world.some(optional_rules())) for _ in offers]
    alone = judge_one_by_one(world, needs, offers, left_out)
    assert read(world, needs, offers, left_out) == alone


def test_the_worlds_meet_every_outcome_of_every_rule():
    seen = Counter()
    for seed in range(4):
        world = World(seed)
        needs, offers = world.needs(20), world.offers(12)
        for rules, _ in judge_one_by_one(world, needs, offers, [frozenset()] * 12).values():
            seen.update(rules.items())
    declared = {
        (code, OUTCOMES.index(outcome))
        for code, rule in load_rules().items()
        for outcome in rule.outcomes
    }
    assert declared == set(seen)


def broken(code):
    """Return the catalogue with one rule whose compiled form errs."""
    rule = load_rules()[code]

    def decide(asked, given, on):
        fails, opens = rule.compiled.decide(asked, given, on)
        return fails & opens, opens

    return {**load_rules(), code: replace(rule, compiled=replace(rule.compiled, decide=decide))}


@pytest.mark.parametrize("code", ["time_sufficient", "category_covered"])
def test_a_compiled_form_that_errs_is_found_out(code):
    world = World(3)
    needs, offers = world.needs(NEEDS), world.offers(OFFERS)
    asking = Asking(SETTINGS, broken(code))
    giving = Giving(asking)
    for each in needs:
        asking.add(*each)
    for offer in offers:
        giving.add(offer)
    judging = Judging(asking, giving, world.on)
    alone = judge_one_by_one(world, needs, offers, [frozenset()] * OFFERS)
    wrong = {
        pair
        for pair, (rules, _) in alone.items()
        if judging.outcomes_of(code, pair[0])[pair[1]] != rules[code]
    }
    assert wrong


@pytest.mark.parametrize("code", ["country_covered", "category_covered"])
def test_a_new_rule_needs_nothing_but_its_declaration(code):
    rule = replace(load_rules()[code], code="new_rule", compiled=None)
    world = World(5)
    asking = Asking(SETTINGS, {"new_rule": rule})
    giving = Giving(asking)
    for each in world.needs(80):
        asking.add(*each)
    for offer in world.offers(30):
        giving.add(offer)
    grid = judge_grid(Judging(asking, giving, world.on))
    for offer in giving:
        for need in asking:
            one = assess(*asking.facts[need], giving.facts[offer], world.on, SETTINGS)
            [expected] = [each.outcome for each in one.verdicts if each.rule == code]
            assert grid.rule_outcome(need, offer, "new_rule") is expected


def test_a_rule_that_is_not_in_force_refuses_nobody():
    world = World(6)
    rule = replace(load_rules()["country_covered"], in_force_from=date(2030, 1, 1))
    asking = Asking(SETTINGS, {rule.code: rule})
    giving = Giving(asking)
    place = asking.add(*world.needs(1)[0])
    offers = [giving.add(each) for each in world.offers(20)]
    judging = Judging(asking, giving, world.on)
    grid = judge_grid(judging)
    assert {grid.outcome(place, each) for each in offers} == {PairOutcome.ELIGIBLE}
    assert grid.rule_outcome(place, offers[0], rule.code) is Outcome.NOT_IN_FORCE
    assert set(judging.outcomes_of(rule.code, place).tolist()) == {MET}
