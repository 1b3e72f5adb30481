"""A partner works with the registry by API: hosts a community, writes for it, reads others.

The partner is a hub abroad. It registers a courtyard group that will never have an account,
writes a need for it, and looks through the needs of others to see whom it could help itself.
"""

import json

import pytest
from click.testing import CliRunner

from registry.cli import main
from registry.domain.roles import Role
from registry.jobs.by_hand import drain_all
from tests.factories import NeedFactory, OfferFactory, OrganisationFactory

COMMUNITY = {
    "external_id": "courtyard-12",
    "handle": "Courtyard 12",
    "kind": "community",
    "legal_statuses": ["unregistered"],
    "base_country": "BY",
    "operates_in": ["BY"],
    "themes": ["local_development"],
}
NEED = {
    "external_id": "printing-spring",
    "organisation": "courtyard-12",
    "category": "equipment.printing",
    "country": "BY",
    "title": "Друк улётак",
    "summary": "Нам патрэбны друкар, які не пытаецца прозвішчаў.",
    "language": "be",
    "quantity": {"amount": "500", "unit": "items"},
    "needed_by": "2027-03-01",
    "urgency": "soon",
    "channels": ["in_kind"],
    "readers": ["partners"],
}


SCOPES = (
    *("needs:read", "needs:text", "needs:write", "organisations:read"),
    *("organisations:write", "offers:read"),
)


@pytest.fixture
def headers(session, settings, monkeypatch):
    """Give the hub an account and a key, as an operator does at the command line."""
    OrganisationFactory.create(external_id="hub")
    monkeypatch.setenv("REGISTRY_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("REGISTRY_MASTER_KEY_FILE", str(settings.master_key_file))

    def run(*arguments):
        result = CliRunner().invoke(main, [*arguments, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    run("account", "create", "--role", "partner", "hub-abroad", "--for", "hub")
    named = [part for scope in SCOPES for part in ("--scope", scope)]
    return {"X-API-Key": run("apikey", "create", "--account", "hub-abroad", *named)["key"]}


def test_a_partner_hosts_writes_reads_and_never_carries_texts_away(
    client, headers, parts, api_client
):
    stranger = OrganisationFactory.create(handle="Quiet Mill")
    cameras = NeedFactory.create(
        organisation=stranger,
        category="equipment.replacement_of_seized",
        title="Two cameras were seized",
        summary="We cannot film at court any more.",
    )
    NeedFactory.create(organisation=stranger, readers=["donors"], title="Not for partners")
    OfferFactory.create(visibility="members", channels=["crypto"])

    def get(path):
        return client.get(f"/api/v1{path}", headers=headers)

    # It registers the community in its stead, and a need of it.
    hosted = client.post("/api/v1/organisations", json=COMMUNITY, headers=headers)
    assert hosted.status_code == 201
    assert hosted.json["hosted_by"] == "hub"
    assert hosted.json["vetting"] == "unverified"
    written = client.post("/api/v1/needs", json=NEED, headers=headers)
    assert written.status_code == 201
    assert written.json["title"] == NEED["title"]

    # The same sent again changes nothing and says so.
    assert client.post("/api/v1/needs", json=NEED, headers=headers).status_code == 409

    # It reads its own in full and of others what is open, page by page.
    drain_all(parts.database)
    listed = {item["id"]: item for item in get("/needs").json["items"]}
    assert set(listed) == {written.json["id"], cameras.id}
    assert listed[written.json["id"]]["title"] == NEED["title"]
    assert "title" not in listed[cameras.id]

    # A search by words finds what it may know of, and shows no text in a list.
    found = get("/search?q=camera+court&facets=country").json
    assert [item["id"] for item in found["items"]] == [cameras.id]
    assert "seized" not in json.dumps(found["items"]).replace("replacement_of_seized", "")
    assert (found["total"], found["facets"]["country"]) == (0, {})  # fewer than ten

    # One at a time it reads the text, still without learning who wrote it.
    opened = get(f"/needs/{cameras.id}").json
    assert opened["title"] == "Two cameras were seized"
    assert "Quiet Mill" not in json.dumps(opened)
    assert not {"organisation", "external_id", "situation", "version"} & set(opened)
    assert get(f"/organisations/{stranger.id}").status_code == 404

    # Offers come without what could betray those who take them.
    offers = get("/offers").json["items"]
    assert len(offers) == 1
    assert not {"channels", "legal_statuses", "base_countries", "donor"} & set(offers[0])

    # It changes its own need from what it read; a change of another's is not even refused.
    change = {"urgency": "urgent"}
    path = f"/api/v1/needs/{written.json['id']}"
    tagged = {**headers, "If-Match": written.headers["ETag"]}
    assert client.patch(path, json=change, headers=tagged).json["urgency"] == "urgent"
    foreign = client.patch(f"/api/v1/needs/{cameras.id}", json=change, headers=tagged)
    assert foreign.status_code == 403

    # The community is withdrawn from: its need is matched no more.
    assert client.delete(path, headers=headers).json["status"] == "withdrawn"

    # Matches and trust are not the partner's to see or to give.
    assert get("/matches").status_code == 403
    trusted = client.patch(
        f"/api/v1/organisations/{hosted.json['id']}",
        json={"vetting": "verified"},
        headers={**headers, "If-Match": hosted.headers["ETag"]},
    )
    assert trusted.status_code == 422

    # An officer sees what the hub answers for.
    officer = api_client(Role.OFFICER)
    seen = officer.get(f"/organisations/{hosted.json['id']}").json
    assert (seen["hosted_by"], seen["handle"]) == ("hub", "Courtyard 12")
