"""Every rule is held to the stories beside it, and to what its declaration promises."""

import tomllib
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from search.codes import PAGE_LANGUAGES, Outcome
from search.eligibility import rules as folder
from search.eligibility.catalogue import load_rules
from search.eligibility.engine import Pair, Settings, assess, judge
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.reading import read_line
from search.eligibility.rule import key_of
from search.eligibility.sentences import asks_whom, question, remedy, sentence
from tests.search.eligibility import pairs, records, specification

FOLDER = Path(folder.__path__[0])
CODES = [
    "amount_within_range",
    "base_country_accepted",
    "category_covered",
    "channel_shared",
    "country_covered",
    "donor_accepted",
    "donor_vetted",
    "instrument_fits",
    "language_accepted",
    "legal_status_accepted",
    "months_within_limit",
    "not_already_funded",
    "offer_open",
    "organisation_kind_accepted",
    "organisation_not_excluded",
    "publicity_compatible",
    "reporting_compatible",
    "target_group_covered",
    "time_sufficient",
    "vetting_sufficient",
    "years_active_sufficient",
]
DAY = date(2026, 5, 4)


def read_stories(code):
    return tomllib.loads((FOLDER / f"{code}.cases.toml").read_text("utf-8"))["case"]


def pair_of(story):
    parts = {part: story.get(part, {}) for part in ("need", "organisation", "offer")}
    line = records.line(**parts)
    need, organisation, offer, on = read_line({**line, "on": story.get("on", DAY)})
    return Pair(need, organisation, offer, on)


STORIES = [(code, story) for code in CODES for story in read_stories(code)]
NAMES = [f"{code}: {story['story']}" for code, story in STORIES]


def show_code(_list_name, code, language):
    return f"<{language}:{code}>"


def test_the_catalogue_holds_the_twenty_one_rules_in_a_stable_order():
    assert list(load_rules()) == CODES
    assert len(CODES) == 21


@pytest.mark.parametrize(("code", "story"), STORIES, ids=NAMES)
def test_story(code, story):
    verdict = judge(load_rules()[code], pair_of(story))
    assert verdict.key == key_of(Outcome(story["expect"]), story.get("because", ""))


@pytest.mark.parametrize("code", CODES)
def test_a_rule_has_a_story_for_everything_it_can_say(code):
    told = {key_of(story["expect"], story.get("because", "")) for story in read_stories(code)}
    assert told == set(load_rules()[code].sentences)


@pytest.mark.parametrize(("code", "story"), STORIES, ids=NAMES)
@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_a_story_ends_in_whole_sentences(code, story, language):
    verdict = judge(load_rules()[code], pair_of(story))
    said = sentence(verdict, language, show_code)
    assert said[0].isupper() or said[0] == "<"
    assert said.endswith(".")
    assert "{" not in said
    asked, change = question(verdict, language, show_code), remedy(verdict, language, show_code)
    assert (asked is not None) is (verdict.outcome is Outcome.NEEDS_INFORMATION)
    assert (asks_whom(verdict) is not None) is (asked is not None)
    assert (change is not None) is (verdict.outcome is Outcome.NOT_MET)
    assert change is None or change.endswith(".")
    assert asked is None or asked.endswith(("?", "."))


@pytest.mark.parametrize("code", CODES)
def test_a_rule_reads_just_the_facts_that_it_declares(code):
    read: set[str] = set()
    for story in read_stories(code):
        load_rules()[code].check(_watched(pair_of(story), read))
    assert read == load_rules()[code].reads


@pytest.mark.parametrize("code", CODES)
def test_a_declared_fact_exists(code):
    known = {"on"} | {
        f"{part}.{each.name}"
        for part, kind in (
            ("need", NeedFacts),
            ("organisation", OrganisationFacts),
            ("offer", OfferFacts),
            ("settings", Settings),
        )
        for each in fields(kind)
    }
    assert load_rules()[code].reads <= known


@settings(max_examples=300)
@given(pairs.mixed_lines())
def test_every_rule_agrees_with_its_table(line):
    judged = {verdict.rule: str(verdict.outcome) for verdict in assess(*read_line(line)).verdicts}
    assert judged == specification.judge(line)


def test_rules_read_no_clock_and_no_file():
    for path in FOLDER.glob("*.py"):
        text = path.read_text("utf-8")
        assert not [word for word in ("import os", "open(", "today", "now(") if word in text]


class _Watched:
    """Facts that remember which of their fields were asked for."""

    def __init__(self, facts, name, read):
        self._facts, self._name, self._read = facts, name, read

    def __getattr__(self, field):
        if field in {each.name for each in fields(self._facts)}:
            self._read.add(f"{self._name}.{field}")
            return getattr(self._facts, field)
        return getattr(type(self._facts), field).fget(self)


class _WatchedPair(Pair):
    """A pair that remembers when the day was asked for."""

    __slots__ = ()

    def __getattribute__(self, name):
        if name == "on":
            self.need._read.add("on")
        return super().__getattribute__(name)


def _watched(pair, read):
    parts = {each.name: getattr(pair, each.name) for each in fields(pair) if each.init}
    return _WatchedPair(
        **{
            name: _Watched(value, name, read) if is_dataclass(value) else value
            for name, value in parts.items()
        }
    )
