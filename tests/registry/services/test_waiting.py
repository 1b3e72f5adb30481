"""What waits for whom: the lines of the home pages, and the number in the header."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from registry.identity.actor import Actor
from registry.services.matches.consent_match import consent_match
from registry.services.matches.note_match import note_match
from registry.services.matches.propose_matches import propose_for_need, propose_for_offer
from registry.services.matches.record_interest import record_interest
from registry.services.matches.waive_rule import waive_rule
from registry.services.questions.answer_question import answer_question
from registry.services.questions.ask_question import ask_question
from registry.services.waiting import count_waiting, what_waits
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.organisations import Organisation
from search.codes import MatchState, NeedStatus, OfferStatus, Urgency, Vetting
from tests.counting import statements
from tests.factories import DonorFactory, NeedFactory, OfferFactory, OrganisationFactory
from tests.factories.matches import Pair, bring_to, make_pair

S = MatchState


def kinds(session: RegistrySession, actor: Actor) -> dict[str, int]:
    counted: dict[str, int] = {}
    for item in what_waits(session, actor)["items"]:
        counted[item["kind"]] = counted.get(item["kind"], 0) + item["count"]
    return counted


def item(session: RegistrySession, actor: Actor, kind: str) -> dict[str, Any]:
    return next(each for each in what_waits(session, actor)["items"] if each["kind"] == kind)


def test_a_match_waits_for_one_after_the_other(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    assert kinds(session, officer) == {"proposals": 1}
    assert kinds(session, pair.giver) == kinds(session, pair.holder) == {}
    bring_to(session, pair, officer, S.OFFERED)
    assert kinds(session, pair.giver) == {"need_offered": 1}
    assert kinds(session, pair.holder) == {}
    record_interest(session, pair.giver, pair.id)
    assert kinds(session, pair.giver) == {}
    assert kinds(session, pair.holder) == {"offer_to_look_at": 1}
    consent_match(session, pair.holder, pair.id)
    for actor in (pair.giver, pair.holder, officer):
        assert kinds(session, actor) == {"introduced": 1}


def test_a_line_says_what_it_is_about_since_when_and_until_when(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.OFFERED)
    line = item(session, pair.giver, "need_offered")
    assert (line["id"], line["since"], line["until"]) == (
        pair.id,
        session.today,
        pair.need.needed_by,
    )
    assert (line["category"], line["country"]) == ("fixed_costs.rent", "PL")


def test_questions_wait_for_whoever_was_asked(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    asked = ask_question(
        session, officer, "need", pair.need.id, to_role="organisation", text="Which street?"
    )
    ask_question(session, pair.giver, "offer", pair.offer.id, to_role="officer", text="And now?")
    assert kinds(session, pair.holder) == {"question": 1}
    assert kinds(session, officer) == {"proposals": 1, "question": 1}
    answer_question(session, pair.holder, asked["id"], "The long one.")
    assert kinds(session, pair.holder) == {}
    assert kinds(session, officer) == {"proposals": 1, "question": 1, "answer": 1}


def test_a_rule_that_an_officer_asks_about_waits_for_the_organisation(
    session: RegistrySession, officer: Actor
) -> None:
    pair = make_pair(offer={"decision_days": None})
    waive_rule(session, officer, pair.id, rule="time_sufficient", note="It can wait.")
    assert kinds(session, pair.holder) == {"waiver_asked": 1}
    assert count_waiting(session, pair.holder) == 1


@pytest.mark.parametrize(("days", "waits"), [(14, True), (15, False)])
def test_a_need_that_runs_out_soon_is_worth_a_look(
    session: RegistrySession, holder: Actor, days: int, waits: bool
) -> None:
    own = session.get_one(Organisation, holder.organisation_id)
    NeedFactory.create(organisation=own, needed_by=session.today + timedelta(days=days))
    assert ("need_runs_out" in kinds(session, holder)) is waits


def test_drafts_wait_for_their_writers_but_not_in_the_header(
    session: RegistrySession, pair: Pair
) -> None:
    NeedFactory.create(organisation=pair.organisation, status=NeedStatus.DRAFT)
    OfferFactory.create(donor=pair.donor, status=OfferStatus.DRAFT)
    assert kinds(session, pair.holder) == {"need_draft": 1}
    assert kinds(session, pair.giver) == {"offer_draft": 1}
    assert count_waiting(session, pair.holder) == count_waiting(session, pair.giver) == 0


def test_officers_see_emergencies_their_own_cases_and_whom_to_check(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    note_match(session, officer, pair.id, note="I rang them.")
    NeedFactory.create(urgency=Urgency.EMERGENCY)
    OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
    DonorFactory.create(vetting=Vetting.UNVERIFIED)
    assert kinds(session, officer) == {
        "emergency_to_confirm": 1,
        "assigned": 1,
        "proposals": 1,
        "unverified_organisations": 1,
        "unverified_donors": 1,
    }
    assert count_waiting(session, officer) == 2


def test_two_hundred_proposals_for_one_need_are_one_thing_to_look_at(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    for _ in range(3):
        OfferFactory.create()
    propose_for_need(session, pair.need.id)
    assert kinds(session, officer) == {"proposals": 1}


def test_what_waits_for_others_waits_not_for_me(
    *,
    session: RegistrySession,
    pair: Pair,
    officer: Actor,
    holder: Actor,
    giver: Actor,
    auditor: Actor,
) -> None:
    bring_to(session, pair, officer, S.INTERESTED)
    ask_question(session, officer, "need", pair.need.id, to_role="organisation", text="Which?")
    for stranger in (holder, giver, auditor):
        assert what_waits(session, stranger) == {"count": 0, "items": []}


def test_the_number_in_the_header_is_that_of_the_page(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.INTERESTED)
    ask_question(session, officer, "need", pair.need.id, to_role="organisation", text="Which?")
    for actor in (officer, pair.holder, pair.giver):
        assert count_waiting(session, actor) == what_waits(session, actor)["count"]
    assert count_waiting(session, pair.holder) == 2


def test_nothing_guarded_is_opened_for_what_waits(
    session: RegistrySession, pair: Pair, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_to(session, pair, officer, S.INTERESTED)
    ask_question(session, officer, "need", pair.need.id, to_role="organisation", text="Which?")
    monkeypatch.setattr(type(session.vault), "read", lambda *_: pytest.fail("opened"))
    for actor in (officer, pair.holder, pair.giver):
        what_waits(session, actor)


def test_the_header_costs_the_same_few_statements_however_much_waits(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    for _ in range(6):
        NeedFactory.create()
    propose_for_offer(session, pair.offer.id)
    for match in session.exec(select(Match).where(col(Match.donor_id) == pair.donor.id)):
        match.state, match.offered_on = S.OFFERED, session.today
    session.commit()
    session.expunge_all()
    with statements(session) as sent:
        assert count_waiting(session, pair.giver) == 7
    assert len(sent) <= 5
