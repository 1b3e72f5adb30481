"""Every route and method, as everybody, for every kind of record: held against one table."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from registry.domain.roles import Role, Scope
from registry.identity.policy import POLICY
from tests.access.asking import Route, ask_in_browser, ask_with_key, routes_of
from tests.access.matrix import ASKERS, Cell, Line, read_matrix
from tests.access.world import WHOSE, World

MATRIX = read_matrix()
STRANGE = ("foreign", "deleted", "nonexistent")
_CHANGING = re.compile(r'value="[^"]*"|[0-9a-f]{32}|nonce-[^"\']*')


def test_every_route_has_a_line_and_every_line_a_route(world: World) -> None:
    routes = {(route.endpoint, route.method) for route in routes_of(world.app)}

    assert routes - set(MATRIX) == set(), "say in tests/access/matrix.txt who gets what"
    assert set(MATRIX) - routes == set(), "these are no routes any more"


def test_the_table_lets_in_whom_the_policy_lets_in() -> None:
    for (endpoint, method), line in MATRIX.items():
        access = POLICY[endpoint]
        pages = not (access.public or access.scopes)
        let_in = {role for role, cell in line.cells.items() if role and cell.lets_in}
        if pages:
            assert let_in == set(access.roles), endpoint
            assert (line.needs == "again") is access.fresh, endpoint
        elif access.scopes.get(method):
            assert line.needs == access.scopes[method], (endpoint, method)
        assert line.cells[None].lets_in is access.public or endpoint == "second_factor.enter"


@pytest.mark.parametrize("role", [Role.ORGANISATION, Role.DONOR])
def test_another_record_looks_as_if_there_were_none(world: World, role: Role) -> None:
    for route, line in _read(world):
        cell = line.cells[role].written
        if cell.startswith("own=") and ":" not in cell:
            foreign, none = (_ask(world, route, line, role, each) for each in STRANGE[::2])
            assert (foreign.status_code, none.status_code) == (404, 404), route
            assert _look(foreign) == _look(none), route


@pytest.mark.slow
@pytest.mark.parametrize("role", ASKERS)
def test_everybody_gets_what_the_table_says(world: World, role: Role | None) -> None:
    wrong = []
    for route in routes_of(world.app):
        line = MATRIX[route.endpoint, route.method]
        cell = line.cells[role]
        looks = set()
        for whose in _tried(route, cell):
            answer = _ask(world, route, line, role, whose)
            if _status(answer) != cell.expected(whose):
                wrong.append((route.endpoint, route.method, whose, _status(answer)))
            if not cell.reaches(whose):
                looks.add(_look(answer))
        if len(looks) > 1:
            wrong.append((route.endpoint, route.method, "they can be told apart", sorted(looks)))
    assert wrong == []


def _tried(route: Route, cell: Cell) -> tuple[str, ...]:
    """Return whose records are asked for: all kinds, where anybody is let in to any."""
    if not route.records:
        return WHOSE[:1]
    return WHOSE if cell.lets_in else (WHOSE[0], WHOSE[-1])


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_a_child_of_another_record_looks_as_if_there_were_none(world: World, role: Role) -> None:
    found = []
    for route in routes_of(world.app):
        line = MATRIX[route.endpoint, route.method]
        if len(route.records) > 1 and line.cells[role].lets_in:
            parent, child = sorted(route.records, key=route.rule.rule.index)
            for whose in ("own", "foreign"):
                other = {"own": "foreign", "foreign": "own"}[whose]
                mixed = _mixed(world, role, {parent: whose, child: other})
                absent = _mixed(world, role, {parent: whose, child: "nonexistent"})
                looks = {_look(_ask(world, route, line, role, each)) for each in (mixed, absent)}
                if len(looks) > 1:
                    found.append((route.endpoint, route.method, mixed))
    assert found == []


def _mixed(world: World, role: Role, whose: dict[str, str]) -> dict[str, str]:
    """Say of which of two parties each part is; officers have none of their own."""
    if role in world.own:
        return whose
    return {part: "another" if each == "own" else each for part, each in whose.items()}


def _read(world: World) -> Iterator[tuple[Route, Line]]:
    for route in routes_of(world.app):
        if route.method == "GET":
            yield route, MATRIX[route.endpoint, route.method]


def _ask(world: World, route: Route, line: Line, role: Role | None, whose: Any) -> Any:
    """Ask as the table says: the API with a key that holds just the scope that is needed."""
    if not route.is_api:
        return ask_in_browser(route, world, role, whose)
    key = world.keys[role, _scope(line)] if role is not None else None
    return ask_with_key(route, world, role, key, whose)


def _scope(line: Line) -> Scope:
    return Scope.NEEDS_READ if line.needs == "-" else Scope(line.needs)


def _status(answer: Any) -> str:
    leads_in = answer.status_code in (302, 303) and "/sign-in" in answer.location
    return "in" if leads_in else str(answer.status_code)


def _look(answer: Any) -> tuple[int, str, tuple[str, ...]]:
    """Return what somebody could tell two answers apart by: status, body, names of the headers."""
    body = _CHANGING.sub("", answer.get_data(as_text=True))
    return answer.status_code, body, tuple(sorted(answer.headers.keys()))
