"""A match on the officers' desk: its rules as sentences, and every act with what can refuse it."""

from typing import Any

import pytest

from registry.identity.actor import HOUSE
from registry.services.matches.get_match import get_match
from registry.services.matches.note_match import note_match
from registry.services.matches.shortlist_match import shortlist_match
from registry.services.questions.list_questions import list_questions
from registry.storage.accounts import Account
from registry.storage.matches import Match
from search.codes import MatchState, Publicity, Vetting
from tests.factories.matches import bring_to, make_pair
from tests.person import Person


@pytest.fixture
def pair(session):
    return make_pair()


@pytest.fixture
def person(person_of, pair, officer) -> Person:
    return person_of(officer)


@pytest.fixture
def unclear(session):
    """A pair whose donor has not said how long it takes: a rule that protects is open."""
    return make_pair(offer={"decision_days": None})


@pytest.fixture
def public(session):
    """A pair whose donor publishes more than the organisation accepts: a rule is not met."""
    return make_pair(
        need={"publicity_accepted": Publicity.AGGREGATE},
        offer={"publicity_required": Publicity.PSEUDONYMOUS},
    )


def match_of(rows: Any, pair: Any) -> dict[str, Any]:
    with rows() as session:
        return get_match(session, HOUSE, pair.id, "en")


def state_of(rows: Any, pair: Any) -> str:
    with rows() as session:
        return session.get_one(Match, pair.id).state


class TestReadingIt:
    def test_both_sides_every_rule_and_every_part_stand_there(self, pair, person, rows):
        person.open(f"/desk/matches/{pair.id}")
        match = match_of(rows, pair)
        assert len(match["rules"]["met"]) == 21
        for line in match["rules"]["met"]:
            assert person.sees(line["sentence"])
        for part in match["score_parts"]:
            assert person.sees(part["label"], part["reason"])
        assert person.sees("The need", "The offer", "21 rules are met", match["binds"]["sentence"])

    def test_the_text_of_the_need_stays_closed(self, pair, person):
        person.open(f"/desk/matches/{pair.id}")
        assert "Rent for three months" not in person.source
        person.send("Open the text")
        assert person.address == f"/desk/matches/{pair.id}"
        assert person.sees("Rent for three months")

    def test_what_is_not_possible_stands_there_with_why(self, session, person_of, officer):
        pair = make_pair(organisation={"vetting": Vetting.UNVERIFIED})
        person = person_of(officer).open(f"/desk/matches/{pair.id}")
        assert person.sees("The organisation has to be vouched for first")
        assert "Put on the short list" not in buttons(person)

    def test_a_foreign_or_unknown_one_is_not_there(self, person):
        assert person.open(f"/desk/matches/{'0' * 32}").status == 404
        assert person.open(f"/desk/matches/{'0' * 32}/acts/decline").status == 404

    def test_an_act_that_is_none_is_not_there(self, pair, person):
        assert person.open(f"/desk/matches/{pair.id}/acts/destroy").status == 404


class TestAskingWhatARuleNeeds:
    def test_exactly_its_question_waits_on_the_donors_page(self, unclear, person_of, officer, rows):
        person = person_of(officer).open(f"/desk/matches/{unclear.id}")
        (line,) = match_of(rows, unclear)["rules"]["to_ask"]
        person.send("Ask this")
        with rows() as session:
            (asked,) = list_questions(session, unclear.giver, waiting_for_me=True)
        assert asked["text"] == line["question"]
        assert person.sees("Asked on 24 November 2026, no answer yet")
        assert "Ask this" not in buttons(person)

    def test_it_is_asked_in_the_language_of_whom_it_asks(
        self, session, unclear, person_of, officer, rows
    ):
        session.get_one(Account, unclear.giver.account_id).language = "be"
        person = person_of(officer).open(f"/desk/matches/{unclear.id}").send("Ask this")
        with rows() as reading:
            (asked,) = list_questions(reading, unclear.giver, waiting_for_me=True)
        assert set("іў") & set(asked["text"])
        assert person.sees("no answer yet")

    def test_sent_twice_it_is_asked_once(self, unclear, person_of, officer, rows):
        person = person_of(officer).open(f"/desk/matches/{unclear.id}")
        (form,) = [each for each in person.page.forms if each.action.endswith("/ask")]
        for _ in range(2):
            assert person.post(form.action).status_code == 303
        with rows() as session:
            assert len(list_questions(session, unclear.giver)) == 1

    def test_a_rule_that_is_met_asks_nothing(self, pair, person):
        person.open("/desk/queue")
        address = f"/desk/matches/{pair.id}/rules/time_sufficient/ask"
        assert person.post(address).status_code == 422


