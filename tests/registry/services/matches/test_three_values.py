"""Score, confidence and where people stand with a match are three values, each by itself."""

from registry.identity.actor import Actor
from registry.services.matches.decline_match import decline_match
from registry.services.matches.note_match import note_match
from registry.services.matches.pin_match import pin_match
from registry.services.matches.propose_matches import propose_again
from registry.services.matches.shortlist_match import shortlist_match
from registry.storage.database import RegistrySession
from search.codes import MatchState, ReasonCode, Urgency
from tests.factories.matches import Pair


def measured(pair: Pair) -> tuple[float, float]:
    return pair.match.score, pair.match.confidence


def test_no_act_of_a_person_moves_score_or_confidence(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    propose_again(session, pair.id)
    before = measured(pair)
    note_match(session, officer, pair.id, note="I rang them.")
    pin_match(session, officer, pair.id)
    shortlist_match(session, officer, pair.id)
    decline_match(session, officer, pair.id, reason_code=ReasonCode.TIMING)
    propose_again(session, pair.id)
    assert pair.match.state == MatchState.DECLINED
    assert measured(pair) == before


def test_what_becomes_known_moves_score_and_confidence_and_no_state(
    session: RegistrySession, pair: Pair
) -> None:
    pair.need.urgency_confirmed = None
    propose_again(session, pair.id)
    score, confidence = measured(pair)
    pair.need.urgency_confirmed = Urgency.EMERGENCY
    propose_again(session, pair.id)
    assert pair.match.state == MatchState.PROPOSED
    assert pair.match.score > score
    assert pair.match.confidence > confidence
