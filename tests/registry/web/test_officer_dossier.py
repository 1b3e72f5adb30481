"""The text of a need is opened by an act that is counted; its codes are read freely."""

import pytest
from sqlmodel import col, select

from registry.services.needs import count_text
from registry.services.needs.open_dossier import open_dossier
from registry.storage.audit import AuditEntry
from registry.storage.matches import Match
from tests.factories import NeedFactory
from tests.factories.matches import make_pair
from tests.person import Person

TEXT = "Our newsroom of four keeps its two rooms until the new grant begins."


@pytest.fixture
def pair(session):
    return make_pair(need={"situation": "They were searched last week."})


@pytest.fixture
def person(person_of, pair, officer) -> Person:
    return person_of(officer)


def openings(rows) -> list[str]:
    with rows() as session:
        statement = select(col(AuditEntry.subject)).where(col(AuditEntry.act) == count_text.ACT)
        return list(session.exec(statement))


def test_it_is_closed_at_first_and_codes_are_not(pair, person, rows):
    person.open(f"/desk/needs/{pair.need.id}")
    assert person.sees("The text is closed.", "€4,500", "You may open 60 more texts today.")
    assert TEXT not in person.source
    assert "searched last week" not in person.source
    assert openings(rows) == []


def test_opened_it_stands_there_for_the_day_is_counted_once_and_is_mine(
    pair, person, rows, officer
):
    person.open(f"/desk/needs/{pair.need.id}").send("Open the text")
    assert person.sees(TEXT, "For officers only", "They were searched last week.", "with you")
    open_again = person.post(f"/desk/needs/{pair.need.id}/open")
    assert open_again.status_code == 303
    assert openings(rows) == [pair.need.id]
    with rows() as session:
        assert session.get_one(Match, pair.id).assigned_to_id == officer.account_id


def test_it_is_closed_again_the_next_day(pair, person, calendar):
    person.open(f"/desk/needs/{pair.need.id}").send("Open the text")
    calendar.pass_days(1)
    assert person.open(f"/desk/needs/{pair.need.id}").sees("The text is closed.")


def test_what_one_opened_another_has_still_to_open(session, pair, person, officer, person_of):
    from tests.factories import AccountFactory

    colleague = person_of(AccountFactory.create(role="officer"))
    person.open(f"/desk/needs/{pair.need.id}").send("Open the text")
    assert colleague.open(f"/desk/needs/{pair.need.id}").sees("The text is closed.")


def test_what_a_colleague_holds_stays_with_the_colleague(session, pair, officer, make_actor):
    first = make_actor("officer")
    open_dossier(session, first, pair.need.id)
    open_dossier(session, officer, pair.need.id)
    assert pair.match.assigned_to_id == first.account_id


def test_past_the_limit_it_stays_closed_and_says_so(pair, person, rows, monkeypatch):
    monkeypatch.setattr(count_text, "TEXTS_A_DAY", 0)
    person.open(f"/desk/needs/{pair.need.id}").send("Open the text")
    assert person.sees("You have opened 0 texts today, and that is the limit.")
    assert TEXT not in person.source
    assert openings(rows) == []


def test_a_need_without_a_text_has_nothing_to_open(session, person_of, officer):
    need = NeedFactory.create(title=None, summary=None)
    person = person_of(officer).open(f"/desk/needs/{need.id}")
    assert person.sees("They wrote no text")
    assert person.sees("Nothing fits this need yet.")


def test_a_question_to_the_organisation_waits_there(pair, person, person_of):
    person.open(f"/desk/needs/{pair.need.id}").follow("Ask the organisation")
    assert person.send("Send the question", {"text": ""}).status == 422
    person.send("Send the question", {"text": "By which day is it paid?"})
    assert person.sees("By which day is it paid?", "You asked the organisation")
    assert person_of(pair.holder).open("/o/questions").sees("By which day is it paid?")
    person.send("Take it back").sees("The question is taken back.")
    assert not person_of(pair.holder).open("/o/questions").sees("Waiting for an answer")


def test_a_need_that_is_not_there(person):
    assert person.open(f"/desk/needs/{'0' * 32}").status == 404
    person.open("/desk/queue")
    assert person.post(f"/desk/needs/{'0' * 32}/open").status_code == 404
