"""Refusals roll up to rules, parts and programmes; nobody can be made out of it."""

from datetime import timedelta
from typing import Any

import pytest

from registry.domain.errors import NotAllowedError
from registry.identity.actor import Actor
from registry.services.matches import read_feedback as feedback_module
from registry.services.matches.decline_match import decline_match
from registry.services.matches.dismiss_match import dismiss_match
from registry.services.matches.read_feedback import LEAST, read_feedback
from registry.services.matches.waive_rule import waive_rule
from registry.services.programmes.add_programme import add_programme
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.programmes import GENERAL
from search.codes import MatchState, ReasonCode
from tests.conftest import TODAY
from tests.factories.matches import Pair, bring_to, make_pair


def only_programme(session: RegistrySession, officer: Actor) -> dict[str, Any]:
    (programme,) = read_feedback(session, officer, TODAY)["programmes"]
    found: dict[str, Any] = programme
    return found


def set_value(session: RegistrySession, match: Match, part: str, value: float) -> None:
    evidence = session.vault.read_document(match, "evidence")
    evidence["parts"][part]["value"] = value
    session.vault.write_document(match, "evidence", evidence)
    session.add(match)


def test_reasons_are_laid_to_rules_and_parts(session: RegistrySession, officer: Actor) -> None:
    for reason in (ReasonCode.TIMING, ReasonCode.TIMING, ReasonCode.OTHER):
        dismiss_match(session, officer, make_pair().id, reason_code=reason)
    shown = make_pair()
    bring_to(session, shown, officer, MatchState.OFFERED)
    decline_match(session, shown.giver, shown.id, reason_code=ReasonCode.TIMING)
    found = only_programme(session, officer)
    assert (found["id"], found["name"], found["refused"], found["agreed"]) == (GENERAL, None, 4, 0)
    assert found["reasons"] == [
        {"reason": ReasonCode.TIMING, "count": 3, "by": {"officer": 2, "donor": 1}},
        {"reason": ReasonCode.OTHER, "count": 1, "by": {"officer": 1}},
    ]
    assert found["rules"] == [
        {"rule": rule, "blamed": 3, "waived": 0}
        for rule in ("months_within_limit", "offer_open", "time_sufficient")
    ]
    assert found["parts"][0]["part"] == "time_slack"
    assert found["parts"][0]["blamed"] == 3
    assert {each["tells"] for each in found["parts"]} == {"too_few"}
    assert round(sum(each["weight"] for each in found["parts"]), 6) == 1


def test_rules_that_are_set_aside_are_counted(session: RegistrySession, officer: Actor) -> None:
    pair = make_pair(offer={"target_groups": ["youth"]})
    waive_rule(session, officer, pair.id, rule="target_group_covered", note="They do help them.")
    found = only_programme(session, officer)
    assert found["rules"] == [{"rule": "target_group_covered", "blamed": 0, "waived": 1}]


@pytest.mark.parametrize(
    ("refused", "agreed", "tells"),
    [(0.9, 0.2, "wrongly"), (0.2, 0.9, "apart"), (0.5, 0.54, "nothing")],
)
def test_a_part_that_refused_ones_had_more_of_misled(
    session: RegistrySession, officer: Actor, refused: float, agreed: float, tells: str
) -> None:
    for value, state in ((refused, None), (agreed, MatchState.INTRODUCED)):
        for _ in range(LEAST):
            pair = settle(session, officer, state)
            set_value(session, pair.match, "flexibility", value)
    found = only_programme(session, officer)
    assert (found["refused"], found["agreed"]) == (LEAST, LEAST)
    (part,) = [each for each in found["parts"] if each["part"] == "flexibility"]
    assert (part["refused"], part["agreed"], part["tells"]) == (refused, agreed, tells)


def settle(session: RegistrySession, officer: Actor, state: MatchState | None) -> Pair:
    """Make a pair and bring it to a state; dismiss it where none is named."""
    pair = make_pair()
    if state is None:
        dismiss_match(session, officer, pair.id, reason_code=ReasonCode.OTHER)
    else:
        bring_to(session, pair, officer, state)
    return pair


def test_each_programme_stands_for_itself(session: RegistrySession, officer: Actor) -> None:
    made = add_programme(session, officer, name="Winter fund")
    inside, outside = make_pair(), make_pair()
    inside.match.programme_id = made["id"]
    session.add(inside.match)
    for pair, reason in ((inside, ReasonCode.WRONG_COUNTRY), (outside, ReasonCode.DUPLICATE)):
        dismiss_match(session, officer, pair.id, reason_code=reason)
    found = read_feedback(session, officer, TODAY)["programmes"]
    told = [(each["name"], [line["reason"] for line in each["reasons"]]) for each in found]
    assert told == [(None, [ReasonCode.DUPLICATE]), ("Winter fund", [ReasonCode.WRONG_COUNTRY])]


def test_what_is_gone_or_older_or_came_back_does_not_count(
    session: RegistrySession, officer: Actor
) -> None:
    back = make_pair()
    dismiss_match(session, officer, back.id, reason_code=ReasonCode.TIMING)
    back.match.state = MatchState.PROPOSED
    gone = make_pair()
    dismiss_match(session, officer, gone.id, reason_code=ReasonCode.TIMING)
    session.commit()
    session.vault.keys.destroy_key(gone.organisation.id)
    found = only_programme(session, officer)
    assert found["refused"] == 0
    assert found["reasons"][0]["count"] == 2
    later = read_feedback(session, officer, TODAY + timedelta(days=1))
    assert later["programmes"] == []


def test_work_is_bounded(
    session: RegistrySession, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        dismiss_match(session, officer, make_pair().id, reason_code=ReasonCode.TIMING)
    monkeypatch.setattr(feedback_module, "MOST_READ", 2)
    found = read_feedback(session, officer, TODAY)
    assert found["more"] is True
    assert found["programmes"][0]["refused"] == 2


def test_only_officers_read_it(session: RegistrySession, giver: Actor) -> None:
    with pytest.raises(NotAllowedError):
        read_feedback(session, giver, TODAY)
