"""Needs over the API: who reads what, who writes what."""

import pytest

from registry.domain.roles import Role, Scope
from registry.jobs.by_hand import drain_all
from search.codes import NeedStatus, Reader, RecordState, Vetting
from tests.factories import NeedFactory, OrganisationFactory

NEED = {
    "external_id": "rent-2027",
    "category": "fixed_costs.rent",
    "country": "PL",
    "title": "Rent until spring",
    "summary": "Two rooms in Białystok.",
    "language": "en",
    "amount_requested": {"amount": "4500.00", "currency": "EUR"},
    "needed_by": "2027-01-31",
    "urgency": "soon",
    "readers": ["partners"],
}


@pytest.fixture
def reader(api_client):
    """Give a partner's programme that may read open fields, and no texts."""
    return api_client(Role.PARTNER, Scope.NEEDS_READ)


def test_a_partner_reads_open_fields_of_a_need_meant_for_partners(reader):
    need = NeedFactory.create()

    answer = reader.get(f"/needs/{need.id}")

    assert answer.status_code == 200
    assert answer.json == {
        "id": need.id,
        "category": "fixed_costs.rent",
        "country": "PL",
        "amount_requested": {"amount": "4500.00", "currency": "EUR"},
        "needed_by": "2027-01-31",
        "months_covered": 3,
        "urgency": "soon",
        "status": "open",
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"readers": [Reader.DONORS]},
        {"readers": NeedFactory.ABSENT},
        {"status": NeedStatus.DRAFT},
        {"status": NeedStatus.MET},
    ],
)
def test_a_need_that_is_not_meant_for_partners_looks_like_none(reader, changes):
    need = NeedFactory.create(**changes)

    hidden, absent = reader.get(f"/needs/{need.id}"), reader.get(f"/needs/{'0' * 32}")

    assert hidden.status_code == absent.status_code == 404
    assert hidden.json == absent.json
    assert reader.get("/needs").json == {"items": [], "next_cursor": None}


@pytest.mark.parametrize("vetting", [Vetting.UNVERIFIED, Vetting.SUSPENDED])
def test_needs_of_organisations_that_nobody_vouched_for_stay_hidden(reader, vetting):
    need = NeedFactory.create(organisation=OrganisationFactory.create(vetting=vetting))

    assert reader.get(f"/needs/{need.id}").status_code == 404
    assert reader.get("/needs").json["items"] == []


def test_a_frozen_organisation_takes_its_needs_out_of_sight(reader, session):
    organisation = OrganisationFactory.create()
    need = NeedFactory.create(organisation=organisation)
    organisation.state = RecordState.FROZEN
    session.commit()

    assert reader.get(f"/needs/{need.id}").status_code == 404
    assert reader.get("/needs").json["items"] == []


def test_a_list_never_holds_texts_even_with_the_scope_for_them(api_client):
    partner = api_client(Role.PARTNER, Scope.NEEDS_READ, Scope.NEEDS_TEXT)
    need = NeedFactory.create()

    listed = partner.get("/needs").json["items"]
    read = partner.get(f"/needs/{need.id}").json

    assert [set(item) & {"title", "summary", "organisation"} for item in listed] == [set()]
    assert read["title"] == "Rent for three months"
    assert "situation" not in read
    assert "organisation" not in read


def test_texts_are_counted_per_account_and_day(api_client, calendar, monkeypatch):
    monkeypatch.setattr("registry.services.needs.count_text.TEXTS_A_DAY", 2)
    partner = api_client(Role.PARTNER, Scope.NEEDS_READ, Scope.NEEDS_TEXT)
    first, second, third = (NeedFactory.create() for _ in range(3))

    for need in (first, second, first):
        assert partner.get(f"/needs/{need.id}").status_code == 200
    refused = partner.get(f"/needs/{third.id}")
    calendar.pass_days(1)

    assert refused.status_code == 429
    assert refused.json["errors"][0]["code"] == "limit_reached"
    assert refused.headers["Retry-After"] == "Wed, 25 Nov 2026 00:00:00 GMT"
    assert partner.get(f"/needs/{third.id}").status_code == 200


def test_another_key_of_the_same_account_shares_its_count(api_client, monkeypatch):
    monkeypatch.setattr("registry.services.needs.count_text.TEXTS_A_DAY", 1)
    scopes = (Scope.NEEDS_READ, Scope.NEEDS_TEXT)
    partner = api_client(Role.PARTNER, *scopes)
    again = api_client(Role.PARTNER, *scopes, account=partner.account)
    other = api_client(Role.PARTNER, *scopes)
    first, second = NeedFactory.create(), NeedFactory.create()

    assert partner.get(f"/needs/{first.id}").status_code == 200
    assert again.get(f"/needs/{second.id}").status_code == 429
    assert other.get(f"/needs/{second.id}").status_code == 200