class TestActs:
    def test_one_press_puts_it_on_the_short_list_and_another_shows_it(self, pair, person, rows):
        person.open(f"/desk/matches/{pair.id}").send("Put on the short list")
        assert person.sees("It is done: Put on the short list.", "On an officer's short list")
        person.send("Show to the donor")
        assert state_of(rows, pair) == MatchState.OFFERED
        assert person.sees("It waits for the donor's answer.")

    def test_declining_needs_a_reason_and_keeps_the_note(self, pair, person, rows):
        person.open(f"/desk/matches/{pair.id}").follow("Decline")
        person.send("Decline", {"note": "They have found it elsewhere."})
        assert person.status == 422
        assert person.typed("note") == "They have found it elsewhere."
        person.send("Decline", {"reason_code": "already_funded"})
        assert state_of(rows, pair) == MatchState.DECLINED
        assert person.sees("Help has come from elsewhere", "They have found it elsewhere.")

    @pytest.mark.parametrize("button", ["Set aside as mistaken", "Never pair these two"])
    def test_other_refusals(self, pair, person, rows, button):
        person.open(f"/desk/matches/{pair.id}").follow(button)
        person.send(button, {"reason_code": "duplicate"})
        assert state_of(rows, pair) == MatchState.DECLINED

    def test_a_pin_is_put_and_taken_away(self, pair, person, rows):
        person.open(f"/desk/matches/{pair.id}").send("Keep on top")
        assert match_of(rows, pair)["pinned"]
        person.send("No longer keep on top")
        assert not match_of(rows, pair)["pinned"]
        assert person.sees("No longer kept on top")

    def test_a_note_stands_in_the_history(self, pair, person):
        person.open(f"/desk/matches/{pair.id}").follow("Write a note")
        assert person.send("Write a note", {"note": ""}).status == 422
        assert person.send("Write a note", {"note": "Call back."}).sees("Call back.", "you")

    def test_it_is_handed_over(self, pair, person_of, officer, make_actor, rows):
        colleague = make_actor("officer")
        person = person_of(officer).open(f"/desk/matches/{pair.id}")
        person.send("Hand over", {"to": colleague.account_id})
        assert match_of(rows, pair)["assigned_to"] == colleague.account_id
        assert person.sees(f"with officer {colleague.account_id[:4]}")

    def test_help_that_was_agreed_is_recorded(self, session, pair, person_of, officer, rows):
        bring_to(session, pair, officer, MatchState.INTRODUCED)
        person = person_of(officer).open(f"/desk/matches/{pair.id}")
        person.follow("Record the help that was agreed")
        assert person.typed("amount.amount") == "4500"
        tomorrow = {"amount.amount": "4 000", "awarded_on": "2026-11-25"}
        person.send("Record the help that was agreed", tomorrow)
        assert person.status == 422
        assert person.sees("Name a day that has come already.")
        person.send("Record the help that was agreed", {"awarded_on": ""})
        assert state_of(rows, pair) == MatchState.AWARDED
        assert person.sees("€4,000")


class TestSettingARuleAside:
    def test_one_that_protects_the_organisation_only_asks_it(
        self, unclear, person_of, officer, rows
    ):
        person = person_of(officer).open(f"/desk/matches/{unclear.id}")
        person.follow("Set this rule aside")
        assert person.typed("rule") == "time_sufficient"
        person.send("Set a rule aside", {"note": "They are known to be quick."})
        assert person.sees("The organisation is asked whether it may be set aside")
        assert not match_of(rows, unclear)["rules"]["waived"]

    def test_it_needs_a_reason_and_a_day_to_come(self, unclear, person_of, officer):
        person = person_of(officer).open(f"/desk/matches/{unclear.id}/acts/waive")
        assert person.send("Set a rule aside", {"until": "2026-12-01"}).status == 422
        person.send("Set a rule aside", {"note": "Because.", "until": "2026-11-01"})
        assert person.sees("Name a day that is still to come.")
        assert person.typed("note") == "Because."


