"""Why a stored pair does not come about: one class, and who or what made it so."""

from collections.abc import Callable
from typing import Any

import pytest

from registry.identity.actor import Actor
from registry.services.matches.decline_match import decline_match
from registry.services.matches.explain_pair import explain_pair
from registry.services.matches.forbid_match import forbid_match
from registry.services.name_code import name_code
from registry.storage.database import RegistrySession
from search.codes import MatchState, PairOutcome, ReasonCode
from search.money import Money
from tests.conftest import TODAY
from tests.factories.matches import MatchFactory, Pair, bring_to, make_pair

WhyNot = Callable[..., Any]
HOME = {"serves": ["BY"]}


@pytest.fixture
def why_not(session: RegistrySession, officer: Actor) -> WhyNot:
    """Ask why a pair does not come about, once its offer has these terms."""

    def ask(pair: Pair, **terms: Any) -> Any:
        for name, value in terms.items():
            setattr(pair.offer, name, value)
        session.flush()
        found = explain_pair(session, officer, pair.need, pair.offer, "en", labels=name_code)
        return found["why_not"]

    return ask


def test_a_pair_that_may_come_about_has_no_class(session: RegistrySession, why_not: WhyNot) -> None:
    assert why_not(make_pair()) is None


def test_the_rules_that_stand_in_the_way_are_named(
    session: RegistrySession, why_not: WhyNot
) -> None:
    found = why_not(make_pair(need=HOME, offer={"decision_days": None}), countries=["GE"])
    assert found["class"] == "fails_rules"
    assert found["rules"] == ["country_covered", "time_sufficient"]
    assert found["by"] is None


def test_what_is_not_known_comes_after_what_is_refused(
    session: RegistrySession, why_not: WhyNot
) -> None:
    found = why_not(make_pair(offer={"decision_days": None}))
    assert (found["class"], found["rules"]) == ("lacks_information", ["time_sufficient"])


@pytest.mark.parametrize("act", [decline_match, forbid_match])
def test_a_decision_goes_before_all_rules(
    session: RegistrySession, officer: Actor, why_not: WhyNot, act: Any
) -> None:
    pair = make_pair(need=HOME)
    act(session, officer, pair.id, reason_code=ReasonCode.CHANNEL_UNSAFE)
    found = why_not(pair, countries=["GE"])
    assert found["class"] == "decided"
    assert (found["by"], found["reason_code"]) == ("officer", "channel_unsafe")
    assert found["day"] == TODAY.isoformat()


def rival(pair: Pair, session: RegistrySession, **fields: Any) -> None:
    """Another need's match with the same offer that would take 2,000 euros of it."""
    other = MatchFactory.create(offer=pair.offer)
    other.outcome, other.score = PairOutcome.ELIGIBLE, 1.0
    other.proposed_amount = Money.of("2000.00", "EUR")
    for name, value in fields.items():
        setattr(other, name, value)
    session.flush()


def of_budget(amount: str, least: str) -> Pair:
    """A match whose offer holds so much and gives no less, for a need of 1,500 euros."""
    need = {"amount_requested": Money.of("1500.00", "EUR"), "minimum_useful": None}
    terms = {"budget": Money.of(amount, "EUR"), "min_award": Money.of(least, "EUR")}
    return make_pair(need=need, offer={**terms, "max_award": None})


def test_better_placed_needs_take_all(session: RegistrySession, why_not: WhyNot) -> None:
    match = of_budget("2000.00", "100.00")
    assert why_not(match) is None
    rival(match, session)
    assert why_not(match)["class"] == "outbid"


def test_better_placed_needs_leave_too_little(session: RegistrySession, why_not: WhyNot) -> None:
    match = of_budget("2100.00", "500.00")
    rival(match, session)
    assert why_not(match)["class"] == "remainder_below_minimum"


@pytest.mark.parametrize(
    "fields",
    [
        {"score": 0.0},
        {"state": MatchState.DECLINED},
        {"outcome": "needs_information"},
        {"proposed_amount": None},
        {"proposed_amount": Money.of("2000.00", "USD")},
    ],
)
def test_others_do_not_bid(
    session: RegistrySession, why_not: WhyNot, fields: dict[str, Any]
) -> None:
    match = of_budget("2000.00", "100.00")
    rival(match, session, **fields)
    assert why_not(match) is None


def test_what_is_under_way_comes_first_whatever_its_score(
    session: RegistrySession, why_not: WhyNot
) -> None:
    match = of_budget("2000.00", "100.00")
    rival(match, session, score=0.0, state=MatchState.OFFERED)
    assert why_not(match)["class"] == "outbid"


def test_a_match_that_is_under_way_itself_is_not_outbid(
    session: RegistrySession, officer: Actor, why_not: WhyNot
) -> None:
    match = of_budget("2000.00", "100.00")
    rival(match, session)
    bring_to(session, match, officer, MatchState.OFFERED)
    assert why_not(match) is None
