"""Two people of one newsroom change the same need by API; nobody's words are lost.

Both have read version 1. The first change is kept; the second is told so, reads what stands
now, and makes its change to that.
"""

from registry.domain.roles import Role
from tests.factories import NeedFactory, OrganisationFactory


def test_the_second_change_is_told_and_loses_nothing(api_client):
    newsroom = OrganisationFactory.create()
    need = NeedFactory.create(organisation=newsroom, summary="Two rooms.")
    first = api_client(Role.ORGANISATION, organisation_id=newsroom.id)
    second = api_client(Role.ORGANISATION, organisation_id=newsroom.id)
    path = f"/needs/{need.id}"
    read_by_both = [each.get(path).headers["ETag"] for each in (first, second)]
    assert read_by_both == ['"1"', '"1"']

    kept = first.patch(path, {"summary": "Two rooms and a cellar."}, version=1)
    assert kept.status_code == 200
    late = {"title": "Rent until summer", "months_covered": 6}
    refused = second.patch(path, late, version=1)

    assert refused.status_code == 412
    assert refused.json["errors"][0]["code"] == "conflict"
    assert "read it again" in refused.json["message"].lower()
    standing = second.get(path)
    assert standing.json["summary"] == "Two rooms and a cellar."
    assert standing.json["title"] == "Rent for three months"

    again = second.patch(path, late, version=standing.headers["ETag"])

    assert again.status_code == 200
    assert again.json["summary"] == "Two rooms and a cellar."
    assert again.json["title"] == "Rent until summer"
    assert again.json["version"] == 3


def test_withdrawing_what_has_changed_meanwhile_is_told_too(api_client):
    newsroom = OrganisationFactory.create()
    need = NeedFactory.create(organisation=newsroom)
    first = api_client(Role.ORGANISATION, organisation_id=newsroom.id)
    second = api_client(Role.ORGANISATION, organisation_id=newsroom.id)
    first.patch(f"/needs/{need.id}", {"urgency": "emergency"}, version=1)

    assert second.delete(f"/needs/{need.id}", version=1).status_code == 412
    assert second.get(f"/needs/{need.id}").json["status"] == "open"


def test_moving_a_need_that_somebody_withdrew_says_that_nothing_follows(api_client):
    newsroom = OrganisationFactory.create()
    need = NeedFactory.create(organisation=newsroom)
    first = api_client(Role.ORGANISATION, organisation_id=newsroom.id)
    second = api_client(Role.ORGANISATION, organisation_id=newsroom.id)
    first.delete(f"/needs/{need.id}")

    refused = second.patch(f"/needs/{need.id}", {"status": "met"}, version=2)

    assert refused.status_code == 409
    assert refused.json["errors"][0]["code"] == "invalid_move"
