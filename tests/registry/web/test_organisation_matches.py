"""Help offered to an organisation: when it is seen, what is seen, yes, no, ask, permissions."""

import pytest

from registry.domain.trust import VettingReason
from registry.services.matches.get_match import get_match
from registry.services.matches.waive_rule import waive_rule
from registry.services.questions.list_questions import list_questions
from registry.services.vetting.set_vetting import set_vetting
from registry.storage.matches import Match
from search.codes import MatchState, Publicity, Vetting
from tests.factories import OfferFactory
from tests.factories.matches import bring_to, make_pair
from tests.person import Person


@pytest.fixture
def pair(session):
    return make_pair()


@pytest.fixture
def person(person_of, pair) -> Person:
    return person_of(pair.holder)


@pytest.fixture
def offered(session, pair, officer):
    """The pair once the donor said that it would help."""
    bring_to(session, pair, officer, MatchState.INTERESTED)
    return pair


def state_of(rows, pair) -> str:
    with rows() as session:
        return session.get_one(Match, pair.id).state


class TestLookingAtIt:
    @pytest.mark.parametrize("page", ["", "/yes", "/no", "/ask"])
    def test_it_is_not_there_before_the_donor_would_help(
        self, session, pair, person, officer, page
    ):
        bring_to(session, pair, officer, MatchState.OFFERED)
        assert person.open(f"/o/help/{pair.id}{page}").status == 404
        assert person.open("/o/help").sees("When a donor would help you, it will stand here")

    def test_it_waits_on_the_first_page_from_then_on(self, offered, person):
        person.open("/o/home").follow("Look at it")
        assert person.sees("You decide", "Proposed: €4,500")

    def test_it_says_by_whom_and_when_the_donor_was_checked(self, offered, person, rows):
        person.open(f"/o/help/{offered.id}")
        with rows() as session:
            handle = session.vault.read(offered.donor, "handle")
        assert person.sees(handle, "Foundation", "decided by an officer on 24 November 2026")

    def test_it_says_what_the_donor_knows_already_and_what_not_yet(self, offered, person):
        learns = person.open(f"/o/help/{offered.id}").text.partition("What the donor learns")[2]
        known, _, later = learns.partition("The donor learns the organisation's pseudonym")
        assert known.count("(this has happened)") == 2
        assert "(this has happened)" not in later

    def test_somebody_elses_is_not_there(self, offered, person_of, holder):
        assert person_of(holder).open(f"/o/help/{offered.id}").status == 404

    def test_a_donor_who_is_suspended_is_out_of_sight(self, session, offered, person, officer):
        set_vetting(
            session,
            officer,
            "donor",
            offered.donor.id,
            vetting=Vetting.SUSPENDED,
            reason=VettingReason.IMPOSTOR_SUSPECTED,
        )
        handle = session.vault.read(offered.donor, "handle")
        session.commit()
        person.open(f"/o/help/{offered.id}")
        assert person.sees("This donor is not in sight at present.")
        assert handle not in person.source


class TestYes:
    def test_a_yes_is_asked_for_once_more_with_what_follows(self, offered, person, rows):
        person.open(f"/o/help/{offered.id}").follow("Yes, we would take this help")
        assert person.sees("What follows from it", "cannot be taken back")
        assert state_of(rows, offered) == MatchState.INTERESTED
        person.send("Yes, we would take this help")
        assert state_of(rows, offered) == MatchState.INTRODUCED
        assert person.sees(
            "both of you are marked as introduced", "no officer sees it", "1 December 2026"
        )

    def test_said_twice_it_is_said_once(self, offered, person, rows):
        form = person.open(f"/o/help/{offered.id}/yes").page.forms[-1]
        data = {each.name: each.values for each in form.fields}
        for _ in range(2):
            answer = person.client.post(f"/o/help/{offered.id}/yes", data=data)
            assert answer.status_code == 303
        with rows() as session:
            view = get_match(session, offered.holder, offered.id, "en")
        assert [act["kind"] for act in view["reviews"]] == ["interest", "consent"]

    def test_it_can_be_taken_back_with_a_reason(self, session, offered, person, officer, rows):
        bring_to(session, offered, officer, MatchState.INTRODUCED)
        person.open(f"/o/help/{offered.id}").follow("Take our yes back")
        person.send("Send the no", {"reason_code": "channel_unsafe"})
        assert state_of(rows, offered) == MatchState.WITHDRAWN

    def test_a_yes_to_what_changed_in_the_meantime_is_not_taken(
        self, session, offered, person, officer, rows
    ):
        person.open(f"/o/help/{offered.id}/yes")
        offered.match.proposed_amount = None
        session.commit()
        person.send("Yes, we would take this help")
        assert person.status == 409
        assert state_of(rows, offered) == MatchState.INTERESTED


