import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.errors import RecordRefusedError
from registry.schemas.records import load_record
from tests.registry.schemas.examples import NEED, ORGANISATION
from tests.registry.schemas.refused import refusals


def load_text(name, text):
    return load_record("need", {**NEED, name: text})[name]


def code_of(name, text, kind="need", record=NEED):
    (problem,) = refusals(kind, {**record, name: text})
    assert problem[0] == name
    return problem[1]


def test_text_is_normalised_and_trimmed():
    assert load_text("title", " \tё\u00a0") == "ё"
    assert load_text("title", "  Аре\u0301нда ") == "Аре\u0301нда"
    assert load_text("title", "Zo\u0308e") == "Zöe"


def test_lines_of_prose_are_kept_and_their_ends_are_made_alike():
    assert load_text("summary", "one\r\ntwo\rthree\n\tfour") == "one\ntwo\nthree\n\tfour"


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800"])
@pytest.mark.parametrize("name", ["title", "summary", "situation"])
def test_control_characters_and_lone_surrogates_are_refused(bad, name):
    assert code_of(name, f"rent{bad}due") == "bad_characters"


@pytest.mark.parametrize("bad", ["\u202e", "\u202a", "\u2066", "\u2069", "\ufeff", "\U000e0041"])
def test_what_turns_or_hides_text_is_refused(bad):
    assert code_of("title", f"rent{bad}due") == "bad_characters"
    assert code_of("summary", f"rent{bad}due") == "bad_characters"


def test_a_title_is_one_line():
    assert code_of("title", "rent\ndue") == "bad_characters"


def test_joiners_and_marks_that_scripts_need_are_kept():
    assert load_text("title", "👩\u200d🔧 у\u200cм") == "👩\u200d🔧 у\u200cм"


@pytest.mark.parametrize("text", ["=1+1", "+7", "-2", "@SUM(A1)", " =HYPERLINK(1)", "＝1"])
def test_a_title_that_a_spreadsheet_would_run_is_refused(text):
    assert code_of("title", text) == "looks_like_formula"


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "+1"])
def test_prose_that_a_spreadsheet_would_run_is_refused(text):
    assert code_of("summary", text) == "looks_like_formula"


def test_a_list_with_dashes_is_prose():
    assert load_text("summary", "- rent\n- light") == "- rent\n- light"


@pytest.mark.parametrize(("name", "most"), [("title", 120), ("summary", 4000), ("situation", 4000)])
def test_length_is_counted_in_characters_and_bounded(name, most):
    assert load_text(name, "ж" * most) == "ж" * most
    assert code_of(name, "ж" * (most + 1)) == "too_long"
    assert code_of(name, "ж" * 1_000_000) == "too_long"


def test_length_is_counted_after_normalisation():
    assert load_text("title", "o\u0308" * 120) == "ö" * 120


@pytest.mark.parametrize("value", [5, True, 1.5, ["a"], {"a": "b"}])
def test_what_is_no_text_is_refused(value):
    assert code_of("title", value) == "not_text"


def test_a_handle_has_3_to_40_characters():
    assert code_of("handle", "ab", "organisation", ORGANISATION) == "too_short"
    assert code_of("handle", "a" * 41, "organisation", ORGANISATION) == "too_long"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" need-1", "spaces_at_ends"),
        ("need-1\n", "spaces_at_ends"),
        ("need\t1", "bad_characters"),
        ("need\u200b1", "bad_characters"),
        ("n" * 81, "too_long"),
        ("=1", "looks_like_formula"),
        (5, "not_text"),
    ],
)
def test_an_external_id_is_plain(text, code):
    assert code_of("external_id", text) == code


def test_an_external_id_may_hold_spaces_and_any_script():
    assert load_text("external_id", "Патрэба 12/а") == "Патрэба 12/а"


@given(st.text(max_size=60))
def test_text_that_was_taken_once_is_taken_again_unchanged(text):
    try:
        taken = load_record("need", {**NEED, "title": text})
    except RecordRefusedError:
        return
    title = taken.get("title")
    assert title is None or load_text("title", title) == title


@given(st.text(alphabet=st.characters(), min_size=1, max_size=30))
def test_text_that_was_taken_can_be_written_as_utf_8_and_holds_no_control(text):
    try:
        taken = load_record("need", {**NEED, "summary": text}).get("summary", "")
    except RecordRefusedError:
        return
    taken.encode("utf-8")
    assert not [each for each in taken if ord(each) < 32 and each not in "\n\t"]
