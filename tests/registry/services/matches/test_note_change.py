"""What is kept of a match that is judged anew, and for how long."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from registry.services.matches.note_change import KEPT_FOR, MOST_KEPT, forget_old_changes
from registry.services.matches.propose_matches import propose_all, propose_for_need
from registry.storage.database import RegistrySession
from registry.storage.match_changes import MatchChange
from registry.storage.matches import Match
from registry.storage.records import write_record
from search.codes import PairOutcome
from search.money import Money
from tests.conftest import TODAY
from tests.factories import NeedFactory, OfferFactory
from tests.factories.matches import CLEAR_TERMS, MatchFactory


def change(session: RegistrySession, row: Any, **fields: Any) -> None:
    write_record(session.vault, row, fields)
    session.add(row)
    session.flush()


def changes(session: RegistrySession) -> list[dict[str, Any]]:
    rows = session.exec(select(MatchChange).order_by(col(MatchChange.sequence)))
    return [session.vault.read_document(row, "what") for row in rows]


def test_a_change_of_facts_is_kept_with_what_it_did(session: RegistrySession) -> None:
    offer = OfferFactory.create(**CLEAR_TERMS)
    match = MatchFactory.create(offer=offer)
    assert match.proposed_on == TODAY
    score = match.score
    change(session, offer, publicity_required="named", decision_days=300)
    propose_all(session)
    (what,) = changes(session)
    assert what["outcome"] == [PairOutcome.ELIGIBLE, PairOutcome.NOT_ELIGIBLE]
    assert what["rules"] == {
        "publicity_compatible": ["met", "needs_information"],
        "time_sufficient": ["met", "not_met"],
    }
    assert what["facts"] == ["offer.decision_days", "offer.publicity_required"]
    assert what["score"] == [score, match.score]
    assert what["weights"][0] == what["weights"][1] == match.weights_version
    assert what["on"] == [TODAY.isoformat(), TODAY.isoformat()]
    assert "named" not in str(what), "values of facts stay out"


def test_what_differs_too_little_leaves_nothing(session: RegistrySession) -> None:
    offer = OfferFactory.create(**CLEAR_TERMS)
    match = MatchFactory.create(offer=offer)
    was = match.version
    change(session, offer, decision_days=11)
    propose_all(session)
    assert match.version != was, "it was judged by other facts"
    assert changes(session) == []


def test_a_score_that_moved_is_told_without_a_rule(session: RegistrySession) -> None:
    need = NeedFactory.create()
    offer = OfferFactory.create(**CLEAR_TERMS)
    match = MatchFactory.create(need=need, offer=offer)
    was = match.score
    change(session, need, minimum_useful=Money(10_000, "EUR"))
    change(session, offer, max_award=Money(50_000, "EUR"))
    propose_all(session)
    (what,) = changes(session)
    assert what["rules"] == {}
    assert what["outcome"] == [PairOutcome.ELIGIBLE, PairOutcome.ELIGIBLE]
    assert what["score"][0] == was
    assert what["score"][0] - what["score"][1] > 0.05


def test_the_oldest_go_when_there_are_many_and_when_they_are_old(session: RegistrySession) -> None:
    offer = OfferFactory.create(**CLEAR_TERMS)
    need = NeedFactory.create()
    MatchFactory.create(need=need, offer=offer)
    for number in range(MOST_KEPT + 3):
        change(session, offer, opens_on=TODAY + timedelta(days=number % 2))
        propose_for_need(session, need.id)
    kept = session.exec(select(col(MatchChange.sequence))).all()
    assert sorted(kept) == list(range(3, MOST_KEPT + 3)), "one of them changed nothing"
    session.exec(select(MatchChange)).first().day = TODAY - KEPT_FOR - timedelta(days=1)  # type: ignore[union-attr]
    session.flush()
    assert forget_old_changes(session) == 1
    assert forget_old_changes(session) == 0
    assert len(session.exec(select(MatchChange)).all()) == len(kept) - 1


def test_changes_go_with_their_match(session: RegistrySession) -> None:
    offer = OfferFactory.create(**CLEAR_TERMS)
    match = MatchFactory.create(offer=offer)
    change(session, offer, decision_days=300)
    propose_all(session)
    assert changes(session)
    session.delete(session.get_one(Match, match.id))
    session.flush()
    session.expire_all()
    assert changes(session) == []
