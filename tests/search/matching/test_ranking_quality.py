"""How rankings are graded, checked by hand; and that the matcher's stays as good as it is."""

import json
from functools import cache
from math import log2

import pytest

from bench.ranking import (
    LABELLED,
    by_category,
    by_chance,
    by_matcher,
    by_text,
    group_by_need,
    mean_ndcg,
    measure,
    ndcg,
    rank,
    read_labelled,
)
from tests.search.eligibility import records

OPEN = {"donor_vetting": "verified", "publicity_required": "none"}


@pytest.mark.parametrize(
    ("grades", "at", "expected"),
    [
        ([3, 2, 1], 10, 1.0),
        ([0, 0, 0], 10, 0.0),
        ([], 10, 0.0),
        ([0, 3], 10, 7 / log2(3) / 7),
        ([1, 3, 0], 10, (1 + 7 / log2(3)) / (7 + 1 / log2(3))),
        ([2, 0, 3, 1], 10, (3 + 7 / 2 + 1 / log2(5)) / (7 + 3 / log2(3) + 1 / 2)),
        ([0, 3], 1, 0.0),
        ([1, 3, 3], 2, (1 + 7 / log2(3)) / (7 + 7 / log2(3))),
    ],
)
def test_ndcg_is_what_a_hand_reckons(grades, at, expected):
    assert ndcg(grades, at) == pytest.approx(expected)


def line(offer_id, grade, need=None, **offer):
    record = records.line(
        need={"external_id": "N", "category": "security.digital", **(need or {})},
        offer={**OPEN, "external_id": offer_id, **offer},
    )
    return json.dumps({**record, "grade": grade})


LINES = [
    line("c", 0, status="closed", title="Microphones"),
    line("b", 3, categories=["security.digital"], flexibility="unrestricted"),
    line("a", 1, flexibility="project", categories=["fixed_costs.rent", "security"]),
    line("d", 2, {"title": "A psychologist"}, title="Psychologists", flexibility="core"),
]


def order(merit):
    [pairs] = group_by_need(read_labelled(LINES))
    return [each.offer for each in rank(pairs, merit)]


def test_each_way_to_rank_goes_by_its_own():
    assert order(by_matcher) == ["b", "d", "a", "c"]
    assert order(by_text) == ["d", "a", "b", "c"]
    assert order(by_category) == ["a", "b", "c", "d"]
    assert sorted(order(by_chance(1))) == ["a", "b", "c", "d"]
    assert order(by_chance(1)) == order(by_chance(1))
    assert len({tuple(order(by_chance(seed))) for seed in range(9)}) > 1


def test_needs_are_told_apart_and_those_that_nothing_serves_do_not_count():
    lines = [line("a", 0, {"external_id": "M"}), *LINES, line("e", 0, {"external_id": "M"})]
    sets = group_by_need(read_labelled(lines))
    assert [[each.offer for each in pairs] for pairs in sets] == [["a", "e"], ["c", "b", "a", "d"]]
    assert mean_ndcg(sets, by_matcher) == 1
    assert mean_ndcg(sets[:1], by_matcher) == 0


@cache
def measured():
    return measure(LABELLED)


def test_the_ranking_keeps_its_quality():
    assert measured()["ndcg_matcher"] >= 0.96
    assert measured()["ndcg_fitting_matcher"] >= 0.96


def test_the_matcher_ranks_better_than_simpler_ways():
    found = measured()
    for kind in ("ndcg", "ndcg_fitting"):
        matcher = found[f"{kind}_matcher"]
        for other in ("text_only", "category_only", "random"):
            assert matcher > found[f"{kind}_{other}"], (kind, other, found)
