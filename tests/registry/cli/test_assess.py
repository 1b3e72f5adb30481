"""`registry match assess`: every story of every rule as a line of a file, and every bad line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from search.codes import PAGE_LANGUAGES
from search.eligibility.catalogue import load_rules
from tests.search.eligibility import records
from tests.search.eligibility.test_rules import STORIES

Run = Callable[..., Result]
GOOD = json.dumps(records.line())


def lines_of(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def assess(run_command: Run, tmp_path: Path) -> Callable[..., Result]:
    def run(*lines: str | bytes, options: tuple[str, ...] = (), **others: Any) -> Result:
        file = tmp_path / "pairs.jsonl"
        encoded = [line.encode() if isinstance(line, str) else line for line in lines]
        file.write_bytes(b"\n".join(encoded) + b"\n")
        return run_command("match", "assess", str(file), *options, **others)

    return run


def story_line(story: dict[str, Any]) -> str:
    parts = {part: story.get(part, {}) for part in ("need", "organisation", "offer")}
    line = records.line(**parts) | ({"on": story["on"]} if "on" in story else {})
    return json.dumps(line, default=str)


def test_every_story_of_every_rule_as_a_line(assess: Run) -> None:
    result = assess(*(story_line(story) for _, story in STORIES))
    assert result.exit_code == 0, result.output
    answers = lines_of(result)
    assert len(answers) == len(STORIES)
    for (code, story), answer in zip(STORIES, answers, strict=True):
        outcomes = {each["rule"]: each["outcome"] for each in answer["verdicts"]}
        assert outcomes[code] == story["expect"], story["story"]


def test_a_line_says_outcome_verdicts_score_and_parts(assess: Run) -> None:
    answer = lines_of(assess(GOOD))[0]
    assert answer["outcome"] in ("eligible", "not_eligible", "needs_information")
    assert [each["rule"] for each in answer["verdicts"]] == list(load_rules())
    assert all(set(each) == {"rule", "outcome", "sentence"} for each in answer["verdicts"])
    assert 0 <= answer["score"] <= 1
    assert all(0 <= part["value"] <= 1 and part["sentence"] for part in answer["parts"].values())


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_sentences_come_in_the_language_asked_for(assess: Run, language: str) -> None:
    answer = lines_of(assess(GOOD, options=("--language", language)))[0]
    by_rule = {each["rule"]: each["sentence"] for each in answer["verdicts"]}
    is_cyrillic = any("а" <= letter <= "я" for letter in by_rule["donor_vetted"].lower())
    assert is_cyrillic == (language != "en")


def test_the_switch_for_machines_changes_nothing(assess: Run) -> None:
    assert assess(GOOD, options=("--json",)).stdout == assess(GOOD).stdout


def test_no_folder_key_or_database_is_needed(run_command: Run, tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(GOOD + "\n")
    nowhere = {
        "REGISTRY_DATA_DIR": str(tmp_path / "nowhere"),
        "REGISTRY_MASTER_KEY_FILE": str(tmp_path / "no" / "key"),
    }
    result = run_command("match", "assess", str(file), environment=nowhere)
    assert result.exit_code == 0
    assert not (tmp_path / "nowhere").exists()


def test_home_countries_are_those_of_the_settings(assess: Run) -> None:
    line = json.dumps(records.line(need={"country": "GE", "channels": ["bank_abroad"]}))

    def outcome(countries: str) -> str:
        answer = lines_of(assess(line, environment={"REGISTRY_HOME_COUNTRIES": countries}))[0]
        found = {each["rule"]: each["outcome"] for each in answer["verdicts"]}
        return str(found["channel_shared"])

    assert outcome("BY") == "met"
    assert outcome("BY,GE") == "needs_information"


BAD_LINES = {
    "not JSON": ("{", "not_json"),
    "two values": ("{} {}", "not_json"),
    "empty": ("", "empty_line"),
    "blank": ("   ", "empty_line"),
    "NaN": ('{"need": {"amount_requested": NaN}}', "not_a_number"),
    "Infinity": ('{"need": -Infinity}', "not_a_number"),
    "a name twice": ('{"need": {}, "need": {}}', "duplicate_name"),
    "a name twice further in": ('{"need": {"country": "LT", "country": "PL"}}', "duplicate_name"),
    "too deep": ("[" * 100_000, "too_deep"),
    "too deep, closed": ('{"need": ' + "[" * 5_000 + "]" * 5_000 + "}", "too_deep"),
    "not UTF-8": (b'{"need": "\xff"}', "not_utf8"),
    "a number of five thousand digits": ('{"on": ' + "1" * 5_000 + "}", "not_json"),
    "a list": ("[]", "facts_refused"),
    "a number": ("7", "facts_refused"),
    "null": ("null", "facts_refused"),
    "nothing in it": ("{}", "facts_refused"),
    "an unknown field": (GOOD[:-1] + ', "donor": {}}', "facts_refused"),
    "a lone surrogate": (GOOD.replace('"LT"', '"\\ud800"'), "facts_refused"),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_bad_line_is_an_error_in_its_place(assess: Run, name: str) -> None:
    line, code = BAD_LINES[name]
    result = assess(GOOD, line, GOOD)
    assert result.exit_code == 1
    first, bad, last = lines_of(result)
    assert (bad["error"]["code"], bad["error"]["line"]) == (code, 2)
    assert bad["error"]["message"]
    assert first["outcome"] == last["outcome"]


def test_errors_never_show_a_value(assess: Run) -> None:
    line = json.dumps(records.line(need={"country": "Marigold"}, offer={"contact": "Quince"}))
    result = assess(line)
    assert result.exit_code == 1
    assert "Marigold" not in result.output
    assert "Quince" not in result.output
    fields = {each["field"]: each["code"] for each in lines_of(result)[0]["error"]["fields"]}
    assert fields == {"need.country": "unknown_code", "offer.contact": "sealed_field"}


def test_a_line_that_is_too_long_is_an_error_and_the_next_is_read(assess: Run) -> None:
    result = assess(b'{"need": "' + b"a" * 5_000_000 + b'"}', GOOD)
    bad, good = lines_of(result)
    assert bad["error"]["code"] == "line_too_long"
    assert "outcome" in good


def test_brackets_inside_of_text_are_no_nesting(assess: Run) -> None:
    line = json.dumps(records.line(need={"summary": '[{"' * 100}))
    assert "outcome" in lines_of(assess(line))[0]


def test_standard_input_is_read_too(run_command: Run) -> None:
    result = run_command("match", "assess", "-", input=(GOOD + "\n").encode())
    assert result.exit_code == 0
    assert len(lines_of(result)) == 1


def test_a_mark_of_byte_order_is_passed_over(assess: Run) -> None:
    assert "outcome" in lines_of(assess(b"\xef\xbb\xbf" + GOOD.encode()))[0]


def test_a_file_that_is_not_there_is_wrong_usage(run_command: Run) -> None:
    assert run_command("match", "assess", "nowhere.jsonl").exit_code == 2


def test_texts_that_are_alike_score_higher(assess: Run) -> None:
    def score(title: str) -> float:
        line = records.line(need={"title": "Microphones for the podcast"}, offer={"title": title})
        return float(lines_of(assess(json.dumps(line)))[0]["score"])

    assert score("Podcast microphones") > score("Winter coats")