def test_an_organisation_registers_reads_and_withdraws_its_need(api_client):
    own = api_client(Role.ORGANISATION)
    organisation = own.get("/organisations").json["items"][0]["external_id"]

    made = own.post("/needs", NEED | {"organisation": organisation})
    read = own.get(f"/needs/{made.json['id']}")
    gone = own.delete(f"/needs/{made.json['id']}")

    assert made.status_code == 201
    assert read.json == made.json
    assert read.json["title"] == NEED["title"]
    assert read.json["status"] == "open"
    assert read.headers["ETag"] == made.headers["ETag"] == '"1"'
    assert gone.json["status"] == "withdrawn"


def test_an_officers_key_reads_texts_one_at_a_time_with_their_scope_and_counted(
    api_client, monkeypatch, parts
):
    monkeypatch.setattr("registry.services.needs.count_text.TEXTS_A_DAY", 1)
    reads = (Scope.NEEDS_READ, Scope.NEEDS_WRITE)
    codes, texts = api_client(Role.OFFICER, *reads), api_client(Role.OFFICER)
    first, second = (
        NeedFactory.create(title="Marigold", summary="Marigold.", situation="Marigold")
        for _ in range(2)
    )
    drain_all(parts.database)

    for key in (codes, texts):
        assert "Marigold" not in key.get("/needs").text
        assert "Marigold" not in key.get("/search?kind=needs").text
        assert "Marigold" not in key.patch(f"/needs/{first.id}", {}, version=first.version).text
    assert "Marigold" not in codes.get(f"/needs/{first.id}").text
    assert codes.get("/search?q=marigold").status_code == 403
    assert texts.get(f"/needs/{first.id}").json["situation"] == "Marigold"
    assert texts.get(f"/needs/{second.id}").status_code == 429


@pytest.mark.parametrize("version", ['"0"', '"00"', f'"{"9" * 5000}"', '"1", "2"'])
def test_a_version_that_never_was_withdraws_nothing(api_client, version):
    own = api_client(Role.ORGANISATION)
    record = NEED | {"organisation": own.account.organisation_id}
    path = f"/needs/{own.post('/needs', record).json['id']}"

    assert own.delete(path, version=version).status_code == 412
    assert own.patch(path, {"urgency": "urgent"}, version=version).status_code == 412
    assert own.get(path).headers["ETag"] == '"1"'


def test_an_organisation_may_name_itself_by_its_id(api_client):
    own = api_client(Role.ORGANISATION)

    made = own.post("/needs", NEED | {"organisation": own.account.organisation_id})

    assert made.status_code == 201


def test_nobody_writes_for_an_organisation_that_is_not_theirs(api_client, rows):
    stranger = OrganisationFactory.create(external_id="elsewhere")
    own = api_client(Role.ORGANISATION)

    by_id = own.post("/needs", NEED | {"organisation": stranger.id})
    by_name = own.post("/needs", NEED | {"organisation": "elsewhere"})
    absent = own.post("/needs", NEED | {"organisation": "nowhere"})

    assert [each.status_code for each in (by_id, by_name, absent)] == [422, 422, 422]
    assert by_id.json == by_name.json == absent.json
    assert absent.json["errors"][0]["field"] == "organisation"


def test_the_same_external_id_twice_is_a_conflict_but_not_for_somebody_else(api_client):
    first, second = api_client(Role.ORGANISATION), api_client(Role.ORGANISATION)

    for own in (first, second):
        record = NEED | {"organisation": own.account.organisation_id}
        assert own.post("/needs", record).status_code == 201
    again = first.post("/needs", NEED | {"organisation": first.account.organisation_id})

    assert again.status_code == 409
    assert again.json["errors"][0] == {
        "code": "already_exists",
        "field": "external_id",
        "message": "You have a record with this external id already. Change that one.",
    }


def test_a_partner_registers_an_organisation_and_writes_its_needs(api_client):
    partner = api_client(Role.PARTNER)
    hosted = partner.post(
        "/organisations",
        {
            "external_id": "court-12",
            "kind": "community",
            "legal_statuses": ["unregistered"],
            "base_country": "BY",
        },
    ).json

    made = partner.post("/needs", NEED | {"organisation": "court-12"})
    changed = partner.patch(f"/needs/{made.json['id']}", {"urgency": "urgent"}, version=1)
    other = api_client(Role.PARTNER)

    assert hosted["vetting"] == "unverified"
    assert made.status_code == 201
    assert changed.json["urgency"] == "urgent"
    assert changed.headers["ETag"] == '"2"'
    assert other.get(f"/needs/{made.json['id']}").status_code == 404
    assert other.get(f"/organisations/{hosted['id']}").status_code == 404


