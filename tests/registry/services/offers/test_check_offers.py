"""What public offers are held against, and in which order they come back."""

from collections.abc import Callable
from typing import Any

import pytest

from registry.identity.actor import Actor
from registry.services.offers import check_offers as checking
from registry.services.offers.check_offers import check_offers
from registry.services.programmes.save_programme import save_programme
from registry.storage.database import RegistrySession
from registry.storage.programmes import GENERAL, Programme
from search.codes import Measure, OrganisationKind, PairOutcome, Publicity, Visibility
from search.matching.weights import load_weights
from search.money import Money
from tests.factories import OfferFactory

SAID: dict[str, dict[str, Any]] = {
    "need": {
        "category": "fixed_costs.rent",
        "country": "PL",
        "amount_requested": Money(400_000, "EUR"),
        "minimum_useful": Money(100_000, "EUR"),
        "publicity_accepted": Publicity.AGGREGATE,
    },
    "organisation": {"kind": OrganisationKind.MEDIA},
}

Post = Callable[..., str]


@pytest.fixture
def post(session: RegistrySession) -> Post:
    def make(title: str, **terms: Any) -> str:
        offer = OfferFactory.create(
            **{"visibility": Visibility.PUBLIC, "publicity_required": "none", "title": title}
            | terms
        )
        return str(offer.id)

    return make


def titles(found: dict[str, Any]) -> list[str]:
    return [line["offer"]["title"] for line in found["offers"]]


def test_what_fits_comes_first_and_then_what_is_nearest(
    session: RegistrySession, post: Post
) -> None:
    post("two in the way", countries=["GE"], categories=["advocacy"])
    post("one in the way", countries=["GE"])
    post("fits for rent", categories=["fixed_costs.rent"])
    post("fits for all")
    post("asks", publicity_required=Publicity.AGGREGATE, max_months=3)
    found = check_offers(session, SAID, "en")
    assert titles(found)[2:] == ["asks", "one in the way", "two in the way"]
    assert titles(found)[0] == "fits for rent", "the one that is made for it"
    assert [line["outcome"] for line in found["offers"]] == [
        *(PairOutcome.ELIGIBLE, PairOutcome.ELIGIBLE, PairOutcome.NEEDS_INFORMATION),
        *(PairOutcome.NOT_ELIGIBLE, PairOutcome.NOT_ELIGIBLE),
    ]
    asked = found["offers"][2]["to_ask"]
    assert [(line["rule"], line["question"]) for line in asked] == [
        ("months_within_limit", "How many months is the help for?")
    ]


def test_equal_ones_are_ordered_by_id(session: RegistrySession, post: Post) -> None:
    made = sorted(post("the same") for _ in range(4))
    found = check_offers(session, SAID, "en")
    assert [line["offer"]["id"] for line in found["offers"]] == made


def test_only_open_public_offers_of_trusted_donors_are_looked_at(
    session: RegistrySession, post: Post
) -> None:
    post("public")
    post("members", visibility=Visibility.MEMBERS)
    post("paused", status="paused")
    assert titles(check_offers(session, SAID, "en")) == ["public"]


@pytest.mark.parametrize(("most", "more"), [(2, True), (3, False), (4, False)])
def test_work_is_bounded(
    session: RegistrySession, post: Post, monkeypatch: pytest.MonkeyPatch, most: int, more: bool
) -> None:
    monkeypatch.setattr(checking, "MOST_OFFERS", most)
    monkeypatch.setattr(checking, "LARGEST_LIMIT", 2)
    for number in range(3):
        post(f"offer {number}")
    found = check_offers(session, SAID, "en")
    assert len(found["offers"]) == min(most, 3)
    assert found["more"] is more


def test_what_is_not_known_is_asked_and_refuses_nothing(
    session: RegistrySession, post: Post
) -> None:
    post("particular", target_groups=["youth"], languages=["en"], min_years_active=3, max_months=6)
    bare = {
        "need": {"category": "fixed_costs.rent", "country": "PL", "asks_for": [Measure.MONEY]},
        "organisation": SAID["organisation"],
    }
    (line,) = check_offers(session, bare, "be")["offers"]
    assert line["outcome"] is PairOutcome.NEEDS_INFORMATION
    assert {each["rule"] for each in line["to_ask"]} == {
        *("amount_within_range", "target_group_covered", "language_accepted"),
        *("years_active_sufficient", "months_within_limit"),
    }
    assert all(each["question"] for each in line["to_ask"])


def test_what_a_programme_leaves_out_is_not_told(
    session: RegistrySession, post: Post, officer: Actor
) -> None:
    post("for the young", target_groups=["youth"], min_years_active=3)
    (before,) = check_offers(session, SAID, "en")["offers"]
    assert {each["rule"] for each in before["to_ask"]} == {
        *("target_group_covered", "years_active_sufficient"),
    }
    save_programme(
        session,
        officer,
        GENERAL,
        left_out=["target_group_covered", "years_active_sufficient"],
        weights=dict.fromkeys(load_weights().of_parts, 1),
        reason="For everyone this winter",
        version=session.get_one(Programme, GENERAL).version,
    )
    assert check_offers(session, SAID, "en")["offers"] == [before]
