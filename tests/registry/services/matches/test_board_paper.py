"""What a board reads of a match: reasons and numbers, and nobody's identity."""

from collections.abc import Callable

import pytest

from registry.domain.errors import NotAllowedError, NotFoundError
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.services.matches.board_paper import board_paper
from registry.services.matches.note_match import note_match
from registry.services.matches.propose_matches import propose_for_need
from registry.services.matches.shortlist_match import shortlist_match
from registry.storage.database import RegistrySession
from search.codes import ReviewKind
from search.eligibility.catalogue import load_rules
from search.money import Money
from tests.conftest import TODAY
from tests.factories import OfferFactory
from tests.factories.matches import CLEAR_TERMS, make_pair

LEAST = {"serves": ["BY"], "minimum_useful": Money.of("100.00", "EUR")}


def test_the_others_are_counted(session: RegistrySession, officer: Actor) -> None:
    pair = make_pair(need=LEAST)
    better = OfferFactory.create(**CLEAR_TERMS, flexibility="unrestricted")
    OfferFactory.create(**CLEAR_TERMS, flexibility="project")
    OfferFactory.create(**(CLEAR_TERMS | {"decision_days": None}))
    OfferFactory.create(**CLEAR_TERMS, countries=["GE"])
    OfferFactory.create(**CLEAR_TERMS, status="closed")
    propose_for_need(session, pair.need.id)
    found = board_paper(session, officer, pair.id, "en")["considered"]
    assert found == {"offers": 4, "fit": 2, "open": 1, "better": 1}
    assert better.flexibility != pair.offer.flexibility


def test_every_rule_part_and_version_stands_there(session: RegistrySession, officer: Actor) -> None:
    pair = make_pair(need=LEAST)
    found = board_paper(session, officer, pair.id, "be")
    assert sum(len(lines) for lines in found["rules"].values()) == len(load_rules())
    assert found["score_parts"]
    assert found["rules_version"] == pair.match.rules_version
    assert found["weights_version"] == pair.match.weights_version
    assert found["proposed_amount"] == pair.match.proposed_amount
    assert found["binds"]["sentence"]
    assert set(found["organisation"]) <= {"kind", "vetting", "vetted_on"}
    assert set(found["donor"]) <= {"donor_kind", "vetting", "vetted_on"}
    assert not {"title", "summary", "handle"} & {*found["need"], *found["offer"]}


def test_rules_are_quoted_only_where_that_gives_nobody_away(
    session: RegistrySession, officer: Actor
) -> None:
    """The paper leaves the house: no place, language, year, paper or way of paying is on it."""
    pair = make_pair(need=LEAST)
    found = board_paper(session, officer, pair.id, "en")
    lines = [line for group in found["rules"].values() for line in group]
    assert all(line["label"] and line["outcome"] for line in lines)
    assert {line["rule"] for line in lines if "sentence" in line} == {
        *("amount_within_range", "category_covered", "instrument_fits", "months_within_limit"),
        *("offer_open", "time_sufficient"),
    }
    assert {key for line in lines for key in line} == {"rule", "label", "outcome", "sentence"}
    [channel] = [each for each in found["score_parts"] if each["part"] == "channel_safety"]
    assert channel["reason"] == ""
    assert all(each["reason"] for each in found["score_parts"] if each is not channel)


def test_reviews_stand_there_by_role_and_day_without_notes(
    session: RegistrySession, officer: Actor
) -> None:
    pair = make_pair(need=LEAST)
    note_match(session, officer, pair.id, note="Ask again")
    shortlist_match(session, officer, pair.id, note="They know each other")
    [review] = board_paper(session, officer, pair.id, "ru")["reviews"]
    assert review == {"kind": ReviewKind.SHORTLIST, "by_role": "officer", "day": TODAY}


@pytest.mark.parametrize("role", [Role.DONOR, Role.ORGANISATION, Role.PARTNER])
def test_it_is_for_officers(
    session: RegistrySession, make_actor: Callable[..., Actor], role: Role
) -> None:
    pair, actor = make_pair(), make_actor(role)
    with pytest.raises(NotAllowedError):
        board_paper(session, actor, pair.id, "en")


def test_a_match_that_is_not_there(session: RegistrySession, officer: Actor) -> None:
    with pytest.raises(NotFoundError):
        board_paper(session, officer, "0" * 32, "en")
