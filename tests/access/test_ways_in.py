"""Whoever may come in still needs what else is asked: a form's token, a proof, the right scope."""

import pytest

from registry.domain.roles import Role, Scope
from registry.identity.policy import POLICY
from tests.access.asking import Route, ask_in_browser, ask_with_key, routes_of
from tests.access.matrix import read_matrix
from tests.access.world import World

MATRIX = read_matrix()


KEEPS_NOTHING = "check.what_fits"
"""Reckons with what was typed and writes nothing: there is nothing to make a stranger do."""


def _let_in(route: Route) -> Role:
    """Return the first role that the table lets in."""
    cells = MATRIX[route.endpoint, route.method].cells
    let_in = (role for role, cell in cells.items() if role and cell.lets_in)
    return next(let_in, Role.OFFICER)


@pytest.mark.slow
def test_no_form_is_taken_without_its_token(world: World) -> None:
    for route in routes_of(world.app):
        if route.method == "POST" and not route.is_api and route.endpoint != KEEPS_NOTHING:
            answer = ask_in_browser(route, world, _let_in(route), "own", token=False)
            assert answer.status_code == 400, route


@pytest.mark.slow
def test_who_was_last_proved_long_ago_is_asked_again(world: World) -> None:
    for route in routes_of(world.app):
        if MATRIX[route.endpoint, route.method].needs == "again":
            answer = ask_in_browser(route, world, _let_in(route), "own", proved=False)
            leads = answer.status_code == 303 and "/second-factor/again" in answer.location
            assert leads or answer.status_code == 401, route


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.ORGANISATION, Role.DONOR, Role.OFFICER, Role.PARTNER])
def test_all_scopes_but_the_one_that_is_needed_open_nothing(world: World, role: Role) -> None:
    for route in routes_of(world.app):
        needs = MATRIX[route.endpoint, route.method].needs
        if route.is_api and needs != "-":
            key = world.keys_without[role, Scope(needs)]
            for whose in ("own", "nonexistent"):
                answer = ask_with_key(route, world, role, key, whose)
                assert answer.status_code == 403, (route, whose)


@pytest.mark.slow
def test_a_key_opens_no_page_and_a_browser_no_programme(world: World) -> None:
    for route in routes_of(world.app):
        access = POLICY[route.endpoint]
        if access.public:
            continue
        if route.is_api:
            browser, _token = world.sit_down(Role.OFFICER)
            answer = browser.open(_address(route), method=route.method, json={})
        else:
            key = world.keys[Role.OFFICER, Scope.NEEDS_READ]
            answer = ask_with_key(route, world, Role.OFFICER, key, "own")
        assert answer.status_code in (303, 400, 401), route


def _address(route: Route) -> str:
    return route.rule.rule.replace("<", "").replace(">", "")
