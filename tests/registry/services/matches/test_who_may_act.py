"""Every act, by everybody whose act it is not: refused, and nothing is written."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import func, select

from registry.domain.errors import (
    InvalidMoveError,
    NotAllowedError,
    NotFoundError,
    RegistryError,
)
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.services.matches.assign_match import assign_match, assign_need, list_officers
from registry.services.matches.award_match import award_match
from registry.services.matches.consent_match import consent_match
from registry.services.matches.decline_match import decline_many, decline_match
from registry.services.matches.dismiss_match import dismiss_match
from registry.services.matches.forbid_match import forbid_match
from registry.services.matches.get_match import get_match
from registry.services.matches.list_matches import list_matches
from registry.services.matches.list_queue import list_queue
from registry.services.matches.note_match import note_match
from registry.services.matches.offer_match import offer_match
from registry.services.matches.pin_match import pin_match
from registry.services.matches.record_interest import record_interest
from registry.services.matches.shortlist_match import shortlist_match
from registry.services.matches.waive_rule import waive_rule
from registry.services.matches.withdraw_match import withdraw_match
from registry.storage.audit import AuditEntry
from registry.storage.database import RegistrySession
from registry.storage.matches import Review
from search.codes import MatchState, ReasonCode
from search.money import Money
from tests.factories.matches import Pair, bring_to

S = MatchState
NO = {"reason_code": ReasonCode.TIMING}
ACTS: dict[Callable[..., Any], tuple[dict[str, Any], MatchState, set[str]]] = {
    shortlist_match: ({}, S.PROPOSED, {"officer"}),
    offer_match: ({}, S.SHORTLISTED, {"officer"}),
    record_interest: ({}, S.OFFERED, {"giver"}),
    consent_match: ({}, S.INTERESTED, {"holder"}),
    award_match: ({"amount": Money(100_000, "EUR")}, S.INTRODUCED, {"officer", "giver"}),
    dismiss_match: (NO, S.PROPOSED, {"officer"}),
    forbid_match: (NO, S.INTERESTED, {"officer"}),
    pin_match: ({}, S.PROPOSED, {"officer"}),
    note_match: ({"note": "Ask again in May."}, S.INTERESTED, {"officer"}),
    decline_match: (NO, S.INTRODUCED, {"officer", "giver", "holder"}),
    withdraw_match: (NO, S.INTRODUCED, {"officer", "giver", "holder"}),
    assign_match: ({"to": None}, S.PROPOSED, {"officer"}),
}
"""Act -> its fields, a state in which it is possible, and whose it is."""

INSIDERS = ("officer", "holder", "giver")
STRANGERS = ("other_holder", "other_giver", "partner", "auditor")
PEOPLE = (*INSIDERS, *STRANGERS)
WRONG = [(act, who) for act, (_, _, whose) in ACTS.items() for who in INSIDERS if who not in whose]
RIGHT = [(act, who) for act, (_, _, whose) in ACTS.items() for who in sorted(whose)]


def named(value: object) -> str:
    return getattr(value, "__name__", str(value))


@pytest.fixture
def people(pair: Pair, officer: Actor, make_actor: Callable[..., Actor]) -> dict[str, Actor]:
    return {
        "officer": officer,
        "holder": pair.holder,
        "giver": pair.giver,
        "other_holder": make_actor(Role.ORGANISATION),
        "other_giver": make_actor(Role.DONOR),
        "partner": make_actor(Role.PARTNER),
        "auditor": make_actor(Role.AUDITOR),
    }


def written(session: RegistrySession) -> tuple[int, int]:
    reviews = session.exec(select(func.count()).select_from(Review)).one()
    return reviews, session.exec(select(func.count()).select_from(AuditEntry)).one()


@pytest.mark.parametrize(("act", "who"), RIGHT, ids=named)
def test_an_act_is_open_to_those_whose_it_is(
    session: RegistrySession, pair: Pair, people: dict[str, Actor], act: Any, who: str
) -> None:
    fields, state, _ = ACTS[act]
    bring_to(session, pair, people["officer"], state)
    standing = act(session, people[who], pair.id, **fields)
    assert standing["state"] == pair.match.state
    assert standing["version"] == pair.match.version


@pytest.mark.parametrize(("act", "who"), WRONG, ids=named)
def test_an_act_is_closed_to_the_other_two(
    session: RegistrySession, pair: Pair, people: dict[str, Actor], act: Any, who: str
) -> None:
    fields, state, _ = ACTS[act]
    bring_to(session, pair, people["officer"], state)
    before = written(session)
    version = pair.match.version
    with pytest.raises(RegistryError) as refused:
        act(session, people[who], pair.id, **fields)
    session.flush()
    assert isinstance(refused.value, NotFoundError | NotAllowedError | InvalidMoveError)
    assert written(session) == before
    assert (pair.match.state, pair.match.version) == (state, version)


@pytest.mark.parametrize("act", list(ACTS), ids=named)
def test_a_strangers_match_looks_like_none_at_all(
    session: RegistrySession, pair: Pair, people: dict[str, Actor], act: Any
) -> None:
    fields, state, _ = ACTS[act]
    bring_to(session, pair, people["officer"], state)
    before = written(session)
    # Handing over says no to everybody but officers, before it looks for the match.
    expected = NotAllowedError if act is assign_match else NotFoundError
    for who in STRANGERS:
        for match_id in (pair.id, "0" * 32):
            with pytest.raises(expected):
                act(session, people[who], match_id, **fields)
    assert written(session) == before


@pytest.mark.parametrize("state", [S.PROPOSED, S.SHORTLISTED])
def test_a_donor_sees_nothing_before_it_is_offered(
    session: RegistrySession, pair: Pair, officer: Actor, state: MatchState
) -> None:
    bring_to(session, pair, officer, state)
    assert list_matches(session, pair.giver).items == []
    for act in (record_interest, decline_match):
        fields = NO if act is decline_match else {}
        with pytest.raises(NotFoundError):
            act(session, pair.giver, pair.id, **fields)
    with pytest.raises(NotFoundError):
        get_match(session, pair.giver, pair.id, "en")


@pytest.mark.parametrize("state", [S.PROPOSED, S.SHORTLISTED, S.OFFERED])
def test_an_organisation_sees_nothing_before_the_donor_said_yes(
    session: RegistrySession, pair: Pair, officer: Actor, state: MatchState
) -> None:
    bring_to(session, pair, officer, state)
    assert list_matches(session, pair.holder).items == []
    with pytest.raises(NotFoundError):
        consent_match(session, pair.holder, pair.id)
    with pytest.raises(NotFoundError):
        get_match(session, pair.holder, pair.id, "en")


def test_the_queue_and_what_serves_it_are_the_officers(
    session: RegistrySession, pair: Pair, people: dict[str, Actor]
) -> None:
    for who in PEOPLE[1:]:
        with pytest.raises(NotAllowedError):
            list_queue(session, people[who])
        with pytest.raises(NotAllowedError):
            list_officers(session, people[who])
        with pytest.raises(NotAllowedError):
            assign_need(session, people[who], pair.need.id, to=None)
        with pytest.raises(NotAllowedError):
            decline_many(session, people[who], [pair.id], reason_code=ReasonCode.TIMING)
    with pytest.raises(NotAllowedError):
        list_matches(session, people["auditor"])


def test_waiving_a_rule_is_the_officers(
    session: RegistrySession, pair: Pair, people: dict[str, Actor]
) -> None:
    bring_to(session, pair, people["officer"], S.INTERESTED)
    for who in PEOPLE[1:]:
        with pytest.raises((NotFoundError, InvalidMoveError)):
            waive_rule(session, people[who], pair.id, rule="time_sufficient", note="It is enough.")
