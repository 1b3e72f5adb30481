"""What errors say: codes and what is possible, never a value that somebody typed."""

from datetime import date

from registry.domain.errors import (
    ConflictError,
    FieldProblem,
    InvalidMoveError,
    LimitReachedError,
    RecordRefusedError,
)


def test_an_impossible_move_names_what_is_possible():
    error = InvalidMoveError("need", "met", "draft", ("open", "withdrawn"))

    assert str(error) == "need is met; draft is not possible now, possible is: open, withdrawn"
    assert error.code == "invalid_move"


def test_a_move_out_of_the_last_state_says_that_nothing_is():
    assert str(InvalidMoveError("match", "awarded", "offered", ())).endswith("possible is: nothing")


def test_a_conflict_names_the_version_that_stands():
    error = ConflictError("offer", 7)

    assert (error.record, error.current_version) == ("offer", 7)
    assert str(error) == "offer was changed in the meantime"


def test_a_refused_record_names_fields_and_codes_but_no_values():
    problem = FieldProblem("title", "too_long", max=120)
    error = RecordRefusedError([problem])

    assert str(error) == "title: too_long"
    assert error.problems == (problem,)


def test_a_limit_says_when_it_goes_on():
    error = LimitReachedError(60, date(2026, 11, 24))

    assert (error.limit, error.day) == (60, date(2026, 11, 24))
    assert "tomorrow" in str(error)
