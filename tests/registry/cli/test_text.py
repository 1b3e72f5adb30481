"""`registry text terms`: a line of terms for every text."""

import json
from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]


def terms_of(result: Result) -> list[list[str]]:
    return [json.loads(line)["terms"] for line in result.stdout.splitlines()]


def test_every_text_is_a_line(run_command: Run) -> None:
    result = run_command("text", "terms", "office rent", "offices")
    rent, offices = terms_of(result)
    assert result.exit_code == 0
    assert set(offices) < set(rent)


def test_without_texts_every_line_of_input_is_one(run_command: Run) -> None:
    result = run_command("text", "terms", input="арэнда офіса\n\nарэнды офісаў\n".encode())
    first, empty, last = terms_of(result)
    assert set(first) & set(last)
    assert empty == []


def test_input_that_is_not_utf8_is_an_error_in_its_place(run_command: Run) -> None:
    result = run_command("text", "terms", input=b"rent\n\xff\nrent\n")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert lines[0] == lines[2]
    assert lines[1]["error"]["code"] == "not_utf8"


def test_the_language_can_be_said(run_command: Run) -> None:
    polish = terms_of(run_command("text", "terms", "--language", "pl", "biura"))
    office = terms_of(run_command("text", "terms", "--language", "pl", "biuro"))
    assert set(polish[0]) & set(office[0])


def test_the_switch_for_machines_changes_nothing(run_command: Run) -> None:
    plain = run_command("text", "terms", "office rent")
    assert terms_of(run_command("text", "terms", "--json", "office rent")) == terms_of(plain)
