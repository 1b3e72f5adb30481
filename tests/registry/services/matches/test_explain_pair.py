"""An officer asks of two records why they fit or do not."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from registry.domain.errors import NotAllowedError
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.services.matches.explain_pair import explain_pair
from registry.services.matches.propose_matches import propose_all
from registry.services.matches.write_review import Signature, write_review
from registry.services.name_code import name_code
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from search.codes import MatchState, PairOutcome, ReviewKind
from search.eligibility.catalogue import load_rules
from tests.conftest import TODAY
from tests.factories import NeedFactory, OfferFactory


def test_every_rule_and_what_would_change_it(session: RegistrySession, officer: Actor) -> None:
    need, offer = NeedFactory.create(serves=["BY"]), OfferFactory.create(countries=["GE"])
    found = explain_pair(session, officer, need, offer, "en", labels=name_code)
    assert [each["rule"] for each in found["rules"]] == list(load_rules())
    assert found["outcome"] == PairOutcome.NOT_ELIGIBLE
    assert "country_covered" in {each["rule"] for each in found["changes"]}
    assert (found["need"], found["offer"], found["match"]) == (need.id, offer.id, None)
    assert found["on"] == TODAY.isoformat()


def test_nothing_is_stored(session: RegistrySession, officer: Actor) -> None:
    explain_pair(
        session, officer, NeedFactory.create(), OfferFactory.create(), "be", labels=name_code
    )
    assert session.exec(select(Match)).all() == []


def test_what_was_set_aside_is_said_of_the_match_that_stands(
    session: RegistrySession, officer: Actor
) -> None:
    need, offer = NeedFactory.create(serves=["BY"]), OfferFactory.create()
    propose_all(session)
    match = session.exec(select(Match)).one()
    write_review(
        session, match, ReviewKind.WAIVE, Signature("system", "officer"), rule="country_covered"
    )
    offer.countries = ["GE"]
    session.flush()
    found = explain_pair(session, officer, need, offer, "ru", labels=name_code)
    rule = next(each for each in found["rules"] if each["rule"] == "country_covered")
    assert rule["waived"]
    assert found["outcome"] != PairOutcome.NOT_ELIGIBLE
    assert found["match"] == {"id": match.id, "state": MatchState.PROPOSED}


@pytest.mark.parametrize("role", [Role.DONOR, Role.ORGANISATION, Role.PARTNER, Role.AUDITOR])
def test_others_read_what_their_match_shows_them(
    session: RegistrySession, make_actor: Callable[..., Actor], role: Role
) -> None:
    actor = make_actor(role)
    need, offer = NeedFactory.create(), OfferFactory.create()
    with pytest.raises(NotAllowedError):
        explain_pair(session, actor, need, offer, "en", labels=name_code)
