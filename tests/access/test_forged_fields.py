"""What somebody adds to a form or a document, because it is a column somewhere, changes nothing.

Every form that a page offers is sent as it stands, and again with one field more, of each name
in turn. Nothing may be written then, or the same, to the last column that is not encrypted.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from registry.app.parts import Parts
from registry.domain.roles import Role, Scope
from tests.access.asking import Route, address_of, routes_of
from tests.access.matrix import read_matrix
from tests.access.world import World
from tests.person import Field, Form, Page

MATRIX = read_matrix()
FORGED = {
    "role": "admin",
    "verified": "true",
    "vetting": "vouched",
    "is_hub": "true",
    "urgency_confirmed": "true",
    "urgency_confirmed_on": "2026-11-24",
    "confirmed": "true",
    "state": "awarded",
    "awarded": "true",
    "awarded_amount": "1",
    "reviewed_by": "system",
    "account_id": "system",
    "registered_by_id": "system",
    "assigned_to": "system",
    "visibility": "public",
    "readers": "partners",
    "scopes": "needs:text",
    "active": "false",
    "id": "0" * 32,
    "version": "99",
    "created_on": "2001-01-01",
    "state_changed_on": "2001-01-01",
}
"""Names of columns and of what decides who may do what; those of owners are added per world."""
TYPED = {
    "date": "2027-02-01",
    "number": "3",
    "text": "Rent",
    "textarea": "Rent for the winter.",
}
_OF_THE_REQUEST = re.compile(
    r"\b(browser_session|tries|sent_form|audit\w*)\b|UPDATE api_key SET last_used_on", re.IGNORECASE
)
_RANDOM = re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{32}\b|\$argon2id\$\S+")
_WRITES = ("INSERT", "UPDATE", "DELETE")
Written = list[tuple[str, Any]]


@contextmanager
def noting(parts: Parts) -> Iterator[Written]:
    """Note every statement that writes, with its values: bytes by length, new ids as such."""
    noted: Written = []

    def note(_conn: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.lstrip().startswith(_WRITES) and not _OF_THE_REQUEST.search(statement):
            noted.append((statement, _plain(values)))

    event.listen(parts.database.engine, "before_cursor_execute", note)
    try:
        yield noted
    finally:
        event.remove(parts.database.engine, "before_cursor_execute", note)


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, bytes | memoryview):
        return f"{len(value)} bytes"
    return _RANDOM.sub(_known, value) if isinstance(value, str) else value


def _known(found: re.Match[str]) -> str:
    return found[0] if found[0] in _IDS else "made at random"


_IDS: set[str] = set()
"""The ids of the world: whose a row is has to be the same; the id of a new one cannot be."""


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_no_form_takes_what_is_not_in_it(world: World, parts: Parts, role: Role) -> None:
    _IDS.update(each for ids in (*world.own.values(), world.foreign) for each in ids.values())
    wrote = 0
    for page_address, form in _forms(world, role):
        with noting(parts) as plain:
            _send(world, role, page_address, form, {})
        more = FORGED | _owners(world)
        theirs = OWNERS_CHOICE.get(role, ())
        for each in ({name: value} for name, value in more.items() if plain and name not in theirs):
            with noting(parts) as forged:
                _send(world, role, page_address, form, each)
            assert forged in ([], plain), (form.action or page_address, each)
        wrote += bool(plain)
    assert wrote >= LEAST_WRITING[role]


LEAST_WRITING = {
    Role.ORGANISATION: 1,
    Role.DONOR: 1,
    Role.OFFICER: 1,
    Role.PARTNER: 0,
    Role.AUDITOR: 0,
    Role.ADMIN: 1,
}
"""So many forms, sent as they stand, write something: else the test would compare nothing."""


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.ORGANISATION, Role.DONOR, Role.PARTNER])
def test_no_document_takes_what_is_not_in_it(world: World, parts: Parts, role: Role) -> None:
    for route in routes_of(world.app):
        line = MATRIX[route.endpoint, route.method]
        if not route.is_api or route.method not in ("POST", "PATCH") or line.needs == "-":
            continue
        for name, value in (FORGED | _owners(world)).items():
            if name in LEGITIMATE.get(route.endpoint, ()):
                continue
            with noting(parts) as written:
                answer = _change(
                    world, route, role, world.keys[role, Scope(line.needs)], {name: value}
                )
            assert answer.status_code in (403, 404, 422), (route, name)
            assert written == [], (route, name)


OWNERS_CHOICE = {Role.ORGANISATION: ("readers",), Role.DONOR: ("visibility",)}
"""Who may read is the owner's to say, in another step of the same form: it is taken there too."""

LEGITIMATE = {
    "offers.OfferList": ("visibility",),
    "offers.OneOffer": ("visibility",),
    "needs.NeedList": ("readers",),
    "needs.OneNeed": ("readers",),
}
"""What the owner decides in these documents."""


def _change(world: World, route: Route, role: Role, key: str, body: Any) -> Any:
    headers = {"X-API-Key": key, "If-Match": '"1"'}
    address = address_of(route, world, role, "own")
    return world.app.test_client().open(address, method=route.method, headers=headers, json=body)


def _owners(world: World) -> dict[str, str]:
    """Return fields that would put what is written into another party's hands."""
    foreign = world.foreign
    return {
        **dict.fromkeys(("organisation_id", "hosted_by_id"), foreign["organisation"]),
        "donor_id": foreign["donor"],
        "need_id": foreign["need"],
        "offer_id": foreign["offer"],
        "owner_id": foreign["organisation"],
        "by_account_id": foreign["account"],
    }


def _forms(world: World, role: Role) -> Iterator[tuple[str, Form]]:
    """Yield every form that a role's own pages offer, once for each address it is sent to."""
    browser, _token = world.sit_down(role)
    seen = set()
    for route in routes_of(world.app):
        if route.is_api or route.method != "GET":
            continue
        address = address_of(route, world, role, "own")
        answer = browser.get(address)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            for form in Page(answer.get_data(as_text=True)).forms:
                to = form.action or address
                if form.method.lower() == "post" and to not in seen and not to.startswith(ENDS):
                    seen.add(to)
                    yield address, form


ENDS = ("/sign-out", "/language", "/code", "/lost-passphrase", "/sign-in")


def _send(world: World, role: Role, page: str, form: Form, more: dict[str, str]) -> Any:
    browser, token = world.sit_down(role)
    data: dict[str, list[str]] = {each.name: _filled(each) for each in form.fields}
    data |= {name: [value] for name, value in more.items() if name not in data}
    data["csrf_token"] = [token]
    name, value = next(((name, value) for _, name, value in form.buttons if name), ("", ""))
    if name:
        data[name] = [value]
    return browser.post(form.action or page, data=data)


def _filled(field: Field) -> list[str]:
    """Keep what stands in a field; where nothing does, put in what it could hold."""
    if any(field.values):
        return field.values
    offered = [value for value in field.offered if value]
    if field.kind in ("select", "radio", "checkbox"):
        return offered[:1]
    return [TYPED.get(field.kind, "Rent")]
