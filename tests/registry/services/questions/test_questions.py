"""Free questions: who may ask whom about what, who answers, who reads them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from registry.domain.errors import (
    InvalidMoveError,
    NotAllowedError,
    NotFoundError,
    RecordRefusedError,
)
from registry.domain.roles import Role
from registry.identity.actor import HOUSE, Actor
from registry.services.questions.answer_question import answer_question
from registry.services.questions.ask_question import ask_once, ask_question
from registry.services.questions.list_questions import list_questions
from registry.services.questions.withdraw_question import withdraw_question
from registry.storage.accounts import Account
from registry.storage.audit import AuditEntry
from registry.storage.database import RegistrySession
from registry.storage.questions import Question
from search.codes import MatchState, QuestionState
from tests.factories import OrganisationFactory
from tests.factories.matches import Pair, bring_to

TEXT = "Could the landlord wait until February?"
ANSWER = "He says he can, until the tenth."


def about_of(pair: Pair, kind: str) -> str:
    return str(getattr(pair, kind).id)


@pytest.mark.parametrize(
    ("kind", "to"),
    [
        ("need", "organisation"),
        ("organisation", "organisation"),
        ("match", "organisation"),
        ("offer", "donor"),
        ("donor", "donor"),
        ("match", "donor"),
    ],
)
def test_an_officer_asks_a_party_and_it_answers(
    session: RegistrySession, pair: Pair, officer: Actor, kind: str, to: str
) -> None:
    asked = ask_question(session, officer, kind, about_of(pair, kind), to_role=to, text=TEXT)
    party = pair.holder if to == "organisation" else pair.giver
    (waiting,) = list_questions(session, party, waiting_for_me=True)
    assert (waiting["id"], waiting["text"], waiting["asked_by"]) == (asked["id"], TEXT, "officer")
    assert waiting["may_answer"]
    assert not waiting["may_withdraw"]
    answered = answer_question(session, party, asked["id"], ANSWER)
    assert (answered["state"], answered["answered_on"]) == (QuestionState.ANSWERED, session.today)
    (seen,) = list_questions(session, officer, "answered")
    assert seen["answer"] == ANSWER
    assert list_questions(session, party, waiting_for_me=True) == []


@pytest.mark.parametrize(
    ("kind", "to"),
    [("need", "donor"), ("offer", "organisation"), ("need", "officer"), ("donor", "both")],
)
def test_an_officer_asks_only_whom_it_concerns(
    session: RegistrySession, pair: Pair, officer: Actor, kind: str, to: str
) -> None:
    with pytest.raises(RecordRefusedError) as refused:
        ask_question(session, officer, kind, about_of(pair, kind), to_role=to, text=TEXT)
    assert refused.value.problems[0].field == "to_role"


@pytest.mark.parametrize(("who", "kind"), [("holder", "need"), ("giver", "offer")])
def test_a_party_asks_the_officers(
    session: RegistrySession, pair: Pair, officer: Actor, who: str, kind: str
) -> None:
    party = getattr(pair, who)
    asked = ask_question(session, party, kind, about_of(pair, kind), to_role="officer", text=TEXT)
    (waiting,) = list_questions(session, officer, waiting_for_me=True)
    assert (waiting["id"], waiting["text"]) == (asked["id"], TEXT)
    assert asked["asked_by_me"]
    answer_question(session, officer, asked["id"], ANSWER)
    assert list_questions(session, party)[0]["answer"] == ANSWER


@pytest.mark.parametrize("kind", ["organisation", "need", "match"])
def test_the_same_form_sent_twice_asks_once(
    session: RegistrySession, pair: Pair, officer: Actor, kind: str
) -> None:
    if kind == "match":
        bring_to(session, pair, officer, MatchState.INTERESTED)
    for text in (TEXT, TEXT, "Something else?"):
        ask_once(session, pair.holder, kind, about_of(pair, kind), to_role="officer", text=text)
    asked = [each["text"] for each in list_questions(session, pair.holder)]
    assert sorted(asked) == sorted([TEXT, "Something else?"])


def test_the_two_sides_do_not_ask_each_other(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, MatchState.INTERESTED)
    for party, to in ((pair.holder, "donor"), (pair.giver, "organisation")):
        with pytest.raises(NotAllowedError):
            ask_question(session, party, "match", pair.id, to_role=to, text=TEXT)


def test_nobody_asks_about_what_is_not_theirs_to_see(
    session: RegistrySession, pair: Pair, holder: Actor, giver: Actor, auditor: Actor
) -> None:
    for stranger in (holder, giver, auditor):
        for kind in ("need", "offer", "match", "organisation", "donor"):
            for about in (about_of(pair, kind), "f" * 32):
                with pytest.raises(NotFoundError):
                    ask_question(session, stranger, kind, about, to_role="officer", text=TEXT)
    with pytest.raises(NotFoundError):
        ask_question(session, pair.holder, "match", pair.id, to_role="officer", text=TEXT)


def test_a_party_does_not_learn_of_a_match_from_a_question(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    ask_question(session, officer, "match", pair.id, to_role="organisation", text=TEXT)
    ask_question(session, officer, "match", pair.id, to_role="donor", text=TEXT)
    (to_holder,) = list_questions(session, pair.holder)
    (to_giver,) = list_questions(session, pair.giver)
    assert (to_holder["about_kind"], to_holder["about"]) == ("need", pair.need.id)
    assert (to_giver["about_kind"], to_giver["about"]) == ("offer", pair.offer.id)
    bring_to(session, pair, officer, MatchState.INTERESTED)
    for party in (pair.holder, pair.giver):
        (seen,) = list_questions(session, party)
        assert (seen["about_kind"], seen["about"]) == ("match", pair.id)


def test_questions_are_read_by_the_two_who_talk_and_by_no_one_else(
    *,
    session: RegistrySession,
    pair: Pair,
    officer: Actor,
    holder: Actor,
    auditor: Actor,
    partner: Actor,
) -> None:
    asked = ask_question(session, officer, "need", pair.need.id, to_role="organisation", text=TEXT)
    for stranger in (pair.giver, holder, auditor, partner):
        assert list_questions(session, stranger) == []
        for act in (
            lambda who: answer_question(session, who, asked["id"], ANSWER),
            lambda who: withdraw_question(session, who, asked["id"]),
        ):
            with pytest.raises(NotFoundError):
                act(stranger)
    assert TEXT in str(list_questions(session, officer))


def test_a_party_is_told_a_role_and_not_which_officer(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    ask_question(session, officer, "need", pair.need.id, to_role="organisation", text=TEXT)
    (seen,) = list_questions(session, pair.holder)
    assert officer.account_id not in str(seen)


def test_text_and_answer_are_guarded_by_the_partys_key(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    asked = ask_question(session, officer, "match", pair.id, to_role="donor", text=TEXT)
    answer_question(session, pair.giver, asked["id"], ANSWER)
    row = session.get_one(Question, asked["id"])
    assert row.key_owner == pair.donor.id
    assert row.text is not None
    assert row.answer is not None
    assert b"landlord" not in row.text.body + row.answer.body


def test_a_party_that_deleted_itself_takes_its_questions_along(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    ask_question(session, officer, "need", pair.need.id, to_role="organisation", text=TEXT)
    kept = ask_question(session, officer, "offer", pair.offer.id, to_role="donor", text=TEXT)
    session.vault.keys.destroy_key(pair.organisation.id)
    assert [view["id"] for view in list_questions(session, officer)] == [kept["id"]]


def test_the_side_that_asked_takes_a_question_back(
    session: RegistrySession, pair: Pair, officer: Actor, make_actor: Callable[..., Actor]
) -> None:
    asked = ask_question(session, officer, "need", pair.need.id, to_role="organisation", text=TEXT)
    with pytest.raises(NotAllowedError):
        withdraw_question(session, pair.holder, asked["id"])
    colleague = make_actor(Role.OFFICER)
    assert withdraw_question(session, colleague, asked["id"])["state"] == QuestionState.WITHDRAWN
    with pytest.raises(InvalidMoveError):
        answer_question(session, pair.holder, asked["id"], ANSWER)


@pytest.mark.parametrize("after", ["answered", "withdrawn"])
def test_a_question_is_answered_once(
    session: RegistrySession, pair: Pair, officer: Actor, after: str
) -> None:
    asked = ask_question(session, officer, "need", pair.need.id, to_role="organisation", text=TEXT)
    if after == "answered":
        answer_question(session, pair.holder, asked["id"], ANSWER)
    else:
        withdraw_question(session, officer, asked["id"])
    for act, actor in ((answer_question, pair.holder), (withdraw_question, officer)):
        arguments = (ANSWER,) if act is answer_question else ()
        with pytest.raises(InvalidMoveError) as refused:
            act(session, actor, asked["id"], *arguments)
        assert refused.value.possible == ()


def test_an_officer_answers_only_for_a_party_without_an_account(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    asked = ask_question(session, officer, "need", pair.need.id, to_role="organisation", text=TEXT)
    with pytest.raises(NotAllowedError):
        answer_question(session, officer, asked["id"], ANSWER)
    session.get_one(Account, pair.holder.account_id).active = False
    session.flush()
    answer_question(session, officer, asked["id"], ANSWER)
    entry = session.exec(select(AuditEntry).where(col(AuditEntry.act) == "question_answered")).one()
    assert entry.detail == "for_organisation"


def test_a_hub_answers_for_whom_it_hosts(
    session: RegistrySession, pair: Pair, officer: Actor, make_actor: Callable[..., Actor]
) -> None:
    hub = OrganisationFactory.create()
    pair.organisation.hosted_by_id = hub.id
    speaker = make_actor(Role.ORGANISATION, organisation_id=hub.id)
    asked = ask_question(session, officer, "need", pair.need.id, to_role="organisation", text=TEXT)
    assert [view["id"] for view in list_questions(session, speaker)] == [asked["id"]]
    assert answer_question(session, speaker, asked["id"], ANSWER)["answer"] == ANSWER


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ""}, "text"),
        ({"to_role": "everybody"}, "to_role"),
        ({"about_kind": "weather"}, "about_kind"),
    ],
)
def test_a_question_has_to_be_whole(
    session: RegistrySession, pair: Pair, officer: Actor, fields: dict[str, Any], field: str
) -> None:
    given = {"about_kind": "need", "to_role": "organisation", "text": TEXT} | fields
    with pytest.raises(RecordRefusedError) as refused:
        ask_question(session, officer, given.pop("about_kind"), pair.need.id, **given)
    assert refused.value.problems[0].field == field
    assert session.exec(select(Question)).all() == []


def test_an_empty_answer_is_none(session: RegistrySession, pair: Pair, officer: Actor) -> None:
    asked = ask_question(session, officer, "need", pair.need.id, to_role="organisation", text=TEXT)
    with pytest.raises(RecordRefusedError):
        answer_question(session, pair.holder, asked["id"], "")


def test_the_house_can_ask_too(session: RegistrySession, pair: Pair) -> None:
    asked = ask_question(session, HOUSE, "need", pair.need.id, to_role="organisation", text=TEXT)
    assert session.get_one(Question, asked["id"]).asked_by_id is None


def test_every_step_is_in_the_trail(session: RegistrySession, pair: Pair, officer: Actor) -> None:
    asked = ask_question(session, officer, "need", pair.need.id, to_role="organisation", text=TEXT)
    answer_question(session, pair.holder, asked["id"], ANSWER)
    statement = select(AuditEntry).where(col(AuditEntry.subject) == asked["id"])
    assert [(entry.act, entry.actor) for entry in session.exec(statement)] == [
        ("question_asked", officer.account_id),
        ("question_answered", pair.holder.account_id),
    ]
