"""The matcher on pairs that were judged without it; see `labelled/README.md`."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from search.eligibility.catalogue import load_rules
from search.eligibility.pair import Settings
from search.matching.judge import judge_line

PAIRS = Path(__file__).parent / "labelled" / "pairs.jsonl"
FACTS = ("need", "organisation", "offer", "on")


@cache
def read_pairs() -> tuple[dict[str, Any], ...]:
    with PAIRS.open(encoding="utf-8") as lines:
        return tuple(json.loads(line) for line in lines)


def judge(pair: dict[str, Any]) -> dict[str, Any]:
    facts = {name: pair[name] for name in FACTS}
    return judge_line(facts, Settings(), "en", lambda kind, code, language: code)


def rules_with(judged: dict[str, Any], outcome: str) -> list[str]:
    return sorted(each["rule"] for each in judged["verdicts"] if each["outcome"] == outcome)


def name_of(pair: dict[str, Any]) -> tuple[str, str]:
    return pair["need"]["external_id"], pair["offer"]["external_id"]


def test_every_labelled_pair_has_the_outcome_and_the_rules_that_its_reader_found() -> None:
    otherwise = {}
    for pair in read_pairs():
        judged = judge(pair)
        found = (
            judged["outcome"],
            rules_with(judged, "not_met"),
            rules_with(judged, "needs_information"),
        )
        if found != (pair["outcome"], pair["failing"], pair["asking"]):
            otherwise[name_of(pair)] = found
    assert otherwise == {}


def test_the_set_is_large_and_balanced() -> None:
    outcomes = Counter(pair["outcome"] for pair in read_pairs())
    assert outcomes.total() >= 300
    assert min(outcomes.values()) >= outcomes.total() / 6
    grades = Counter(pair["grade"] for pair in read_pairs())
    assert set(grades) == {0, 1, 2, 3}
    assert all((pair["grade"] == 0) is (pair["outcome"] == "not_eligible") for pair in read_pairs())


def test_most_of_what_is_refused_is_refused_by_one_rule_only() -> None:
    refused = [pair["failing"] for pair in read_pairs() if pair["failing"]]
    assert sum(len(failing) == 1 for failing in refused) > len(refused) * 2 / 3


def test_every_rule_fails_somewhere() -> None:
    seen = {rule for pair in read_pairs() for rule in pair["failing"]}
    assert seen == set(load_rules())


def test_no_pair_stands_twice() -> None:
    names = [name_of(pair) for pair in read_pairs()]
    assert len(set(names)) == len(names)
