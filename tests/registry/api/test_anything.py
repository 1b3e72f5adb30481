"""Whatever is sent, the API answers with something below 500, and keeps nothing half."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.domain.roles import Role
from tests.factories.matches import make_pair

MANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
VERY_MANY = settings(MANY, max_examples=600)

TEXTS = st.text(st.characters(codec=None, categories=None), max_size=30)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(TEXTS, below, max_size=4),
    max_leaves=12,
)

NEED = {
    "external_id": "a",
    "organisation": "b",
    "category": "fixed_costs",
    "country": "PL",
    "title": "t",
    "summary": "s",
    "situation": "s",
    "language": "be",
    "breakdown": {"fixed_costs.rent": {"amount": "1", "currency": "EUR"}},
    "amount_requested": {"amount": "4500.00", "currency": "EUR"},
    "quantity": {"amount": "3", "unit": "hours"},
    "asks_for": ["money"],
    "minimum_useful": {"amount": "1", "currency": "EUR"},
    "serves": ["BY"],
    "needed_by": "2027-01-31",
    "useful_until": "2027-02-28",
    "months_covered": 3,
    "minimum_months": 1,
    "recurrence": "monthly",
    "urgency": "soon",
    "channels": ["in_kind"],
    "publicity_accepted": "none",
    "reporting_accepted": "light",
    "target_groups": ["media"],
    "readers": ["partners"],
    "status": "open",
}
OFFER = {
    "external_id": "a",
    "donor": "b",
    "instrument": "grant",
    "budget": {"amount": "1", "currency": "EUR"},
    "flexibility": "core",
    "status": "open",
    "min_award": {"amount": "1", "currency": "EUR"},
    "categories": ["fixed_costs"],
    "excluded_categories": ["advocacy"],
    "category_caps": {"fixed_costs": "50"},
    "closes_on": "2027-01-01",
    "max_months": 3,
    "renewable": True,
    "excluded_organisations": ["x"],
    "visibility": "public",
}
ORGANISATION = {
    "external_id": "a",
    "handle": "Name",
    "kind": "media",
    "legal_statuses": ["unregistered"],
    "base_country": "PL",
    "operates_in": ["BY"],
    "active_since": 2020,
    "declines_anonymous": True,
    "hosted_by": "x",
    "contact": "c",
}
REVIEW = {
    "kind": "waive",
    "reason_code": "timing",
    "note": "n",
    "rule": "offer_open",
    "until": "2027-01-01",
    "amount": {"amount": "1", "currency": "EUR"},
}
PARAMETERS = (
    *("limit", "cursor", "category", "country", "urgency", "status", "organisation", "q", "kind"),
    *("amount_from", "amount_to", "needed_from", "sort", "facets", "state", "need", "offer"),
)
LISTS = ("/needs", "/offers", "/organisations", "/donors", "/matches", "/search")


def changed(record):
    """Replace, add and take out fields of a good record."""
    replaced = st.dictionaries(st.sampled_from(sorted(record)) | TEXTS, JSON, max_size=3)
    return replaced.map(lambda fields: record | fields)


BODIES = st.one_of(JSON, changed(NEED), changed(OFFER), changed(ORGANISATION), changed(REVIEW))


@pytest.fixture
def house(api_client, session):
    """Give an officer's client, and paths that lead to something that can be changed."""
    pair = make_pair()
    session.commit()
    officer = api_client(Role.OFFICER)
    paths = [
        ("POST", "/needs"),
        ("POST", "/offers"),
        ("POST", "/organisations"),
        ("POST", "/donors"),
        ("PATCH", f"/needs/{pair.need.id}"),
        ("PATCH", f"/offers/{pair.offer.id}"),
        ("PATCH", f"/organisations/{pair.organisation.id}"),
        ("PATCH", f"/donors/{pair.donor.id}"),
        ("POST", f"/matches/{pair.id}/reviews"),
    ]
    return officer, paths


def send(house, body):
    officer, paths = house
    for method, path in paths:
        answer = officer.open(
            method,
            path,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "If-Match": '"1"'},
        )
        assert answer.status_code < 500, (method, path, answer.text)
        if answer.status_code >= 400:
            assert set(answer.json) == {"status", "message", "errors"}


def ask(house, query):
    officer, _ = house
    for path in LISTS:
        answer = officer.get(path, query_string=query)
        assert answer.status_code < 500, (path, answer.text)


QUERIES = st.dictionaries(st.sampled_from(PARAMETERS) | TEXTS, TEXTS, max_size=4)
ENCODABLE = QUERIES.map(
    lambda query: {
        name.encode("utf-8", "replace").decode(): value.encode("utf-8", "replace").decode()
        for name, value in query.items()
    }
)


@MANY
@given(body=BODIES)
def test_any_body_is_taken_or_refused(house, body):
    send(house, body)


@MANY
@given(query=ENCODABLE)
def test_any_parameters_are_taken_or_refused(house, query):
    ask(house, query)


@MANY
@given(raw=st.binary(max_size=200))
def test_any_bytes_are_taken_or_refused(house, raw):
    officer, paths = house
    for method, path in paths:
        headers = {"Content-Type": "application/json", "If-Match": '"1"'}
        answer = officer.open(method, path, data=raw, headers=headers)
        assert answer.status_code in (400, 422), (method, path, answer.text)


@pytest.mark.slow
@VERY_MANY
@given(body=BODIES)
def test_very_many_bodies(house, body):
    send(house, body)


@pytest.mark.slow
@VERY_MANY
@given(query=ENCODABLE)
def test_very_many_parameters(house, query):
    ask(house, query)
