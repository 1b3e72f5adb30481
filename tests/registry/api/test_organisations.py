"""Organisations over the API: own ones, hosted ones, registered ones, and nobody else's."""

import pytest

from registry.domain.roles import Role
from search.codes import Vetting
from tests.factories import OrganisationFactory

ORGANISATION = {
    "external_id": "court-12",
    "handle": "Courtyard 12",
    "kind": "community",
    "legal_statuses": ["unregistered"],
    "base_country": "BY",
    "themes": ["local_development"],
}


@pytest.fixture
def hub(api_client):
    """Give a partner that belongs to a verified hub."""
    organisation = OrganisationFactory.create(external_id="hub")
    return api_client(Role.PARTNER, organisation_id=organisation.id)


def test_a_hub_hosts_what_it_registers(hub):
    made = hub.post("/organisations", ORGANISATION)

    assert made.status_code == 201
    assert made.json["hosted_by"] == "hub"
    assert made.json["vetting"] == "unverified"
    assert made.json["handle"] == "Courtyard 12"
    assert hub.get(f"/organisations/{made.json['id']}").json == made.json


def test_another_holder_of_the_hub_sees_what_it_hosts(hub, api_client):
    made = hub.post("/organisations", ORGANISATION).json
    holder = api_client(Role.ORGANISATION, organisation_id=hub.account.organisation_id)

    listed = [item["id"] for item in holder.get("/organisations").json["items"]]

    assert sorted(listed) == sorted([made["id"], hub.account.organisation_id])


def test_a_partner_may_host_for_its_own_hub_only(hub):
    OrganisationFactory.create(external_id="other-hub")

    refused = hub.post("/organisations", ORGANISATION | {"hosted_by": "other-hub"})

    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "hosted_by"


@pytest.mark.parametrize("vetting", [Vetting.UNVERIFIED, Vetting.VOUCHED, Vetting.SUSPENDED])
@pytest.mark.parametrize("role", [Role.PARTNER, Role.ORGANISATION])
def test_only_a_verified_hub_hosts(api_client, role, vetting):
    organisation = OrganisationFactory.create(vetting=vetting)
    client = api_client(role, organisation_id=organisation.id)

    assert client.post("/organisations", ORGANISATION).status_code == 403


@pytest.mark.parametrize("field", ["vetting", "state"])
@pytest.mark.parametrize("role", [Role.PARTNER, Role.OFFICER])
def test_trust_is_not_given_by_writing_it(api_client, role, field):
    value = {"vetting": "verified", "state": "active"}[field]

    refused = api_client(role).post("/organisations", ORGANISATION | {field: value})

    assert refused.status_code == 422
    assert [(each["field"], each["code"]) for each in refused.json["errors"]] == [
        (field, "unknown_field")
    ]


def test_an_organisation_changes_its_own_profile_but_not_its_trust(api_client):
    own = api_client(Role.ORGANISATION)
    path = f"/organisations/{own.account.organisation_id}"
    before = own.get(path).json

    changed = own.patch(path, {"staff_band": "1-5"}, version=before["version"])
    for field, value in (("vetting", "verified"), ("state", "frozen"), ("hosted_by", "x")):
        refused = own.patch(path, {field: value}, version=2)
        if field == "vetting":
            assert refused.status_code == 200  # it is verified already: nothing changes
        else:
            assert refused.status_code == 422
            assert refused.json["errors"][0]["field"] == field
    lowered = own.patch(path, {"vetting": "vouched"}, version=2)

    assert changed.json["staff_band"] == "1-5"
    assert changed.headers["ETag"] == '"2"'
    assert lowered.status_code == 422


def test_a_stranger_finds_nothing(api_client):
    stranger, organisation = api_client(Role.ORGANISATION), OrganisationFactory.create()

    assert stranger.get(f"/organisations/{organisation.id}").status_code == 404
    assert stranger.patch(f"/organisations/{organisation.id}", {}, version=1).status_code == 404


@pytest.mark.parametrize("role", [Role.DONOR, Role.AUDITOR])
def test_other_roles_find_no_organisations(api_client, role):
    client, organisation = api_client(role), OrganisationFactory.create()

    assert client.get("/organisations").json["items"] == []
    assert client.get(f"/organisations/{organisation.id}").status_code == 404
    assert client.post("/organisations", ORGANISATION).status_code == 403


def test_an_officer_lists_and_filters_all(api_client):
    officer = api_client(Role.OFFICER)
    new = OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
    OrganisationFactory.create()

    unverified = officer.get("/organisations?vetting=unverified").json["items"]

    assert [item["id"] for item in unverified] == [new.id]
    assert len(officer.get("/organisations").json["items"]) == 2


def test_the_external_ids_of_two_partners_do_not_meet(api_client):
    first, second = api_client(Role.PARTNER), api_client(Role.PARTNER)

    assert first.post("/organisations", ORGANISATION).status_code == 201
    assert second.post("/organisations", ORGANISATION).status_code == 201
    assert first.post("/organisations", ORGANISATION).status_code == 409


def test_deleting_is_an_act_of_its_own(api_client):
    own = api_client(Role.ORGANISATION)

    assert own.delete(f"/organisations/{own.account.organisation_id}").status_code == 405
