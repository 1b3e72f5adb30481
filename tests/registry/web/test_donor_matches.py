"""Needs shown to a donor: codes before words, why it fits, yes, no, ask; the donor's profile."""

import pytest

from registry.services.matches.get_match import get_match
from registry.storage.matches import Match
from search.codes import MatchState
from tests.factories import NeedFactory
from tests.factories.matches import bring_to, make_pair
from tests.person import Person

TITLE = "Rent for three months"


@pytest.fixture
def pair(session):
    return make_pair(need={"readers": NeedFactory.ABSENT})


@pytest.fixture
def person(person_of, pair) -> Person:
    return person_of(pair.giver)


@pytest.fixture
def shown(session, pair, officer):
    """The pair once an officer showed the need to the donor."""
    bring_to(session, pair, officer, MatchState.OFFERED)
    return pair


def state_of(rows, pair) -> str:
    with rows() as session:
        return session.get_one(Match, pair.id).state


class TestLookingAtIt:
    @pytest.mark.parametrize("page", ["", "/yes", "/no", "/ask"])
    def test_a_proposal_is_not_there_before_an_officer_shows_it(self, pair, person, page):
        assert person.open(f"/d/needs/{pair.id}{page}").status == 404
        assert person.open("/d/needs").sees("an officer looks at it first")

    def test_it_waits_on_the_first_page_from_then_on(self, shown, person):
        person.open("/d/home").follow("Look at it")
        assert person.sees("You decide", "€4,500", "Independent media, blog or channel")

    def test_codes_are_read_and_words_are_not(self, session, shown, person):
        person.open(f"/d/needs/{shown.id}")
        handle = session.vault.read(shown.organisation, "handle")
        assert person.sees("Rent for an office or a room", "shows its words only to donors")
        assert TITLE not in person.source
        assert handle not in person.source

    def test_words_are_read_where_the_organisation_lets_donors(self, session, officer, person_of):
        pair = make_pair()
        bring_to(session, pair, officer, MatchState.OFFERED)
        assert person_of(pair.giver).open(f"/d/needs/{pair.id}").sees(TITLE)

    def test_it_says_why_it_was_proposed(self, shown, person):
        person.open(f"/d/needs/{shown.id}")
        assert person.sees("Share of the need covered 100 %", "conditions fit")

    def test_somebody_elses_is_not_there(self, shown, person_of, giver):
        assert person_of(giver).open(f"/d/needs/{shown.id}").status == 404


class TestAnswering:
    def test_a_yes_is_asked_for_once_more_and_then_waits(self, shown, person, rows):
        person.open(f"/d/needs/{shown.id}").follow("Yes, we would help")
        assert state_of(rows, shown) == MatchState.OFFERED
        person.send("Yes, we would help")
        assert state_of(rows, shown) == MatchState.INTERESTED
        assert person.sees("The organisation now sees your offer and decides.", "1 December 2026")

    def test_said_twice_it_is_said_once(self, shown, person, rows):
        form = person.open(f"/d/needs/{shown.id}/yes").page.forms[-1]
        data = {each.name: each.values for each in form.fields}
        for _ in range(2):
            assert person.client.post(person.address, data=data).status_code == 303
        with rows() as session:
            acts = get_match(session, shown.giver, shown.id, "en")["reviews"]
        assert [act["kind"] for act in acts] == ["offer", "interest"]

    def test_a_no_needs_a_reason(self, shown, person, rows):
        person.open(f"/d/needs/{shown.id}").follow("No, not this one").send("Send the no")
        assert person.status == 422
        person.send("Send the no", {"reason_code": "amount_too_large"})
        assert state_of(rows, shown) == MatchState.DECLINED
        assert person.sees("More than can be given")

    def test_after_a_no_a_late_yes_is_told_what_is_possible(self, shown, person, rows):
        person.open(f"/d/needs/{shown.id}/yes")
        form = person.page.forms[-1]
        data = {each.name: each.values for each in form.fields if each.name != "_version"}
        person.open(f"/d/needs/{shown.id}/no").send("Send the no", {"reason_code": "timing"})
        answer = person.client.post(f"/d/needs/{shown.id}/yes", data=data)
        assert answer.status_code == 409
        assert state_of(rows, shown) == MatchState.DECLINED

    def test_a_question_goes_to_the_officers(self, shown, person, person_of):
        person.open(f"/d/needs/{shown.id}").follow("Ask an officer")
        person.send("Send the question", {"text": "Could it be paid in two parts?"})
        assert person.sees("Could it be paid in two parts?")
        other_side = person_of(shown.holder).open("/o/questions")
        assert "two parts" not in other_side.source

    def test_after_the_introduction_the_words_and_the_name_are_read(
        self, session, shown, person, officer
    ):
        bring_to(session, shown, officer, MatchState.INTRODUCED)
        handle = session.vault.read(shown.organisation, "handle")
        session.commit()
        person.open(f"/d/needs/{shown.id}")
        assert person.sees(TITLE, handle, "no officer sees it")


def test_the_profile_can_be_changed_but_not_how_far_one_is_trusted(person):
    person.open("/d/about").follow("Change it").send("Save", {"handle": "Lighthouse"})
    assert person.sees("It is saved.", "Lighthouse")
    person.open("/d/about/change")
    data = {each.name: each.values for each in person.page.forms[-1].fields}
    answer = person.client.post("/d/about/change", data=data | {"vetting": "vouched"})
    assert answer.status_code == 422
