"""What gives people away in texts that come over the API: taken, and warned of."""

import pytest

from registry.domain.roles import Role
from tests.registry.api.test_needs import NEED

TELLING = {"title": "Rent, call +375 29 000-00-17", "summary": "t.me/heron_house and heron.by"}


@pytest.fixture
def own(api_client):
    return api_client(Role.ORGANISATION)


@pytest.fixture
def record(own):
    return NEED | {"organisation": own.get("/organisations").json["items"][0]["external_id"]}


def warned(answer) -> list[tuple[str, str]]:
    return [(line["code"], line["field"]) for line in answer.json.get("warnings", [])]


def test_a_need_that_gives_people_away_is_taken_with_a_warning_each(own, record):
    made = own.post("/needs", record | TELLING)

    assert made.status_code == 201
    assert made.json["title"] == TELLING["title"]
    assert warned(made) == [
        ("giveaway_phone", "title"),
        ("giveaway_handle", "summary"),
        ("giveaway_link", "summary"),
    ]
    said = [line["message"] for line in made.json["warnings"]]
    assert all("this would let someone recognise you" in sentence for sentence in said)
    assert "000-00-17" not in str(made.json["warnings"])


def test_an_ordinary_need_is_answered_without_the_field(own, record):
    assert "warnings" not in own.post("/needs", record).json


def test_a_change_is_warned_of_for_what_it_says_and_reading_never(own, record):
    made = own.post("/needs", record | TELLING)
    address = f"/needs/{made.json['id']}"

    changed = own.patch(address, {"summary": None, "urgency": "soon"}, version=1)
    again = own.patch(address, {"summary": "Write to heron@example.org"}, version=2)

    assert warned(changed) == []
    assert warned(again) == [("giveaway_email", "summary")]
    assert warned(own.get(address)) == []


def test_sentences_come_in_the_language_that_is_asked_for(own, record):
    made = own.post("/needs", record | TELLING, headers={"Accept-Language": "be"})
    assert "пазнаць" in made.json["warnings"][0]["message"]


def test_warnings_cannot_be_sent(own, record):
    assert (
        own.post("/needs", record | {"warnings": [{"code": "giveaway_phone"}]}).status_code == 422
    )


def test_an_offer_is_looked_through_too(api_client):
    donor = api_client(Role.DONOR)
    name = donor.get("/donors").json["items"][0]["external_id"]
    record = {
        "external_id": "hours",
        "donor": name,
        "instrument": "service",
        "budget": {"amount": "20", "unit": "hours"},
        "flexibility": "category",
        "status": "open",
        "summary": "Ask for us at +375 29 000-00-17",
    }

    made = donor.post("/offers", record)
    assert made.status_code == 201, made.json
    changed = donor.patch(f"/offers/{made.json['id']}", {"title": "See heron.by"}, version=1)

    assert warned(made) == [("giveaway_phone", "summary")]
    assert warned(changed) == [("giveaway_link", "title")]
