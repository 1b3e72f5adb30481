"""Closed by default: every route stands in the policy table, and the table names real routes."""

import pytest

from registry.domain.roles import Role
from registry.identity.policy import NEVER_OPEN, POLICY, Access


def test_every_route_has_a_line_in_the_policy_table(app):
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert routes - set(POLICY) == NEVER_OPEN


def test_the_table_names_no_route_that_is_not_there(app):
    stale = set(POLICY) - {rule.endpoint for rule in app.url_map.iter_rules()}

    assert stale == set()


def test_every_line_opens_a_route_in_one_way():
    for endpoint, access in POLICY.items():
        ways = [access.public, bool(access.roles), bool(access.scopes)]
        assert sum(ways) == 1, endpoint


def test_every_method_of_the_api_has_a_scope_or_says_that_it_needs_none(app):
    for rule in app.url_map.iter_rules():
        access = POLICY.get(rule.endpoint)
        if access and access.scopes:
            methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            assert set(access.scopes) == methods, rule.endpoint


def test_a_route_without_a_line_answers_nobody(app, signed_in, monkeypatch):
    browser = signed_in(Role.ADMIN)
    monkeypatch.delitem(POLICY, "health.healthz")

    assert browser.get("/healthz").status_code == 404


def test_a_line_of_nobody_is_open_to_nobody(app, client, monkeypatch):
    monkeypatch.setitem(POLICY, "health.healthz", Access())

    assert client.get("/healthz").status_code != 200


@pytest.mark.parametrize("path", ["/verify", "/static/x", "/change", "/register", "/reset"])
def test_routes_that_libraries_bring_along_are_closed(signed_in, path):
    browser = signed_in(Role.ADMIN)

    assert browser.get(path).status_code == 404
    assert browser.post(path).status_code in (400, 404, 405)
