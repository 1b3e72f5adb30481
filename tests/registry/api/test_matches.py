"""Matches over the API: officers see reasons, sides what was shown to them; reviews move them."""

import pytest

from registry.domain.roles import Role
from registry.identity.actor import actor_of
from registry.storage.accounts import Account
from search.codes import MatchState
from tests.factories.matches import bring_to, make_pair


@pytest.fixture
def pair(session):
    made = make_pair()
    session.commit()
    return made


@pytest.fixture
def officer(api_client):
    return api_client(Role.OFFICER)


def client_of(api_client, session, actor):
    account = session.get_one(Account, actor.account_id)
    return api_client(actor.role, account=account)


def test_an_officer_reads_every_rule_and_part(officer, pair):
    match = officer.get(f"/matches/{pair.id}")

    assert match.status_code == 200
    assert match.json["state"] == "proposed"
    assert match.json["need"] == pair.need.id
    assert match.json["offer"] == pair.offer.id
    assert 0 < match.json["score"] <= 1
    assert len(match.json["verdicts"]) > 10
    assert all(verdict["sentence"] for verdict in match.json["verdicts"])
    assert all(0 <= value <= 1 for value in match.json["parts"].values())
    assert officer.get(f"/matches/{pair.id}/reviews").json["items"] == []


def test_a_list_of_matches_goes_on_over_several_pages(officer, session):
    made = {make_pair().id for _ in range(3)}
    session.commit()

    page = officer.get("/matches?limit=1")
    seen = [item["id"] for item in page.json["items"]]
    while page.json["next_cursor"]:
        page = officer.get(f"/matches?limit=1&cursor={page.json['next_cursor']}")
        seen += [item["id"] for item in page.json["items"]]

    assert len(seen) == len(set(seen))
    assert made <= set(seen)


def test_sentences_come_in_the_language_that_is_asked_for(officer, pair):
    english = officer.get(f"/matches/{pair.id}").json["verdicts"]
    russian = officer.get(f"/matches/{pair.id}", headers={"Accept-Language": "ru"}).json["verdicts"]

    assert [each["rule"] for each in english] == [each["rule"] for each in russian]
    assert all(a["sentence"] != b["sentence"] for a, b in zip(english, russian, strict=True))


def test_reviews_move_a_match_and_are_its_history(officer, pair):
    first = officer.get(f"/matches/{pair.id}")
    moved = officer.open(
        "POST",
        f"/matches/{pair.id}/reviews",
        json={"kind": "shortlist", "note": "fits well"},
        headers={"If-Match": first.headers["ETag"]},
    )
    history = officer.get(f"/matches/{pair.id}/reviews").json

    assert moved.status_code == 201
    assert moved.json["state"] == "shortlisted"
    assert moved.headers["ETag"] != first.headers["ETag"]
    assert history == {
        "items": [
            {"kind": "shortlist", "by_role": "officer", "day": "2026-11-24", "note": "fits well"}
        ],
        "next_cursor": None,
    }


def test_a_review_of_what_has_changed_is_stale(officer, pair):
    stale = officer.get(f"/matches/{pair.id}").headers["ETag"]
    officer.post(f"/matches/{pair.id}/reviews", {"kind": "shortlist"})

    refused = officer.open(
        "POST",
        f"/matches/{pair.id}/reviews",
        json={"kind": "decline", "reason_code": "timing"},
        headers={"If-Match": stale},
    )

    assert refused.status_code == 412
    assert officer.get(f"/matches/{pair.id}").json["state"] == "shortlisted"


@pytest.mark.parametrize(
    ("review", "status", "field"),
    [
        ({"kind": "consent"}, 409, "kind"),
        ({"kind": "award", "amount": {"amount": "5", "currency": "EUR"}}, 409, "kind"),
        ({"kind": "decline"}, 422, "reason_code"),
        ({"kind": "dismiss", "reason_code": "whim"}, 422, "reason_code"),
        ({"kind": "shortlist", "reason_code": "timing"}, 422, "reason_code"),
        ({"kind": "waive", "rule": "offer_open"}, 422, "note"),
        ({"kind": "bless"}, 422, "kind"),
        ({"kind": "note", "by_role": "admin", "note": "x"}, 422, "by_role"),
        ({}, 422, "kind"),
    ],
)
def test_what_cannot_be_done_is_refused_at_its_field(officer, pair, review, status, field):
    refused = officer.post(f"/matches/{pair.id}/reviews", review)

    assert refused.status_code == status
    assert field in [each["field"] for each in refused.json["errors"]]
    assert officer.get(f"/matches/{pair.id}/reviews").json["items"] == []


def test_a_move_that_cannot_follow_names_those_that_can(officer, pair):
    refused = officer.post(f"/matches/{pair.id}/reviews", {"kind": "offer"})

    assert refused.status_code == 409
    assert "shortlist" in refused.json["errors"][0]["message"]


def test_a_side_sees_a_match_from_the_day_it_was_shown(api_client, session, officer, pair):
    donor = client_of(api_client, session, pair.giver)
    own = client_of(api_client, session, pair.holder)

    before = [each.get(f"/matches/{pair.id}").status_code for each in (donor, own)]
    bring_to(session, pair, actor_of(officer.account), MatchState.OFFERED)
    offered = [each.get(f"/matches/{pair.id}").status_code for each in (donor, own)]
    interest = donor.post(f"/matches/{pair.id}/reviews", {"kind": "interest"})
    after = own.get(f"/matches/{pair.id}")

    assert before == [404, 404]
    assert offered == [200, 404]
    assert interest.json["state"] == "interested"
    assert after.json["state"] == "interested"
    for secret in ("score", "verdicts", "parts", "assigned_to", "confidence"):
        assert secret not in after.json
    assert [each["id"] for each in own.get("/matches").json["items"]] == [pair.id]


def test_a_stranger_sees_no_match(api_client, pair):
    for role in (Role.DONOR, Role.ORGANISATION, Role.PARTNER):
        stranger = api_client(role)
        assert stranger.get(f"/matches/{pair.id}").status_code == 404
        assert stranger.get("/matches").json["items"] == []
        review = {"kind": "note", "note": "let me in"}
        assert stranger.post(f"/matches/{pair.id}/reviews", review).status_code == 404


def test_matches_are_filtered(officer, pair):
    def found(query):
        return [each["id"] for each in officer.get(f"/matches?{query}").json["items"]]

    assert found(f"need={pair.need.id}") == [pair.id]
    assert found(f"offer={pair.offer.id}&state=proposed") == [pair.id]
    assert found("state=declined") == []
    assert found(f"need={pair.offer.id}") == []
