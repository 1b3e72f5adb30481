"""Rules set aside: by an officer alone, or only with the organisation's own yes."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from registry.domain.audience import Audience
from registry.domain.errors import InvalidMoveError, NotFoundError, RecordRefusedError
from registry.domain.obstacles import ObstacleCode
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.services.matches import rule_lines
from registry.services.matches.answer_waiver import answer_waiver, list_waiver_requests
from registry.services.matches.get_match import get_match
from registry.services.matches.offer_match import offer_match
from registry.services.matches.propose_matches import propose_again
from registry.services.matches.waive_rule import waive_rule
from registry.services.matches.waivers import waivers_in_force
from registry.storage.database import RegistrySession
from search.codes import MatchState, Outcome, PairOutcome, ReviewKind
from tests.factories.matches import Pair, bring_to, make_pair

S = MatchState
WHY = "The donor will tell us the days by Friday; the group can wait."


@pytest.fixture
def slow_pair(session: RegistrySession) -> Pair:
    """A pair whose offer does not say how long a decision takes: a rule of the organisation."""
    return make_pair(offer={"decision_days": None})


@pytest.fixture
def narrow_pair(session: RegistrySession) -> Pair:
    """A pair whose need does not say whom it is for: a rule of the donor."""
    return make_pair(offer={"target_groups": ["youth"]})


def groups_of(session: RegistrySession, actor: Actor, pair: Pair) -> dict[str, list[str]]:
    rules = get_match(session, actor, pair.id, "en")["rules"]
    return {name: [line["rule"] for line in lines] for name, lines in rules.items()}


def test_an_officer_sets_a_rule_of_the_donor_aside_alone(
    session: RegistrySession, narrow_pair: Pair, officer: Actor
) -> None:
    assert narrow_pair.match.outcome == PairOutcome.NEEDS_INFORMATION
    waive_rule(session, officer, narrow_pair.id, rule="target_group_covered", note=WHY)
    assert narrow_pair.match.outcome == PairOutcome.ELIGIBLE
    groups = groups_of(session, officer, narrow_pair)
    assert groups["waived"] == ["target_group_covered"]
    assert groups["to_ask"] == []


def test_a_waived_verdict_keeps_its_outcome(
    session: RegistrySession, narrow_pair: Pair, officer: Actor
) -> None:
    waive_rule(session, officer, narrow_pair.id, rule="target_group_covered", note=WHY)
    line = get_match(session, officer, narrow_pair.id, "en")["rules"]["waived"][0]
    assert line["outcome"] == Outcome.NEEDS_INFORMATION
    assert line["waiver"] == {"until": None, "asked": False, "agreed": True, "refused": False}


def test_a_rule_of_the_organisation_waits_for_its_own_yes(
    session: RegistrySession, slow_pair: Pair, officer: Actor
) -> None:
    bring_to(session, slow_pair, officer, S.SHORTLISTED)
    waive_rule(session, officer, slow_pair.id, rule="time_sufficient", note=WHY)
    assert waivers_in_force(session, slow_pair.match) == ()
    assert slow_pair.match.outcome == PairOutcome.NEEDS_INFORMATION
    with pytest.raises(InvalidMoveError) as refused:
        offer_match(session, officer, slow_pair.id)
    assert [(each.code, each.rule) for each in refused.value.why] == [
        (ObstacleCode.WAIVER_AWAITS_ORGANISATION, "time_sufficient")
    ]
    answer_waiver(session, slow_pair.holder, slow_pair.id, rule="time_sufficient", agrees=True)
    assert slow_pair.match.outcome == PairOutcome.ELIGIBLE
    assert offer_match(session, officer, slow_pair.id)["state"] == S.OFFERED


def test_the_organisations_yes_is_a_review_of_its_own(
    session: RegistrySession, slow_pair: Pair, officer: Actor
) -> None:
    waive_rule(session, officer, slow_pair.id, rule="time_sufficient", note=WHY)
    answer_waiver(session, slow_pair.holder, slow_pair.id, rule="time_sufficient", agrees=True)
    acts = get_match(session, officer, slow_pair.id, "en")["reviews"]
    assert [(act["kind"], act["by_role"], act["rule"]) for act in acts] == [
        (ReviewKind.WAIVE, "officer", "time_sufficient"),
        (ReviewKind.WAIVE, "organisation", "time_sufficient"),
    ]


def test_two_officers_together_are_no_organisation(
    session: RegistrySession,
    slow_pair: Pair,
    officer: Actor,
    make_actor: Callable[..., Actor],
) -> None:
    bring_to(session, slow_pair, officer, S.SHORTLISTED)
    for each in (officer, make_actor(Role.OFFICER), make_actor(Role.ADMIN)):
        waive_rule(session, each, slow_pair.id, rule="time_sufficient", note=WHY)
        with pytest.raises(NotFoundError):
            answer_waiver(session, each, slow_pair.id, rule="time_sufficient", agrees=True)
    assert waivers_in_force(session, slow_pair.match) == ()
    with pytest.raises(InvalidMoveError):
        offer_match(session, officer, slow_pair.id)


def test_a_no_is_kept_and_ends_the_question(
    session: RegistrySession, slow_pair: Pair, officer: Actor
) -> None:
    bring_to(session, slow_pair, officer, S.SHORTLISTED)
    waive_rule(session, officer, slow_pair.id, rule="time_sufficient", note=WHY)
    answer_waiver(session, slow_pair.holder, slow_pair.id, rule="time_sufficient", agrees=False)
    assert list_waiver_requests(session, slow_pair.holder, language="en") == []
    line = get_match(session, officer, slow_pair.id, "en")["rules"]["to_ask"][0]
    assert line["waiver"]["refused"]
    with pytest.raises(InvalidMoveError):
        offer_match(session, officer, slow_pair.id)
    with pytest.raises(NotFoundError):
        answer_waiver(session, slow_pair.holder, slow_pair.id, rule="time_sufficient", agrees=True)


def test_asking_again_needs_a_new_yes(
    session: RegistrySession, slow_pair: Pair, officer: Actor
) -> None:
    for _ in range(2):
        waive_rule(session, officer, slow_pair.id, rule="time_sufficient", note=WHY)
        assert waivers_in_force(session, slow_pair.match) == ()
        answer_waiver(session, slow_pair.holder, slow_pair.id, rule="time_sufficient", agrees=True)
        assert len(waivers_in_force(session, slow_pair.match)) == 1


def test_what_an_organisation_is_asked_names_no_donor(
    session: RegistrySession, slow_pair: Pair, officer: Actor
) -> None:
    waive_rule(session, officer, slow_pair.id, rule="time_sufficient", note=WHY)
    (request,) = list_waiver_requests(session, slow_pair.holder, language="ru")
    assert request["match"] == slow_pair.id
    assert request["label"] == "Помощь придёт вовремя"
    assert request["until"] == session.today + timedelta(days=30)
    for secret in (slow_pair.donor.id, slow_pair.offer.id, "Harbour", "donor-", WHY):
        assert secret not in str(request)
    with pytest.raises(NotFoundError):
        get_match(session, slow_pair.holder, slow_pair.id, "en")


def test_a_sentence_of_what_an_organisation_may_not_read_is_left_out(
    session: RegistrySession, slow_pair: Pair, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    waive_rule(session, officer, slow_pair.id, rule="time_sufficient", note=WHY)
    (request,) = list_waiver_requests(session, slow_pair.holder, language="en")
    assert request["sentence"].startswith("The donor has not said how long")
    shown = rule_lines.facts_shown(Audience.ORGANISATION)
    assert shown is not None
    monkeypatch.setattr(rule_lines, "facts_shown", lambda _: shown - {"offer.payout_days"})
    (request,) = list_waiver_requests(session, slow_pair.holder, language="en")
    assert request["sentence"] is None


def test_only_the_asked_organisation_answers(
    session: RegistrySession,
    slow_pair: Pair,
    officer: Actor,
    holder: Actor,
) -> None:
    asked = {"rule": "time_sufficient", "agrees": True}
    with pytest.raises(NotFoundError):
        answer_waiver(session, slow_pair.holder, slow_pair.id, **asked)
    waive_rule(session, officer, slow_pair.id, rule="time_sufficient", note=WHY)
    for stranger in (holder, slow_pair.giver):
        with pytest.raises(NotFoundError):
            answer_waiver(session, stranger, slow_pair.id, **asked)
        assert list_waiver_requests(session, stranger, language="en") == []
    with pytest.raises(NotFoundError):
        answer_waiver(session, slow_pair.holder, slow_pair.id, rule="channel_shared", agrees=True)


def test_a_waiver_runs_out(session: RegistrySession, narrow_pair: Pair, officer: Actor) -> None:
    last_day = session.today + timedelta(days=7)
    waive_rule(
        session, officer, narrow_pair.id, rule="target_group_covered", note=WHY, until=last_day
    )
    session.today = last_day
    assert len(waivers_in_force(session, narrow_pair.match)) == 1
    session.today = last_day + timedelta(days=1)
    assert waivers_in_force(session, narrow_pair.match) == ()
    propose_again(session, narrow_pair.id)
    assert narrow_pair.match.outcome == PairOutcome.NEEDS_INFORMATION


def test_a_rule_that_is_met_is_not_there_to_be_waived(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    with pytest.raises(InvalidMoveError) as refused:
        waive_rule(session, officer, pair.id, rule="channel_shared", note=WHY)
    assert [each.code for each in refused.value.why] == [ObstacleCode.NOTHING_TO_WAIVE]


def test_a_waiver_names_a_rule_and_says_why(
    session: RegistrySession, narrow_pair: Pair, officer: Actor
) -> None:
    yesterday = session.today - timedelta(days=1)
    with pytest.raises(RecordRefusedError) as refused:
        waive_rule(session, officer, narrow_pair.id, rule="no_such", note="", until=yesterday)
    assert [(each.field, each.code) for each in refused.value.problems] == [
        ("rule", "unknown_code"),
        ("note", "required"),
        ("until", "in_the_past"),
    ]


def test_nothing_is_waived_once_both_agreed(
    session: RegistrySession, narrow_pair: Pair, officer: Actor
) -> None:
    bring_to(session, narrow_pair, officer, S.INTRODUCED)
    with pytest.raises(InvalidMoveError):
        waive_rule(session, officer, narrow_pair.id, rule="target_group_covered", note=WHY)
