"""Offers and donors over the API: donors write, others read as far as they are meant to."""

import pytest

from registry.domain.roles import Role
from search.codes import OfferStatus, Vetting, Visibility
from tests.factories import DonorFactory, OfferFactory, OrganisationFactory

OFFER = {
    "external_id": "core-2027",
    "instrument": "grant",
    "budget": {"amount": "50000", "currency": "EUR"},
    "flexibility": "core",
    "status": "open",
    "title": "Core costs",
    "channels": ["bank_abroad"],
    "legal_statuses": ["unregistered"],
    "base_countries": ["PL"],
    "visibility": "members",
}
PRIVATE = {"channels", "legal_statuses", "base_countries", "donor", "excluded_organisations"}


def test_a_donor_posts_changes_and_closes_an_offer(api_client):
    donor = api_client(Role.DONOR)

    made = donor.post("/offers", OFFER | {"donor": donor.account.donor_id})
    path = f"/offers/{made.json['id']}"
    changed = donor.patch(path, {"max_award": {"amount": "5000", "currency": "EUR"}}, version=1)
    stale = donor.patch(path, {"renewable": True}, version=1)
    closed = donor.delete(path, version=2)

    assert made.status_code == 201
    assert made.json["budget_left"] == {"amount": "50000.00", "currency": "EUR"}
    assert changed.json["max_award"] == {"amount": "5000.00", "currency": "EUR"}
    assert stale.status_code == 412
    assert closed.json["status"] == "closed"


def test_nobody_posts_for_another_donor(api_client):
    donor, other = api_client(Role.DONOR), DonorFactory.create(external_id="other")

    for reference in (other.id, "other", "nobody"):
        refused = donor.post("/offers", OFFER | {"donor": reference})
        assert refused.status_code == 422
        assert refused.json["errors"][0]["code"] == "unknown_reference"


@pytest.mark.parametrize(
    ("role", "hidden"), [(Role.PARTNER, PRIVATE), (Role.ORGANISATION, {"donor"})]
)
def test_members_read_what_is_meant_for_them(api_client, role, hidden):
    offer = OfferFactory.create(
        visibility=Visibility.MEMBERS,
        channels=["bank_abroad"],
        legal_statuses=["unregistered"],
        base_countries=["PL"],
    )
    client = api_client(role)

    seen = client.get(f"/offers/{offer.id}")

    assert seen.status_code == 200
    assert not hidden & set(seen.json)
    assert "ETag" not in seen.headers
    assert [item["id"] for item in client.get("/offers").json["items"]] == [offer.id]


@pytest.mark.parametrize(
    "changes",
    [
        {"visibility": Visibility.OFFICERS},
        {"visibility": OfferFactory.ABSENT},
        {"visibility": Visibility.PUBLIC, "status": OfferStatus.DRAFT},
        {"visibility": Visibility.PUBLIC, "status": OfferStatus.PAUSED},
    ],
)
@pytest.mark.parametrize("role", [Role.PARTNER, Role.ORGANISATION, Role.DONOR])
def test_what_is_not_shared_looks_like_none(api_client, role, changes):
    client, offer = api_client(role), OfferFactory.create(**changes)

    assert client.get(f"/offers/{offer.id}").status_code == 404
    assert client.get("/offers").json["items"] == []


@pytest.mark.parametrize("vetting", [Vetting.UNVERIFIED, Vetting.SUSPENDED])
def test_offers_of_donors_that_nobody_vouched_for_reach_no_one(api_client, vetting):
    partner = api_client(Role.PARTNER)
    donor = DonorFactory.create(vetting=vetting)
    offer = OfferFactory.create(donor=donor, visibility=Visibility.PUBLIC)

    assert partner.get(f"/offers/{offer.id}").status_code == 404
    assert partner.get("/offers").json["items"] == []


def test_an_unverified_organisation_sees_no_offers(api_client):
    organisation = OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
    client = api_client(Role.ORGANISATION, organisation_id=organisation.id)
    offer = OfferFactory.create(visibility=Visibility.MEMBERS)

    assert client.get("/offers").json["items"] == []
    assert client.get(f"/offers/{offer.id}").status_code == 404


def test_filters_find_offers_that_take_everything_too(api_client):
    officer = api_client(Role.OFFICER)
    anything = OfferFactory.create()
    group = OfferFactory.create(categories=["fixed_costs"], countries=["PL"])
    item = OfferFactory.create(categories=["legal_aid.fines"], countries=["LT"])

    def found(query: str) -> set[str]:
        return {each["id"] for each in officer.get(f"/offers?{query}").json["items"]}

    assert found("category=fixed_costs.rent") == {anything.id, group.id}
    assert found("category=legal_aid.fines") == {anything.id, item.id}
    assert found("country=PL") == {anything.id, group.id}
    assert found("instrument=service") == set()


def test_an_offer_cannot_return_from_being_closed(api_client):
    donor = api_client(Role.DONOR)
    made = donor.post("/offers", OFFER | {"donor": donor.account.donor_id}).json
    donor.delete(f"/offers/{made['id']}")

    refused = donor.patch(f"/offers/{made['id']}", {"status": "open"}, version=2)

    assert refused.status_code == 409
    assert refused.json["errors"][0]["field"] == "status"


def test_an_officer_adds_a_donor_that_begins_unverified(api_client):
    officer = api_client(Role.OFFICER)
    record = {"external_id": "d1", "donor_kind": "business", "handle": "Quiet Mill"}

    made = officer.post("/donors", record)
    trusted = officer.post("/donors", record | {"external_id": "d2", "vetting": "verified"})
    changed = officer.patch(f"/donors/{made.json['id']}", {"languages": ["en"]}, version=1)

    assert made.json["vetting"] == "unverified"
    assert trusted.status_code == 422
    assert changed.json["languages"] == ["en"]
    assert [item["id"] for item in officer.get("/donors").json["items"]] == [made.json["id"]]


def test_a_donor_sees_itself_and_no_other(api_client):
    donor, other = api_client(Role.DONOR), DonorFactory.create()

    assert donor.get(f"/donors/{donor.account.donor_id}").status_code == 200
    assert donor.get(f"/donors/{other.id}").status_code == 404
    assert [each["id"] for each in donor.get("/donors").json["items"]] == [donor.account.donor_id]
    assert donor.post("/donors", {"external_id": "x", "donor_kind": "business"}).status_code == 403


def test_a_donor_cannot_claim_an_intermediary(api_client):
    donor = api_client(Role.DONOR)

    refused = donor.patch(
        f"/donors/{donor.account.donor_id}", {"intermediary": "a big house"}, version=1
    )

    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "intermediary"


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ORGANISATION, Role.AUDITOR])
def test_donors_are_for_officers_and_themselves(api_client, role):
    client, donor = api_client(role), DonorFactory.create()

    assert client.get("/donors").json["items"] == []
    assert client.get(f"/donors/{donor.id}").status_code == 404
