"""An act of an organisation or a donor from a page that had grown old loses nothing typed."""

from datetime import timedelta

import pytest

from registry.services.matches.decline_match import decline_match
from registry.services.matches.get_match import get_match
from registry.services.questions.answer_question import answer_question
from registry.services.questions.ask_question import ask_question
from registry.services.questions.list_questions import list_questions
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from search.codes import MatchState, NeedStatus, OfferStatus, ReasonCode
from tests.factories.matches import bring_to, make_pair

TYPED = {"reason_code": "timing", "note": "We found a room until spring."}
SIDES = pytest.mark.parametrize(
    "way",
    [("holder", MatchState.INTERESTED, "/o/help"), ("giver", MatchState.OFFERED, "/d/needs")],
    ids=["organisation", "donor"],
)


@pytest.fixture
def pair(session):
    return make_pair()


@pytest.fixture
def at_the_form(session, pair, officer, person_of):
    """Let one side open a form of the match in a state in which it is its turn."""

    def open_form(way, act):
        side, state, path = way
        bring_to(session, pair, officer, state)
        return person_of(getattr(pair, side)).open(f"{path}/{pair.id}/{act}")

    return open_form


def judge_anew(session, pair):
    """What the worker does when the offer changes: the match gets another version."""
    match = session.get_one(Match, pair.id)
    match.proposed_amount = None
    session.commit()


@SIDES
def test_a_no_keeps_its_reason_and_is_taken_the_next_time(session, pair, at_the_form, rows, way):
    person = at_the_form(way, "no")
    judge_anew(session, pair)

    person.send("Send the no", TYPED)

    assert person.status == 409
    assert person.typed("note") == TYPED["note"]
    assert person.typed("reason_code") == "timing"
    assert person.sees("Something happened while you were looking at it", "judged anew")
    with rows() as reading:
        assert reading.get_one(Match, pair.id).state == way[1]
    assert person.send("Send the no").sees("Your no is recorded", TYPED["note"])


@SIDES
def test_a_no_to_what_an_officer_ended_can_go_to_the_officers_instead(
    session, pair, at_the_form, officer, way
):
    person = at_the_form(way, "no")
    decline_match(session, officer, pair.id, reason_code=ReasonCode.NOT_A_PRIORITY)
    session.commit()

    person.send("Send the no", TYPED)

    assert person.status == 409
    assert person.sees("Something happened while you were looking at it", "Declined")
    words = f"It would come too late or too early: {TYPED['note']}"
    assert person.typed("text") == words
    assert "Your no is recorded" not in person.text
    assert person.send("Send it to the officers").sees(words)
    with_officers = list_questions(session, officer, waiting_for_me=True)
    assert [each["text"] for each in with_officers] == [words]


@SIDES
def test_the_same_no_sent_twice_is_said_once(pair, at_the_form, rows, officer, way):
    person = at_the_form(way, "no")
    address, fields = person.address, person.page.forms[-1].fields
    data = {each.name: each.values for each in fields} | TYPED
    for _ in range(2):
        assert person.client.post(address, data=data).status_code == 303
    with rows() as reading:
        acts = get_match(reading, officer, pair.id, "en")["reviews"]
    assert [each["kind"] for each in acts].count("decline") == 1


@SIDES
def test_a_yes_from_an_old_page_shows_what_stands_now(session, pair, at_the_form, rows, way):
    person = at_the_form(way, "yes")
    button = person.page.forms[-1].buttons[0][0]
    judge_anew(session, pair)

    person.send(button)

    assert person.status == 409
    assert person.sees("Something happened while you were looking at it", "is to be agreed")
    with rows() as reading:
        assert reading.get_one(Match, pair.id).state == way[1]
    assert person.send(button).sees("Your yes is recorded")


@SIDES
def test_a_yes_to_what_has_ended_says_why_it_is_not_possible(
    session, pair, at_the_form, officer, way
):
    person = at_the_form(way, "yes")
    button = person.page.forms[-1].buttons[0][0]
    decline_match(session, officer, pair.id, reason_code=ReasonCode.NOT_A_PRIORITY)
    session.commit()

    person.send(button)

    assert person.status == 409
    assert person.sees("Nothing was done", "an officer", "A yes is not possible now")