class TestNo:
    def test_a_no_needs_a_reason_and_keeps_what_was_typed(self, offered, person, rows):
        person.open(f"/o/help/{offered.id}").follow("No, thank you")
        person.send("Send the no", {"note": "We found a room."})
        assert person.status == 422
        assert person.typed("note") == "We found a room."
        assert state_of(rows, offered) == MatchState.INTERESTED
        person.send("Send the no", {"reason_code": "no_longer_needed"})
        assert state_of(rows, offered) == MatchState.DECLINED
        assert person.sees("The help is no longer needed We found a room.")

    def test_the_donor_reads_the_reason_but_not_the_note(self, offered, person, person_of):
        person.open(f"/o/help/{offered.id}/no")
        person.send("Send the no", {"reason_code": "timing", "note": "We found a room."})
        donor = person_of(offered.giver).open(f"/d/needs/{offered.id}")
        assert donor.sees("It would come too late or too early")
        assert "We found a room." not in donor.source

    def test_distrust_is_for_officers_only(self, offered, person, person_of):
        person.open(f"/o/help/{offered.id}/no")
        person.send("Send the no", {"reason_code": "donor_not_trusted"})
        donor = person_of(offered.giver).open(f"/d/needs/{offered.id}")
        assert donor.sees("Declined")
        assert "not trusted" not in donor.source

    def test_only_its_own_reasons_are_offered(self, offered, person):
        data = {
            "reason_code": "no_answer",
            "csrf_token": person.open("/o/home").typed("csrf_token"),
        }
        answer = person.client.post(f"/o/help/{offered.id}/no", data=data)
        assert answer.status_code in (400, 422)


def test_a_question_waits_for_an_officer_and_its_answer_stands_with_the_offer(
    session, offered, person, officer
):
    from registry.services.questions.answer_question import answer_question

    person.open(f"/o/help/{offered.id}").follow("Ask an officer")
    person.send("Send the question", {"text": ""})
    assert person.status == 422
    person.send("Send the question", {"text": "Who would sign the contract?"})
    assert person.sees("Who would sign the contract?", "It waits on the officers' page")
    (question,) = list_questions(session, officer, waiting_for_me=True)
    answer_question(session, officer, question["id"], "Nobody has to sign.")
    session.commit()
    assert person.open(f"/o/help/{offered.id}").sees("Nobody has to sign.")


class TestPermissions:
    @pytest.fixture
    def asked(self, session, officer):
        """A pair for which an officer asks to set a protecting rule aside."""
        pair = make_pair(
            need={"publicity_accepted": Publicity.NONE},
            offer={"publicity_required": OfferFactory.ABSENT},
        )
        waive_rule(
            session,
            officer,
            pair.id,
            rule="publicity_compatible",
            note="It would be published late.",
        )
        session.commit()
        return pair

    def test_a_permission_is_asked_with_what_it_means(self, asked, person_of):
        person = person_of(asked.holder).open("/o/home")
        person.follow("Read and answer")
        assert person.sees("You need not give it", "Rent for an office or a room")
        assert "It would be published late." not in person.source

    def waived(self, rows, officer, pair) -> list[str]:
        with rows() as session:
            rules = get_match(session, officer, pair.id, "en")["rules"]
        return [line["rule"] for line in rules["waived"]]

    def test_a_yes_sets_the_rule_aside(self, asked, person_of, officer, rows):
        person = person_of(asked.holder).open("/o/permissions")
        person.send("Yes, set it aside this once")
        assert person.sees("Your answer is recorded.", "Nothing is asked now.")
        assert self.waived(rows, officer, asked) == ["publicity_compatible"]

    def test_a_no_keeps_it(self, asked, person_of, officer, rows):
        person = person_of(asked.holder).open("/o/permissions").send("No, keep the rule")
        assert person.sees("Your answer is recorded.", "Nothing is asked now.")
        assert self.waived(rows, officer, asked) == []

    def test_an_answer_sent_twice_changes_nothing_more(self, asked, person_of):
        person = person_of(asked.holder).open("/o/permissions")
        form = person.page.forms[-1]
        data = {each.name: each.values for each in form.fields} | {"answer": "no"}
        person.client.post(form.action, data=data)
        assert person.client.post(form.action, data=data | {"answer": "yes"}).status_code == 303
        assert person.open("/o/permissions").sees("This is no longer asked.")

    def test_nobody_else_can_give_it(self, asked, person_of, holder, officer, rows):
        own, other = person_of(asked.holder), person_of(holder)
        form = own.open("/o/permissions").page.forms[-1]
        token = other.open("/o/permissions").typed("csrf_token")
        token = token if isinstance(token, str) else token[0]
        other.client.post(form.action, data={"csrf_token": token, "answer": "yes"})
        assert self.waived(rows, officer, asked) == []


