"""What relaxing a rule of an offer would change, counted over the records as they stand."""

import sys
from collections.abc import Callable
from typing import Any

import pytest

from registry.domain.errors import KeyGoneError, NotAllowedError
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.services.matches.match_run import MatchRun
from registry.services.matches.what_if import what_if
from registry.storage.database import RegistrySession
from search.eligibility.catalogue import load_rules
from search.matching.sides import judge_by_grid, judge_by_pairs
from search.money import Money
from tests.factories import NeedFactory, OfferFactory, OrganisationFactory
from tests.factories.matches import CLEAR_TERMS

TERMS: dict[str, Any] = {**CLEAR_TERMS, "base_countries": ["GE"]}
RULE = "base_country_accepted"


def counts_of(found: dict[str, Any], rule: str = RULE) -> tuple[int, int, int]:
    [line] = [each for each in found["rules"] if each["rule"] == rule]
    return line["fails_only"], line["competitive"], line["net"]


@pytest.mark.parametrize("judge_sides", [judge_by_pairs, judge_by_grid])
def test_three_numbers_for_every_rule(
    session: RegistrySession, officer: Actor, judge_sides: Any
) -> None:
    offer = OfferFactory.create(**TERMS)
    needs = [NeedFactory.create(serves=["BY"]) for _ in range(2)]
    found = what_if(session, officer, offer, "en", judge_sides=judge_sides)
    assert [each["rule"] for each in found["rules"]] == list(load_rules())
    assert found["needs"] == 2
    assert counts_of(found) == (2, 2, 2)
    assert counts_of(found, "country_covered") == (0, 0, 0)
    [line] = [each for each in found["rules"] if each["rule"] == RULE]
    asked = sum(need.amount_requested.hundredths for need in needs)
    assert line["asked"] == Money(asked, "EUR").to_record()


def test_another_offer_that_serves_leaves_no_net_gain(
    session: RegistrySession, officer: Actor
) -> None:
    offer = OfferFactory.create(**TERMS)
    NeedFactory.create(serves=["BY"])
    OfferFactory.create(**CLEAR_TERMS)
    assert counts_of(what_if(session, officer, offer, "en")) == (1, 1, 0)


def test_pages_count_without_numpy(
    session: RegistrySession, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = OfferFactory.create(**TERMS)
    NeedFactory.create(serves=["BY"])
    for name in ("numpy", "search.eligibility.bulk.grid"):
        monkeypatch.setitem(sys.modules, name, None)  # importing it now fails
    assert counts_of(what_if(session, officer, offer, "en")) == (1, 1, 1)
    with pytest.raises(ImportError):
        what_if(session, officer, offer, "en", judge_sides=judge_by_grid)


def test_keys_are_looked_up_at_once(
    session: RegistrySession, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = OfferFactory.create(**TERMS)
    NeedFactory.create(serves=["BY"])
    session.commit()
    monkeypatch.setattr("registry.privacy.key_store.REMEMBER_SECONDS", 1_000)
    monkeypatch.setattr(session.vault.keys, "_known", {})
    monkeypatch.setattr(session.vault.keys, "_read_keys", _refuse)
    assert counts_of(what_if(session, officer, offer, "en")) == (1, 1, 1)


def test_texts_are_read_only_where_scores_decide(
    session: RegistrySession, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With two other offers the need has room for a third, whatever it says in words."""
    offer = OfferFactory.create(**TERMS)
    NeedFactory.create(serves=["BY"])
    for _ in range(2):
        OfferFactory.create(**CLEAR_TERMS)
    monkeypatch.setattr(MatchRun, "affinity_of", _refuse)
    assert counts_of(what_if(session, officer, offer, "en")) == (1, 1, 0)
    OfferFactory.create(**CLEAR_TERMS)
    with pytest.raises(AssertionError, match="not to be read"):
        what_if(session, officer, offer, "en")


def _refuse(*_: object) -> None:
    raise AssertionError("this was not to be read")


def test_an_offer_that_is_not_open_can_be_asked_about(
    session: RegistrySession, officer: Actor
) -> None:
    offer = OfferFactory.create(**CLEAR_TERMS, status="paused")
    NeedFactory.create(serves=["BY"])
    found = what_if(session, officer, offer, "en", rules=("offer_open",))
    assert len(found["rules"]) == 1
    assert counts_of(found, "offer_open") == (1, 1, 1)


def test_an_amount_that_does_not_fit_is_counted_by_the_least_of_use(
    session: RegistrySession, officer: Actor
) -> None:
    offer = OfferFactory.create(**CLEAR_TERMS, min_award=None, max_award=Money.of("1.00", "EUR"))
    NeedFactory.create(serves=["BY"], minimum_useful=Money.of("1000.00", "EUR"))
    assert counts_of(what_if(session, officer, offer, "en"), "amount_within_range") == (1, 1, 1)


def test_needs_of_organisations_that_deleted_themselves_are_left_out(
    session: RegistrySession, officer: Actor
) -> None:
    offer, gone = OfferFactory.create(**TERMS), OrganisationFactory.create()
    NeedFactory.create(organisation=gone)
    session.vault.keys.destroy_key(gone.id)
    assert what_if(session, officer, offer, "en")["needs"] == 0


def test_an_offer_of_a_donor_that_deleted_itself_cannot_be_asked_about(
    session: RegistrySession, officer: Actor
) -> None:
    offer = OfferFactory.create(**TERMS)
    session.vault.keys.destroy_key(offer.donor_id)
    with pytest.raises(KeyGoneError):
        what_if(session, officer, offer, "en")


@pytest.mark.parametrize("role", [Role.DONOR, Role.ORGANISATION, Role.PARTNER])
def test_exact_numbers_are_for_officers(
    session: RegistrySession, make_actor: Callable[..., Actor], role: Role
) -> None:
    offer, actor = OfferFactory.create(**TERMS), make_actor(role)
    with pytest.raises(NotAllowedError):
        what_if(session, actor, offer, "en")