class TestSpeakingForAPartyWithoutAnAccount:
    @pytest.fixture
    def speechless(self, session, pair, officer):
        bring_to(session, pair, officer, MatchState.OFFERED)
        for actor in (pair.giver, pair.holder):
            session.get_one(Account, actor.account_id).active = False
        session.commit()
        return pair

    def test_the_note_says_how_its_word_came(self, speechless, person_of, officer, rows):
        person = person_of(officer).open(f"/desk/matches/{speechless.id}")
        person.follow("Write down the donor's yes").send("Write down the donor's yes")
        assert person.status == 422
        person.send("Write down the donor's yes", {"note": "By letter of Monday."})
        person.follow("Write down the organisation's yes")
        person.send("Write down the organisation's yes", {"note": "Told to me in person."})
        assert state_of(rows, speechless) == MatchState.INTRODUCED
        assert person.sees("on behalf of: The donor", "By letter of Monday.")

    def test_nobody_speaks_for_one_that_has_an_account(self, session, pair, person, officer):
        bring_to(session, pair, officer, MatchState.OFFERED)
        person.open(f"/desk/matches/{pair.id}")
        assert "Write down the donor's yes" not in person.source


class TestTwoOfficersAtOnce:
    def test_the_second_one_is_told_what_happened_and_keeps_the_note(
        self, session, pair, person, make_actor, rows
    ):
        person.open(f"/desk/matches/{pair.id}").follow("Decline")
        colleague = make_actor("officer")
        shortlist_match(session, colleague, pair.id)
        note_match(session, colleague, pair.id, note="Promising.")
        session.commit()
        typed = {"reason_code": "timing", "note": "Too late for them."}
        person.send("Decline", typed)
        assert person.status == 409
        assert person.sees("Something happened while you were looking at it", "Promising.")
        assert person.sees("Put it on the short list", "On an officer's short list")
        assert person.typed("note") == "Too late for them."
        assert state_of(rows, pair) == MatchState.SHORTLISTED
        # What is decided again on that page holds.
        person.send("Decline")
        assert state_of(rows, pair) == MatchState.DECLINED

    def test_the_same_form_sent_twice_is_done_once(self, pair, person, rows):
        person.open(f"/desk/matches/{pair.id}")
        (form,) = [each for each in person.page.forms if each.action.endswith("/shortlist")]
        data = {each.name: each.values[0] for each in form.fields}
        assert [person.post(form.action, data).status_code for _ in range(2)] == [
            303,
            303,
        ]
        assert len(match_of(rows, pair)["reviews"]) == 1

    def test_an_act_whose_moment_is_over_says_so(self, session, pair, person, officer, rows):
        bring_to(session, pair, officer, MatchState.OFFERED)
        person.open(f"/desk/matches/{pair.id}/acts/shortlist")
        assert person.sees("This is not the moment for it")
        answer = person.post(f"/desk/matches/{pair.id}/acts/shortlist", {"_version": ""})
        assert answer.status_code == 409
        assert "This is not the moment for it" in answer.text

    def test_a_rule_in_the_way_is_told_where_the_act_is_tried(
        self, unclear, person_of, officer, rows
    ):
        person = person_of(officer).open(f"/desk/matches/{unclear.id}")
        person.send("Put on the short list")
        assert person.sees("Show to the donor", "ask for what is missing")
        answer = person.post(f"/desk/matches/{unclear.id}/acts/offer", {"note": "Now!"})
        assert answer.status_code == 409
        assert "Now!" in answer.text
        assert state_of(rows, unclear) == MatchState.SHORTLISTED


def buttons(person: Person) -> list[str]:
    return [words for form in person.page.forms for words, *_ in form.buttons]
