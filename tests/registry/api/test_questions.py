"""Questions over the API: under the record they are about, with the record's own scopes."""

import pytest

from registry.domain.roles import Role, Scope
from registry.services.questions.ask_question import ask_question
from registry.storage.accounts import Account
from search.codes import MatchState
from tests.factories.matches import bring_to, make_pair

RECORDS = ("needs", "offers", "organisations", "donors", "matches")


@pytest.fixture
def pair(session):
    made = make_pair()
    session.commit()
    return made


@pytest.fixture
def ask(session, officer):
    def put(about_kind, about_id, to_role):
        asked = ask_question(session, officer, about_kind, about_id, to_role=to_role, text="Why?")
        session.commit()
        return asked

    return put


@pytest.fixture
def holder(api_client, session, pair):
    return api_client(Role.ORGANISATION, account=session.get_one(Account, pair.holder.account_id))


@pytest.fixture
def giver(api_client, session, pair):
    return api_client(Role.DONOR, account=session.get_one(Account, pair.giver.account_id))


def test_who_was_asked_reads_and_answers_once(holder, pair, ask):
    asked = ask("need", pair.need.id, "organisation")
    path = f"/needs/{pair.need.id}/questions"

    (question,) = holder.get(path).json["items"]
    assert question | {"id": "", "asked_on": ""} == {
        "id": "",
        "about_kind": "need",
        "about": pair.need.id,
        "to_role": "organisation",
        "asked_by": "officer",
        "text": "Why?",
        "state": "open",
        "asked_on": "",
        "may_answer": True,
    }
    answered = holder.post(f"{path}/{asked['id']}", {"answer": "Because."})
    assert answered.status_code == 200
    assert (answered.json["answer"], answered.json["state"]) == ("Because.", "answered")
    assert holder.post(f"{path}/{asked['id']}", {"answer": "Again."}).status_code == 409


@pytest.mark.parametrize("about", ["organisation", "offer", "donor"])
def test_questions_about_other_records_are_reached_the_same_way(holder, giver, pair, ask, about):
    record = getattr(pair, about)
    role, client = ("organisation", holder) if about == "organisation" else ("donor", giver)
    asked = ask(about, record.id, role)
    path = f"/{about}s/{record.id}/questions"

    assert [each["id"] for each in client.get(path).json["items"]] == [asked["id"]]
    assert client.post(f"{path}/{asked['id']}", {"answer": "So."}).json["answer"] == "So."


def test_a_match_that_may_not_be_seen_yet_is_not_told_of(holder, pair, ask, session, officer):
    ask("match", pair.id, "organisation")

    assert holder.get(f"/matches/{pair.id}/questions").status_code == 404
    (question,) = holder.get(f"/needs/{pair.need.id}/questions").json["items"]
    assert (question["about_kind"], question["about"]) == ("need", pair.need.id)
    assert pair.id not in str(question)

    bring_to(session, pair, officer, MatchState.INTERESTED)
    assert holder.get(f"/needs/{pair.need.id}/questions").json["items"] == []
    (question,) = holder.get(f"/matches/{pair.id}/questions").json["items"]
    assert question["about"] == pair.id


def test_what_one_side_is_asked_the_other_does_not_read(
    holder, giver, pair, ask, *, session, officer
):
    bring_to(session, pair, officer, MatchState.INTERESTED)
    asked = ask("match", pair.id, "organisation")
    path = f"/matches/{pair.id}/questions"

    assert giver.get(path).json["items"] == []
    assert giver.post(f"{path}/{asked['id']}", {"answer": "Me."}).status_code == 404
    assert holder.post(f"{path}/{asked['id']}", {"answer": "Us."}).status_code == 200


@pytest.mark.parametrize("record", RECORDS)
def test_a_foreign_record_and_one_that_is_not_look_the_same(api_client, pair, ask, record):
    ask("need", pair.need.id, "organisation")
    stranger = api_client(Role.ORGANISATION)
    of = {"needs": pair.need.id, "offers": pair.offer.id, "matches": pair.id}
    of |= {"organisations": pair.organisation.id, "donors": pair.donor.id}
    foreign = stranger.get(f"/{record}/{of[record]}/questions")
    missing = stranger.get(f"/{record}/{'0' * 32}/questions")

    assert foreign.status_code == missing.status_code == 404
    assert foreign.data == missing.data


def test_a_question_is_answered_only_under_its_own_record(holder, pair, ask):
    asked = ask("need", pair.need.id, "organisation")
    path = f"/organisations/{pair.organisation.id}/questions/{asked['id']}"

    assert holder.post(path, {"answer": "Because."}).status_code == 404


def test_reading_is_not_writing(api_client, session, pair, ask):
    asked = ask("need", pair.need.id, "organisation")
    account = session.get_one(Account, pair.holder.account_id)
    reader = api_client(Role.ORGANISATION, Scope.NEEDS_READ, account=account)
    path = f"/needs/{pair.need.id}/questions"

    assert reader.get(path).status_code == 200
    assert reader.post(f"{path}/{asked['id']}", {"answer": "Because."}).status_code == 403
    assert reader.get(f"/organisations/{pair.organisation.id}/questions").status_code == 403
