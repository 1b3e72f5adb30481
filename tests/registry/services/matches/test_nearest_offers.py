"""The offers that come nearest to a need that none fits."""

from collections.abc import Callable

import pytest

from registry.domain.errors import NotAllowedError
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.services.matches.explain_pair import explain_pair
from registry.services.matches.nearest_offers import nearest_offers
from registry.services.name_code import name_code
from registry.storage.database import RegistrySession
from tests.factories import DonorFactory, NeedFactory, OfferFactory
from tests.factories.matches import CLEAR_TERMS


def test_fewest_rules_come_first_then_score_then_id(
    session: RegistrySession, officer: Actor
) -> None:
    need = NeedFactory.create(serves=["BY"])
    far = OfferFactory.create(**CLEAR_TERMS, countries=["GE"], base_countries=["GE"])
    near = [OfferFactory.create(**CLEAR_TERMS, countries=["GE"]) for _ in range(2)]
    better = OfferFactory.create(
        **(CLEAR_TERMS | {"flexibility": "unrestricted"}), countries=["GE"]
    )
    found = nearest_offers(session, officer, need, "en", labels=name_code)
    assert found["eligible"] == 0
    assert [each["offer"] for each in found["nearest"]] == [
        better.id,
        *sorted(each.id for each in near),
        far.id,
    ]
    assert [each["rules"] for each in found["nearest"]] == [
        ["country_covered"],
        ["country_covered"],
        ["country_covered"],
        ["base_country_accepted", "country_covered"],
    ]
    [change] = found["nearest"][0]["changes"]
    assert (change["field"], change["from"], change["to"]) == (
        "countries",
        ["GE"],
        ["GE", need.country],
    )


def test_only_so_many_are_named(session: RegistrySession, officer: Actor) -> None:
    need = NeedFactory.create(serves=["BY"])
    for _ in range(3):
        OfferFactory.create(**CLEAR_TERMS, countries=["GE"])
    found = nearest_offers(session, officer, need, "ru", labels=name_code, limit=2)
    assert len(found["nearest"]) == 2


def test_nothing_is_near_where_something_fits(session: RegistrySession, officer: Actor) -> None:
    need = NeedFactory.create(serves=["BY"])
    OfferFactory.create(**CLEAR_TERMS)
    OfferFactory.create(**CLEAR_TERMS, countries=["GE"])
    found = nearest_offers(session, officer, need, "be", labels=name_code)
    assert found == {"eligible": 1, "nearest": []}


def test_without_offers_nothing_is_near(session: RegistrySession, officer: Actor) -> None:
    found = nearest_offers(session, officer, NeedFactory.create(), "en", labels=name_code)
    assert found == {"eligible": 0, "nearest": []}


def test_offers_of_a_donor_that_deleted_itself_are_passed_over(
    session: RegistrySession, officer: Actor
) -> None:
    donor = DonorFactory.create()
    OfferFactory.create(donor=donor, **CLEAR_TERMS, countries=["GE"])
    need = NeedFactory.create(serves=["BY"])
    session.vault.keys.destroy_key(donor.id)
    found = nearest_offers(session, officer, need, "en", labels=name_code)
    assert found == {"eligible": 0, "nearest": []}


def test_what_is_said_of_the_nearest_is_said_of_the_pair(
    session: RegistrySession, officer: Actor
) -> None:
    need, offer = (
        NeedFactory.create(serves=["BY"]),
        OfferFactory.create(**CLEAR_TERMS, countries=["GE"]),
    )
    [near] = nearest_offers(session, officer, need, "en", labels=name_code)["nearest"]
    pair = explain_pair(session, officer, need, offer, "en", labels=name_code)
    assert near["changes"] == pair["changes"]


@pytest.mark.parametrize("role", [Role.DONOR, Role.ORGANISATION, Role.PARTNER])
def test_others_are_not_told(
    session: RegistrySession, make_actor: Callable[..., Actor], role: Role
) -> None:
    need, actor = NeedFactory.create(), make_actor(role)
    with pytest.raises(NotAllowedError):
        nearest_offers(session, actor, need, "en", labels=name_code)
