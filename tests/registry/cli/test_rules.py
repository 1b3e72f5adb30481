"""`registry rules`: the catalogue as people and machines read it."""

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from registry.cli import main
from registry.cli.ruling import write_rule
from registry.services.rules.describe_rule import describe_rule
from search.codes import PAGE_LANGUAGES, Outcome
from search.eligibility.catalogue import load_rules
from search.eligibility.stories import read_stories


def run(*arguments, code=0):
    answer = CliRunner().invoke(main, ["rules", *arguments])
    assert answer.exit_code == code, answer.output
    return answer.output


def test_the_list_names_every_rule_and_marks_the_optional_ones():
    lines = run("list").splitlines()
    assert [line.split()[0] for line in lines] == list(load_rules())
    marked = [line.split()[0] for line in lines if line.endswith("[optional]")]
    assert marked == [code for code, rule in load_rules().items() if rule.optional]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_the_list_for_machines_is_in_the_language_asked_for(language):
    items = json.loads(run("list", "--json", "--language", language))["items"]
    assert [item["label"] for item in items] == [
        rule.label.in_language(language) for rule in load_rules().values()
    ]
    assert {item["in_force"] for item in items} == {True}


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
@pytest.mark.parametrize("code", sorted(load_rules()))
def test_a_rule_is_shown_whole_with_its_gaps_named(code, language):
    rule = load_rules()[code]
    shown = json.loads(run("show", code, "--json", "--language", language))
    assert shown["reference"] == rule.reference.in_language(language)
    assert set(shown["reads"]) == rule.reads
    assert len(shown["outcomes"]) == len(rule.sentences)
    assert [each["story"] for each in shown["stories"]] == [
        each["story"] for each in read_stories(code)
    ]
    for line in shown["outcomes"]:
        assert "{" not in line["sentence"] + line["remedy"] + line["question"]
        assert bool(line["remedy"]) is (line["outcome"] == Outcome.NOT_MET)
        assert bool(line["whom"]) is (line["outcome"] == Outcome.NEEDS_INFORMATION)
    text = run("show", code, "--language", language)
    assert all(line["sentence"] in text for line in shown["outcomes"])


def test_what_is_asked_and_of_whom_stands_with_its_sentence():
    text = run("show", "language_accepted")
    assert "To ask the organisation: In which languages can you" in text
    assert "optional   yes, a programme may leave it out" in text
    assert "Both use Belarusian -> met" in text
    assert "in force   always" in text


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("be", ("абараняе", "неабавязковае", "дзейнічае", "Спытаць арганізацыю:", "Прыклады")),
        ("ru", ("защищает", "необязательное", "действует", "Спросить организацию:", "Примеры")),
    ],
)
def test_headings_are_in_the_language_asked_for(language, heads):
    text = run("show", "language_accepted", "--language", language)
    assert [head for head in heads if head not in text] == []
    assert "optional" not in text


def test_a_misspelt_rule_is_refused_with_the_nearest_one():
    assert "did you mean offer_open?" in run("show", "offer_opne", code=1)
    assert "registry rules list" in run("show", "zzz", code=1)


def test_a_rule_says_from_when_until_when_it_holds():
    rule = replace(
        load_rules()["offer_open"],
        in_force_from=date(2026, 1, 1),
        in_force_to=date(2026, 6, 30),
    )
    inside, after = (
        write_rule(describe_rule(rule, "en", day), "en")
        for day in (date(2026, 6, 30), date(2026, 7, 1))
    )
    assert "in force   from 2026-01-01 until 2026-06-30\n" in inside
    assert "in force   from 2026-01-01 until 2026-06-30 (not in force today)\n" in after
    begun = replace(rule, in_force_to=None)
    assert "from 2026-01-01\n" in write_rule(describe_rule(begun, "en", date(2026, 7, 1)), "en")
