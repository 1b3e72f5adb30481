"""Forms ask about what gives people away, take a tick for an answer, and forget it."""

import pytest
from flask import Flask

from registry.schemas.records import schema_of
from registry.web.form import Form, Sent
from tests.factories.matches import make_pair
from tests.person import Person

PHONE, LINK = "+375 29 000-00-17", "heron-house.org"


@pytest.fixture(autouse=True)
def page(look: Flask):
    with look.test_request_context():
        yield


def form(typed: dict[str, str], record: dict[str, str] | None = None) -> Form:
    only = ("title", "summary", "amount_requested")
    return Form(schema_of("need"), Sent(typed), record, only=only)


def load(asked: Form) -> bool:
    return asked.load(partial=True) is not None


def codes(asked: Form) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in asked.problems]


def test_what_is_found_stands_at_its_field_and_nothing_is_loaded():
    asked = form({"title": f"Call {PHONE}", "summary": f"{LINK}, {PHONE}, {PHONE}"})
    assert not load(asked)
    assert codes(asked) == [
        ("title", "giveaway_phone"),
        ("summary", "giveaway_link"),
        ("summary", "giveaway_phone"),
    ]
    assert asked.pieces("title") == PHONE
    assert asked.pieces("summary") == f"{LINK} · {PHONE} · {PHONE}"


def test_an_ordinary_text_is_asked_nothing():
    asked = form({"title": "1500 EUR until 2026-11-24"})
    assert load(asked)
    assert asked.pieces("title") == ""


def test_a_tick_keeps_just_the_pieces_that_were_shown():
    assert load(form({"title": f"Call {PHONE}", "_keep.title": PHONE}))
    other = form({"title": f"Call {PHONE} or {LINK}", "_keep.title": PHONE})
    assert not load(other)
    assert not other.keeps("title")
    assert not load(form({"title": f"Call {PHONE}", "_keep.summary": PHONE}))


def test_a_text_that_stands_already_is_not_asked_about_again():
    record = {"title": f"Call {PHONE}"}
    assert load(form(dict(record), record))
    assert not load(form({"title": f"Call us {PHONE}"}, record))


def test_both_kinds_of_problems_are_told_at_once_and_a_tick_outlives_the_other():
    typed = {"title": f"Call {PHONE}", "amount_requested.amount": "much", "_in": "EUR"}
    asked = form(typed)
    assert not load(asked)
    assert {code for _, code in codes(asked)} >= {"giveaway_phone", "not_an_amount"}
    again = form(typed | {"_keep.title": PHONE})
    assert not load(again)
    assert again.keeps("title")
    assert "giveaway_phone" not in {code for _, code in codes(again)}


def test_an_officer_is_asked_about_a_note_as_well(session, person_of, officer):
    match, note = make_pair(), {"note": f"Reached at {PHONE}"}
    person: Person = person_of(officer).open(f"/desk/matches/{match.id}/acts/note")
    assert person.send("Write a note", note).status == 422
    assert person.sees("this would let someone recognise you, or others", f"Found: {PHONE}")
    person.send("Write a note", {"_keep.note": person.offered("_keep.note")})
    assert person.sees(f"Reached at {PHONE}")