@pytest.mark.parametrize("side", ["holder", "giver"])
def test_an_answer_to_a_closed_question_is_shown_beside_what_was_answered(
    session, pair, officer, person_of, side
):
    party = {"holder": "need", "giver": "offer"}[side]
    to_role = "organisation" if side == "holder" else "donor"
    about = getattr(pair, party).id
    asked = ask_question(session, officer, party, about, to_role=to_role, text="How long?")
    session.commit()
    base = "/o" if side == "holder" else "/d"
    person = person_of(getattr(pair, side)).open(f"{base}/questions/{asked['id']}")
    answer_question(session, getattr(pair, side), asked["id"], "Three months.")
    session.commit()

    person.send("Send the answer", {"answer": "Rather four months."})

    assert person.status == 409
    assert person.sees("It is no longer open", "Three months.")
    assert person.typed("text") == "Rather four months."
    assert person.send("Send it to the officers").sees("Rather four months.")
    assert len(list_questions(session, officer, waiting_for_me=True)) == 1


def test_the_same_answer_sent_twice_is_sent_once(session, pair, officer, person_of):
    asked = ask_question(
        session, officer, "need", pair.need.id, to_role="organisation", text="How long?"
    )
    person = person_of(pair.holder).open(f"/o/questions/{asked['id']}")
    address = person.address
    person.send("Send the answer", {"answer": "Three months."})
    again = person.post(address, {"answer": "Three months."})
    assert again.status_code == 303


def test_a_move_of_a_need_from_an_old_page_shows_it_as_it_is_now(session, pair, person_of, rows):
    old = person_of(pair.holder).open(f"/o/needs/{pair.need.id}/met")
    other = person_of(pair.holder).open(f"/o/needs/{pair.need.id}/withdraw")
    other.send("Yes, withdraw it")

    old.send("Yes, close it as met")

    assert old.status == 409
    assert old.sees("It had changed in the meantime", "Withdrawn")
    with rows() as reading:
        assert reading.get_one(Need, pair.need.id).status == NeedStatus.WITHDRAWN


def test_a_move_of_an_offer_from_an_old_page_shows_it_as_it_is_now(session, pair, person_of, rows):
    old = person_of(pair.giver).open(f"/d/offers/{pair.offer.id}")
    other = person_of(pair.giver).open(f"/d/offers/{pair.offer.id}/what")
    other.send("Save", {"title": "Another title"})
    old.send("Pause it")
    assert old.status == 409
    assert old.sees("It had changed in the meantime")
    with rows() as reading:
        assert reading.get_one(Offer, pair.offer.id).status == OfferStatus.OPEN


def test_a_need_past_its_last_day_is_led_to_the_field_of_that_day(session, pair, person_of, rows):
    need = session.get_one(Need, pair.need.id)
    need.status, need.needed_by = NeedStatus.EXPIRED, session.today - timedelta(days=1)
    person = person_of(pair.holder).open(f"/o/needs/{need.id}")

    person.send("Open it again")

    assert person.address.startswith(f"/o/needs/{need.id}/")
    assert person.sees("Name a day that is still to come.")
    assert person.typed("needed_by") == need.needed_by.isoformat()
    with rows() as reading:
        assert reading.get_one(Need, need.id).status == NeedStatus.EXPIRED


def test_an_offer_past_its_last_day_is_led_to_the_field_of_that_day(session, pair, person_of, rows):
    offer = session.get_one(Offer, pair.offer.id)
    offer.status, offer.closes_on = OfferStatus.PAUSED, session.today - timedelta(days=1)
    person = person_of(pair.giver).open(f"/d/offers/{offer.id}")

    person.send("Open it again")

    assert person.address == f"/d/offers/{offer.id}/days"
    assert person.sees("Name a day that is still to come.")
    with rows() as reading:
        assert reading.get_one(Offer, offer.id).status == OfferStatus.PAUSED


def test_an_urgency_that_was_stated_anew_is_not_confirmed_from_an_old_page(
    session, pair, officer, person_of, rows
):
    need = session.get_one(Need, pair.need.id)
    old = person_of(officer).open(f"/desk/needs/{need.id}")
    need.urgency = "emergency"
    session.commit()

    old.send("Confirm the urgency", {"urgency": "soon"})

    assert old.status == 409
    assert old.sees("It had changed in the meantime", "Emergency")
    with rows() as reading:
        assert reading.get_one(Need, need.id).urgency_confirmed is None
    assert old.send("Confirm the urgency", {"urgency": "emergency"}).sees("is confirmed")
