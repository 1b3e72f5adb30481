"""Searching on the officers' desk: what is found, which text is shown, what cannot be found."""

import pytest
from sqlmodel import col, select

from registry.services.index_records import rebuild_index
from registry.storage.outbox import OutboxEntry
from search.codes import Urgency
from search.index.protocol import IndexUnavailable
from tests.factories import NeedFactory, OfferFactory
from tests.person import Person


@pytest.fixture
def need(session):
    return NeedFactory.create(urgency=Urgency.URGENT)


@pytest.fixture
def person(session, person_of, need, officer) -> Person:
    OfferFactory.create(title="Rent for newsrooms")
    session.commit()
    rebuild_index(session)
    return person_of(officer)


def test_before_anything_is_looked_for(person):
    assert person.open("/desk/search").sees("What you look for will stand here.")


def test_a_need_is_found_by_words_in_any_form_and_its_text_stays_closed(person, need):
    person.open("/desk/search").send("Search", {"q": "newsrooms"})
    assert person.sees("1 found", "Rent for an office or a room · Poland", "meets 1 of 1 word")
    assert "Our newsroom of four" not in person.source


def test_text_with_marked_words_is_shown_of_what_was_opened_today(person, need):
    person.open(f"/desk/needs/{need.id}").send("Open the text")
    person.open("/desk/search?q=newsroom")
    assert "Our <mark>newsroom</mark> of four" in person.source


def test_offers_are_found_with_their_text(person):
    person.open("/desk/search").send("Search", {"q": "rent newsrooms", "kind": "offer"})
    assert person.sees("1 found", "Rent for newsrooms")


def test_counts_lead_to_a_narrower_list_and_back(person):
    person.open("/desk/search?q=newsroom").follow("Urgent: within days")
    assert person.sees("1 found")
    assert person.typed("urgency") == "urgent"
    person.follow("Urgent: within days")
    assert not person.typed("urgency")


@pytest.mark.parametrize("filters", ["country=LT", "category=equipment", "status=met"])
def test_filters_leave_out_what_does_not_fit(person, filters):
    assert person.open(f"/desk/search?q=newsroom&{filters}").sees("Nothing was found.")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("news*", "Write whole words, in any form"),
        ("the", "These words are in every text"),
        ("a " * 300, "Look for fewer words"),
    ],
)
def test_what_cannot_be_looked_for_is_said_at_the_field(person, words, sentence):
    person.open(f"/desk/search?q={words}")
    assert person.status == 422
    assert person.sees(sentence)
    assert person.typed("q") == words


def test_while_the_index_is_made_anew_the_page_says_so_and_looks_again(
    person, parts, rows, monkeypatch
):
    def refuse(_query):
        raise IndexUnavailable("broken", "cannot be read")

    monkeypatch.setattr(parts.index, "search", refuse)
    person.open("/desk/search?q=newsroom")
    assert person.status == 503
    assert person.sees("The search is being made anew", "the queue works meanwhile")
    assert '<meta http-equiv="refresh" content="10">' in person.source
    assert person.typed("q") == "newsroom"
    with rows() as session:
        topics = session.exec(select(col(OutboxEntry.topic))).all()
    assert any("rebuild" in topic for topic in topics)


def test_a_need_that_says_only_which_kind_of_help_it_wants_has_its_line(session, person):
    NeedFactory.create(amount_requested=None, asks_for=["money", "hours"])
    rebuild_index(session)
    session.commit()
    person.open("/desk/search?q=newsroom")
    assert person.sees("2 found", "Money, Hours")


def test_what_a_slip_was_read_as_is_said(person):
    person.open("/desk/search").send("Search", {"q": "newsrom"})
    assert person.sees(
        "No list of words knows “newsrom”, so this was looked for as well: newsroom.", "1 found"
    )
