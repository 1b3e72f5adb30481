"""`POST /api/v1/check`: open to all, strict about what comes in, documented."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.api.description import describe_api
from registry.storage.database import RegistrySession
from search.codes import Visibility
from tests.factories import OfferFactory

SAID: dict[str, Any] = {
    "need": {"category": "fixed_costs.rent", "country": "PL", "asks_for": ["money"]},
    "organisation": {"kind": "media"},
}


def test_it_answers_without_a_key_in_the_readers_language(
    client: FlaskClient, session: RegistrySession
) -> None:
    offer = OfferFactory.create(visibility=Visibility.PUBLIC, countries=["GE"])
    answer = client.post("/api/v1/check", json=SAID, headers={"Accept-Language": "ru"})
    (item,) = answer.json["items"]
    assert answer.json["on"] == "2026-11-24"
    assert answer.json["more"] is False
    assert item["offer"]["id"] == offer.id
    assert item["outcome"] == "not_eligible"
    (refusal,) = item["in_the_way"]
    assert refusal["rule"] == "country_covered"
    assert refusal["sentence"].startswith("Предложение")
    assert refusal["remedy"]
    assert "question" not in refusal
    assert {line["whom"] for line in item["to_ask"]} == {"organisation", "donor"}


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"need": SAID["need"] | {"title": "Rent"}}, "need.title", "unknown_field"),
        ({"organisation": {"kind": "cso", "handle": "Me"}}, "organisation.handle", "unknown_field"),
        ({"organisation": {}}, "organisation", "required"),
        ({"organisation": "media"}, "organisation", "not_a_record"),
        ({"organisation": {"languages": ["be"]}}, "organisation.kind", "required"),
        ({"need": {"category": "rent", "country": "PL"}}, "need.category", "short_category"),
        ({"who": "me"}, "who", "unknown_field"),
    ],
)
def test_what_it_cannot_use_is_refused_by_field(
    client: FlaskClient, change: dict[str, Any], field: str, code: str
) -> None:
    answer = client.post("/api/v1/check", json=SAID | change)
    assert answer.status_code == 422
    assert (field, code) in [(each["field"], each["code"]) for each in answer.json["errors"]]


def test_other_bodies_and_methods_are_refused(client: FlaskClient) -> None:
    assert client.post("/api/v1/check", data="category=x").status_code == 415
    assert client.post("/api/v1/check?country=BY", json=SAID).status_code == 422
    assert client.get("/api/v1/check").status_code == 405


def test_a_currency_of_its_own_for_what_others_gave_is_refused(client: FlaskClient) -> None:
    need = SAID["need"] | {
        "amount_requested": {"amount": "100", "currency": "EUR"},
        "funded_amount": {"amount": "10", "currency": "USD"},
    }
    answer = client.post("/api/v1/check", json=SAID | {"need": need})
    assert answer.status_code == 422
    assert [each["code"] for each in answer.json["errors"]] == ["mixed_currencies"]


def test_it_is_described_as_open(client: FlaskClient) -> None:
    operation = describe_api()["paths"]["/api/v1/check"]["post"]
    assert operation["security"] == []
    assert client.post("/api/v1/check", json=SAID).json["items"] == []
