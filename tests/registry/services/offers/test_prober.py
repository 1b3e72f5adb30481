"""Whoever tries out every answer learns nothing of a public offer but what its page says.

The prober of these tests sends every combination of the facts that hidden rules read, to the API
where they can be written most freely, and compares whole answers: between two offers that differ
only in what is hidden, and between two askers who differ only in what hidden rules read.
"""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.domain.audience import Audience
from registry.schemas.audience import fields_for
from registry.services.offers.public_rules import LEFT_AS_UNKNOWN, officers_rules, public_rules
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.offers import Offer
from registry.storage.records import write_record
from search.codes import Channel, DonorKind, LegalStatus, Vetting, Visibility
from search.money import Money
from tests.factories import DonorFactory, OfferFactory

NEVER_TOLD = {
    "channels": [Channel.CRYPTO],
    "legal_statuses": [LegalStatus.REGISTERED_ABROAD],
    "base_countries": ["LT", "PL"],
    "minimum_vetting": Vetting.VERIFIED,
    "excluded_organisations": ["Tin Kettle"],
    "external_id": "another",
}
"""Fields of an offer that never leave the house, with a value that a rule would refuse by."""

PROBES = (
    ("legal_statuses", [["unregistered"], ["registered_abroad"], ["liquidated", "hosted"]]),
    ("base_country", ["BY", "LT", "GE"]),
    ("vetting", ["unverified", "verified", "suspended"]),
    ("declines_donor_kinds", [["foundation"], ["government"]]),
)


def probes() -> Iterator[dict[str, Any]]:
    """Yield organisations in every combination of what hidden rules read, each also left out."""
    for values in product(*([None, *answers] for _, answers in PROBES)):
        given = zip((name for name, _ in PROBES), values, strict=True)
        yield {"kind": "community"} | {name: value for name, value in given if value is not None}


def ask(client: FlaskClient, organisation: dict[str, Any], **need: Any) -> Any:
    said = {
        "category": "fixed_costs.rent",
        "country": "BY",
        "amount_requested": {"amount": "4000.00", "currency": "EUR"},
        "minimum_useful": {"amount": "1000.00", "currency": "EUR"},
    }
    answer = client.post("/api/v1/check", json={"need": said | need, "organisation": organisation})
    assert answer.status_code == 200, answer.json
    return answer.json


@pytest.fixture
def offer(session: RegistrySession) -> Offer:
    made: Offer = OfferFactory.create(visibility=Visibility.PUBLIC)
    return made


@pytest.mark.parametrize("name", NEVER_TOLD)
def test_two_offers_that_differ_in_what_is_hidden_are_answered_alike(
    client: FlaskClient, session: RegistrySession, offer: Offer, name: str
) -> None:
    asked = [{"kind": "community"}, {"kind": "cso", "base_country": "BY", "vetting": "unverified"}]
    before = [ask(client, each, channels=["bank_abroad"]) for each in asked]
    write_record(session.vault, offer, {name: NEVER_TOLD[name]})
    session.add(offer)
    session.commit()
    assert [ask(client, each, channels=["bank_abroad"]) for each in asked] == before


@pytest.mark.parametrize(
    "change",
    [
        lambda _, donor: setattr(donor, "donor_kind", DonorKind.GOVERNMENT),
        lambda _, donor: setattr(donor, "vetting", Vetting.VOUCHED),
        lambda offer, _: setattr(offer, "spent", Money(4_999_000, "EUR")),
    ],
    ids=["what kind of donor", "how well the donor is known", "what is left"],
)
def test_what_the_house_knows_of_a_donor_is_hidden_too(
    client: FlaskClient,
    session: RegistrySession,
    offer: Offer,
    change: Callable[[Offer, Donor], None],
) -> None:
    before = ask(client, {"kind": "community"})
    change(offer, session.get_one(Donor, offer.donor_id))
    session.commit()
    assert ask(client, {"kind": "community"}) == before


def test_no_combination_of_hidden_facts_changes_an_answer(
    client: FlaskClient, session: RegistrySession, offer: Offer
) -> None:
    write_record(session.vault, offer, NEVER_TOLD)
    session.add(offer)
    OfferFactory.create(visibility=Visibility.PUBLIC, donor=DonorFactory.create(vetting="vouched"))
    session.commit()
    answers = [ask(client, each) for each in probes()]
    assert len(answers) == 4 * 4 * 4 * 3
    assert all(each == answers[0] for each in answers)
    for channel in Channel:
        assert ask(client, {"kind": "community"}, channels=[channel]) == answers[0]


def test_an_answer_names_no_hidden_fact(
    client: FlaskClient, session: RegistrySession, offer: Offer
) -> None:
    """The same by words: what stands in the lists is found nowhere in the answer."""
    write_record(session.vault, offer, NEVER_TOLD)
    session.add(offer)
    session.commit()
    found = client.post(
        "/api/v1/check",
        json={
            "need": {"category": "fixed_costs.rent", "country": "BY", "asks_for": ["money"]},
            "organisation": {"kind": "cso"},
        },
    ).text
    for word in ("Lithuania", "Tin Kettle", "crypto", "Crypto", "registered_abroad", "another"):
        assert word not in found
    assert "Harbour" not in found, "the donor shows no name"


def test_public_rules_read_public_facts_only() -> None:
    shown = {f"offer.{name}" for name in fields_for("offer", Audience.PUBLIC)} | LEFT_AS_UNKNOWN
    for rule in public_rules().values():
        assert {fact for fact in rule.reads if fact.startswith("offer.")} <= shown
    for rule in officers_rules().values():
        assert not {fact for fact in rule.reads if fact.startswith("offer.")} <= shown
    assert {"base_country_accepted", "legal_status_accepted", "channel_shared"} <= set(
        officers_rules()
    )


def test_the_answer_says_always_what_officers_look_at(client: FlaskClient, offer: Offer) -> None:
    assert offer
    fits, refused = ask(client, {"kind": "cso"}), ask(client, {"kind": "cso"}, category="advocacy")
    assert fits["officers_check"] == refused["officers_check"]
    assert [each["rule"] for each in fits["officers_check"]] == list(officers_rules())