class TestQuestionsOfOfficers:
    @pytest.fixture
    def question(self, session, pair, officer):
        from registry.services.questions.ask_question import ask_question

        view = ask_question(
            session, officer, "need", pair.need.id, to_role="organisation", text="By which bank?"
        )
        session.commit()
        return view

    def test_it_is_answered_where_it_stands(self, question, person, pair):
        person.open(f"/o/needs/{pair.need.id}").send(
            "Send the answer", {"answer": "One in Vilnius."}
        )
        assert person.address == "/o/questions"
        assert person.sees("Your answer is sent.", "One in Vilnius.")

    def test_an_empty_answer_is_asked_for_again(self, question, person):
        person.open("/o/home").follow("Read and answer").send("Send the answer")
        assert person.status == 422
        assert person.sees("By which bank?", "Fill this in")

    def test_a_second_answer_changes_nothing_and_says_so(self, question, person):
        person.open(f"/o/questions/{question['id']}")
        data = {each.name: each.values for each in person.page.forms[-1].fields}
        person.client.post(person.address, data=data | {"answer": "One in Vilnius."})
        late = person.client.post(person.address, data=data | {"answer": "Another one."})
        assert late.status_code == 409
        assert "Nothing was changed." in late.text
        assert person.open("/o/questions").sees("One in Vilnius.")
        assert "Another one." not in person.source

    def test_somebody_elses_is_not_there(self, question, person_of, holder):
        assert person_of(holder).open(f"/o/questions/{question['id']}").status == 404

    def test_one_can_ask_the_officers_about_oneself(self, person, session, officer):
        person.open("/o/about").follow("Ask the officers")
        person.send("Send the question", {"text": "Please suspend us."})
        assert person.sees("Please suspend us.")
        (asked,) = list_questions(session, officer, waiting_for_me=True)
        assert asked["text"] == "Please suspend us."


class TestProfile:
    def test_what_was_said_can_be_changed(self, person, pair):
        person.open("/o/about").follow("Change it")
        person.send("Save", {"operates_in": ["BY", "PL", "AM"], "declines_anonymous": "true"})
        assert person.sees("It is saved.", "Belarus; Poland; Armenia")

    def test_how_far_it_was_checked_is_not_its_own_to_say(self, person, pair, rows):
        person.open("/o/about/change")
        data = {each.name: each.values for each in person.page.forms[-1].fields}
        answer = person.client.post("/o/about/change", data=data | {"vetting": "vouched"})
        assert answer.status_code == 422

    def test_two_tabs_lose_nothing(self, person_of, pair):
        first, second = person_of(pair.holder), person_of(pair.holder)
        for tab in (first, second):
            tab.open("/o/about/change")
        first.send("Save", {"handle": "Oak of 2026"})
        second.send("Save", {"handle": "Ash of 2026"})
        assert second.status == 409
        assert second.sees("Oak of 2026 Ash of 2026")
        assert second.send("Save").sees("It is saved.", "Ash of 2026")

    def test_it_says_that_one_can_freeze_and_delete_by_oneself(self, person):
        person.open("/o/about")
        assert person.sees("You can freeze or delete everything by yourselves")
        assert person.follow("Your sign-in").sees("Freeze everything", "Delete everything")
