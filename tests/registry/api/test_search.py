"""Search over the API: the index finds, the database decides what is shown."""

import pytest

from registry.domain.roles import Role, Scope
from registry.jobs.by_hand import drain_all
from search.codes import RecordState, Visibility
from search.index.protocol import IndexUnavailable
from search.money import Money
from tests.factories import NeedFactory, OfferFactory, OrganisationFactory


@pytest.fixture
def drained(parts):
    return lambda: drain_all(parts.database)


@pytest.fixture
def partner(api_client):
    return api_client(Role.PARTNER, Scope.NEEDS_READ, Scope.NEEDS_TEXT, Scope.OFFERS_READ)


def test_a_partner_finds_by_words_and_reads_codes_only(partner, drained):
    found = NeedFactory.create(title="Cameras were seized", summary="We film courts.")
    NeedFactory.create()
    drained()

    answer = partner.get("/search?q=camera+seized").json

    assert [item["id"] for item in answer["items"]] == [found.id]
    assert answer["total"] == 0  # in tens: fewer than ten of others are told as none
    assert answer["items"][0]["matched"] == 2
    assert not {"title", "summary", "snippets"} & set(answer["items"][0])
    assert "Cameras" not in str(answer)


def test_a_key_that_may_not_read_texts_cannot_ask_what_stands_in_them(api_client, drained):
    codes_only = api_client(Role.PARTNER, Scope.NEEDS_READ)
    NeedFactory.create(title="Cameras were seized")
    drained()

    assert codes_only.get("/search?q=camera").status_code == 403
    assert codes_only.get("/search?country=PL").status_code == 200


def test_an_owner_sees_the_words_marked_in_its_own_text(api_client, session, drained):
    own = api_client(Role.ORGANISATION)
    path = {"organisation": own.account.organisation_id}
    record = {"external_id": "a", "category": "equipment", "country": "PL", "asks_for": ["items"]}
    own.post("/needs", record | path | {"title": "Two cameras", "language": "en"})
    drained()

    item = own.get("/search?q=camera").json["items"][0]

    assert item["title"] == "Two cameras"
    assert {"text": "cameras", "marked": True} in item["snippets"]["title"]


def test_filters_facets_and_pages(partner, drained):
    for country in ("PL", "PL", "LT"):
        NeedFactory.create(country=country, amount_requested=Money(100_000, "EUR"))
    NeedFactory.create(category="legal_aid.fines", amount_requested=Money(900_000, "EUR"))
    drained()

    rent = partner.get("/search?category=fixed_costs&facets=country,urgency&limit=2").json
    rest = partner.get(f"/search?category=fixed_costs&limit=2&cursor={rent['next_cursor']}").json
    large = partner.get("/search?amount_from=5000").json

    assert (rent["total"], rent["facets"]) == (0, {"country": {}, "urgency": {}})
    assert len(rent["items"] + rest["items"]) == 3
    assert rest["next_cursor"] is None
    assert [item["category"] for item in large["items"]] == ["legal_aid.fines"]


def test_what_was_hidden_since_it_was_indexed_is_not_found(partner, drained, session):
    organisation = OrganisationFactory.create()
    NeedFactory.create(organisation=organisation)
    drained()
    organisation.state = RecordState.FROZEN
    session.commit()

    assert partner.get("/search?q=rent").json["items"] == []


def test_offers_take_their_own_scope(api_client, drained):
    needs_only = api_client(Role.PARTNER, Scope.NEEDS_READ)
    offers_only = api_client(Role.PARTNER, Scope.OFFERS_READ)
    offer = OfferFactory.create(visibility=Visibility.MEMBERS)
    OfferFactory.create()
    drained()

    assert needs_only.get("/search?kind=offers").status_code == 403
    assert offers_only.get("/search?kind=needs").status_code == 403
    found = offers_only.get("/search?kind=offers&q=newsrooms").json["items"]
    assert [item["id"] for item in found] == [offer.id]


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("q=cam*", "q", "query_wildcards"),
        ("q=camra~", "q", "query_wildcards"),
        ("q=" + "x" * 600, "q", "query_too_long"),
        ("q=the", "q", "query_without_words"),
        ("q=%00", "q", "query_control_characters"),
        ("kind=people", "kind", "unknown_code"),
        ("facets=readers", "facets", "unknown_code"),
        ("facets=title", "facets", "unknown_code"),
        ("cursor=abc", "cursor", "bad_cursor"),
        ("sort=random", "sort", "unknown_code"),
        ("limit=1000", "limit", "out_of_range"),
        ("words=camera", "words", "unknown_field"),
    ],
)
def test_a_search_that_cannot_be_is_refused_with_a_remedy(partner, query, field, code):
    answer = partner.get(f"/search?{query}")

    assert answer.status_code == 422
    problem = answer.json["errors"][0]
    assert (problem["field"], problem["code"]) == (field, code)
    assert "description" not in problem["message"]


def test_an_index_that_is_being_rebuilt_asks_for_patience(partner, parts, monkeypatch):
    def be_away(*_):
        raise IndexUnavailable("missing", "no index")

    monkeypatch.setattr(type(parts.index), "search", be_away)

    answer = partner.get("/search?q=rent")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_what_a_slip_was_read_as_is_said(partner, drained):
    NeedFactory.create(title="Cameras were seized")
    drained()

    answer = partner.get("/search?q=siezed").json

    assert answer["mended"] == [{"written": "siezed", "looked_for": ["seized"]}]
    assert partner.get("/search?q=seized").json["mended"] == []
