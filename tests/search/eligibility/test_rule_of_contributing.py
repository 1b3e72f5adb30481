"""The rule that CONTRIBUTING adds is really added by its two files, and by nothing else."""

import importlib
import json
import re
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from registry.cli import main
from registry.services.matches import match_run
from search.codes import PAGE_LANGUAGES, Outcome
from search.eligibility import rules as folder
from search.eligibility.bulk.grid import judge_all
from search.eligibility.catalogue import load_rules, optional_rules
from search.eligibility.engine import assess, judge
from search.eligibility.reading import read_line
from search.eligibility.rule import key_of
from search.eligibility.sentences import question, remedy, sentence
from search.eligibility.stories import read_stories
from tests.search.eligibility import records
from tests.search.eligibility.test_rules import pair_of, show_code

ROOT = Path(__file__).parents[3]
CODE = "quiet_business"
FILES = re.compile(rf"`search/eligibility/rules/({CODE}\.\S+?)`.*?```\w+\n(.*?)```", re.DOTALL)


def forget_rules():
    for cached in (load_rules, optional_rules, match_run.open_rules):
        cached.cache_clear()


@pytest.fixture
def added(tmp_path, monkeypatch):
    """Write the two files of the page into a folder of their own, beside the rules there are."""
    files = dict(FILES.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8")))
    assert sorted(files) == [f"{CODE}.cases.toml", f"{CODE}.py"]
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.setattr(folder, "__path__", [*folder.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    forget_rules()
    yield load_rules()[CODE]
    sys.modules.pop(f"{folder.__name__}.{CODE}", None)
    vars(folder).pop(CODE, None)
    forget_rules()


def line_of(story):
    line = records.line(offer={**story["offer"], "donor_vetting": "verified"})
    return line | {"on": str(story.get("on", "2026-05-04"))}


def test_the_catalogue_takes_it_in_its_place(added):
    assert CODE in load_rules()
    assert list(load_rules()) == sorted(load_rules())
    assert len(load_rules()) == 22


def test_its_stories_come_out_as_told_and_tell_all_it_can_say(added):
    told = set()
    for story in read_stories(CODE):
        verdict = judge(added, pair_of(story))
        assert verdict.key == key_of(Outcome(story["expect"]), story.get("because", ""))
        told.add(verdict.key)
        for language in PAGE_LANGUAGES:
            assert "{" not in sentence(verdict, language, show_code)
        assert (question(verdict, "be", show_code) is not None) is (
            verdict.outcome is Outcome.NEEDS_INFORMATION
        )
        assert (remedy(verdict, "ru", show_code) is not None) is (
            verdict.outcome is Outcome.NOT_MET
        )
    assert told == {*added.sentences, "not_in_force"}


def test_the_command_line_shows_it(added):
    listed = CliRunner().invoke(main, ["rules", "list"]).output
    assert f"{CODE}  " in listed
    shown = CliRunner().invoke(main, ["rules", "show", CODE, "--language", "be"]).output
    assert "Бізнес хоча, каб ведалі, каму ён дапамагае: [" in shown
    assert "2026-01-01" in shown
    assert "in force   from 2026-01-01" in CliRunner().invoke(main, ["rules", "show", CODE]).output


def test_pairs_of_a_file_are_judged_by_it(added, tmp_path):
    stories = read_stories(CODE)
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(json.dumps(line_of(story)) for story in stories), "utf-8")
    answer = CliRunner().invoke(main, ["match", "assess", str(file)])
    said = [json.loads(line) for line in answer.stdout.splitlines()]
    outcomes = [
        verdict["outcome"]
        for each in said
        for verdict in each["verdicts"]
        if verdict["rule"] == CODE
    ]
    assert outcomes == [story["expect"] for story in stories]


@pytest.mark.parametrize("on", [date(2025, 12, 31), date(2026, 5, 4)])
def test_both_engines_judge_by_it(added, on):
    lines = [read_line(line_of(story)) for story in read_stories(CODE)]
    grid = judge_all([line[:2] for line in lines], [line[2] for line in lines], on)
    assert CODE in grid.codes or on < added.in_force_from
    for place, (need, organisation, _, _) in enumerate(lines):
        for offer, (_, _, given, _) in enumerate(lines):
            one = assess(need, organisation, given, on)
            assert grid.outcome(place, offer) is one.outcome
            (verdict,) = (each for each in one.verdicts if each.rule == CODE)
            if verdict.outcome is not Outcome.NOT_IN_FORCE:
                assert grid.rule_outcome(place, offer, CODE) is verdict.outcome


def test_afterwards_it_is_gone():
    assert CODE not in load_rules()
