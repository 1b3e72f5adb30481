"""Questions on the officers' desk."""

import pytest

from registry.services.questions.ask_question import ask_question
from registry.storage.accounts import Account
from tests.factories.matches import make_pair
from tests.person import Person


@pytest.fixture
def pair(session):
    return make_pair()


@pytest.fixture
def asked(session, pair) -> dict:
    return ask_question(
        session, pair.holder, "need", pair.need.id, to_role="officer", text="How long does it take?"
    )


@pytest.fixture
def person(person_of, asked, officer) -> Person:
    return person_of(officer)


def test_an_empty_list_says_what_will_stand_there(person_of, officer):
    person = person_of(officer).open("/desk/questions")
    assert person.sees("Questions of organisations and donors will stand here")


def test_the_queue_leads_to_what_waits_and_it_is_answered(pair, person, person_of):
    person.open("/desk/queue").follow("1 question to answer")
    assert person.sees("Waiting for an officer", "The organisation asked on 24 November 2026")
    person.follow("Answer")
    assert person.send("Send the answer", {"answer": " "}).status == 422
    person.send("Send the answer", {"answer": "About two weeks."})
    assert person.sees("The answer is sent.", "About two weeks.")
    assert person_of(pair.holder).open("/o/questions").sees("About two weeks.")


def test_the_same_answer_sent_twice_is_harmless(asked, person):
    person.open(f"/desk/questions/{asked['id']}")
    typed = {"answer": "About two weeks."}
    address = f"/desk/questions/{asked['id']}"
    assert [person.post(address, typed).status_code for _ in range(2)] == [303, 303]
    assert person.post(address, {"answer": "A year."}).status_code == 409


def test_a_question_leads_to_what_it_is_about(pair, person):
    person.open("/desk/questions").follow("What it is about")
    assert person.address == f"/desk/needs/{pair.need.id}"


def test_only_some_of_them(person):
    person.open("/desk/questions").follow("Answered")
    assert not person.sees("How long does it take?")


def test_an_officer_writes_down_the_answer_of_one_without_an_account(
    session, pair, officer, person_of
):
    ask_question(session, officer, "offer", pair.offer.id, to_role="donor", text="Until when?")
    session.get_one(Account, pair.giver.account_id).active = False
    person = person_of(officer).open("/desk/questions").follow("Write down their answer")
    person.send("Send the answer", {"answer": "Until May, she wrote by post."})
    assert person.sees("Until May, she wrote by post.")


def test_a_question_of_an_officer_is_taken_back(session, pair, officer, person_of):
    ask_question(session, officer, "need", pair.need.id, to_role="organisation", text="Until when?")
    person = person_of(officer).open("/desk/questions").send("Take it back")
    assert person.address == "/desk/questions"
    assert person.sees("The question is taken back.", "No longer asked")


def test_one_that_is_not_there(person):
    assert person.open(f"/desk/questions/{'0' * 32}").status == 404