def test_a_change_says_which_version_it_was_made_from(api_client, rows):
    own = api_client(Role.ORGANISATION)
    made = own.post("/needs", NEED | {"organisation": own.account.organisation_id}).json
    path = f"/needs/{made['id']}"

    missing = own.patch(path, {"urgency": "urgent"})
    any_version = own.patch(path, {"urgency": "urgent"}, version="*")
    first = own.patch(path, {"urgency": "urgent"}, version=1)
    stale = own.patch(path, {"urgency": "routine"}, version=1)
    strange = own.patch(path, {"urgency": "routine"}, version='"abc"')

    assert missing.status_code == any_version.status_code == 428
    assert missing.json["errors"][0]["code"] == "version_missing"
    assert first.status_code == 200
    assert stale.status_code == strange.status_code == 412
    assert stale.json["errors"][0]["code"] == "conflict"
    assert own.get(path).json["urgency"] == "urgent"


def test_a_change_of_nothing_makes_no_new_version(api_client):
    own = api_client(Role.ORGANISATION)
    made = own.post("/needs", NEED | {"organisation": own.account.organisation_id}).json

    same = own.patch(f"/needs/{made['id']}", {"urgency": "soon", "country": "PL"}, version=1)

    assert same.headers["ETag"] == '"1"'


def test_null_empties_a_field_and_the_rest_stays(api_client):
    own = api_client(Role.ORGANISATION)
    made = own.post("/needs", NEED | {"organisation": own.account.organisation_id}).json

    changed = own.patch(f"/needs/{made['id']}", {"summary": None}, version=1).json

    assert "summary" not in changed
    assert changed["title"] == made["title"]


def test_a_change_has_to_agree_with_what_stays(api_client):
    own = api_client(Role.ORGANISATION)
    made = own.post("/needs", NEED | {"organisation": own.account.organisation_id}).json

    refused = own.patch(f"/needs/{made['id']}", {"useful_until": "2026-12-31"}, version=1)

    assert refused.status_code == 422
    assert [(each["field"], each["code"]) for each in refused.json["errors"]] == [
        ("useful_until", "useful_until_before_needed_by")
    ]


def test_what_says_which_need_it_is_cannot_be_changed(api_client):
    own = api_client(Role.ORGANISATION)
    made = own.post("/needs", NEED | {"organisation": own.account.organisation_id}).json

    refused = own.patch(f"/needs/{made['id']}", {"external_id": "other"}, version=1)

    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "external_id"


def test_a_move_that_cannot_follow_says_what_can(api_client):
    own = api_client(Role.ORGANISATION)
    made = own.post("/needs", NEED | {"organisation": own.account.organisation_id}).json

    refused = own.patch(f"/needs/{made['id']}", {"status": "expired"}, version=1)

    assert refused.status_code == 409
    assert refused.json["errors"] == [
        {
            "code": "invalid_move",
            "field": "status",
            "message": "Possible instead: draft, partly_met, met, withdrawn.",
        }
    ]


def test_an_officer_changes_only_needs_of_those_without_an_account(api_client, make_account):
    officer = api_client(Role.OFFICER)
    account = make_account(Role.ORGANISATION)
    signs_in = OrganisationFactory.create()
    need_of_account = NeedFactory.create(
        organisation=type("Named", (), {"id": account.organisation_id})
    )
    need = NeedFactory.create(organisation=signs_in)

    foreign = officer.patch(f"/needs/{need_of_account.id}", {"country": "LT"}, version=1)
    allowed = officer.patch(f"/needs/{need.id}", {"country": "LT"}, version=1)
    moved = officer.patch(f"/needs/{need_of_account.id}", {"status": "met"}, version=1)

    assert foreign.status_code == 403
    assert allowed.status_code == 200
    assert moved.json["status"] == "met"


def test_a_donors_key_sees_no_needs(api_client):
    donor = api_client(Role.DONOR)
    need = NeedFactory.create()

    assert donor.get("/needs").json["items"] == []
    assert donor.get(f"/needs/{need.id}").status_code == 404


def test_a_need_whose_key_was_destroyed_is_in_no_list(api_client, parts):
    officer = api_client(Role.OFFICER)
    gone, stays = NeedFactory.create(), NeedFactory.create()
    parts.vault.keys.destroy_key(gone.organisation_id)

    assert [item["id"] for item in officer.get("/needs").json["items"]] == [stays.id]
    assert officer.get(f"/needs/{gone.id}").status_code == 404
