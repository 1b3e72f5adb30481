"""How each route is asked: with which ids in its address, and with what sent along."""

import re
from typing import Any, NamedTuple

from flask import Flask
from werkzeug.routing import Rule

from registry.domain.identifiers import new_id
from registry.domain.roles import Role
from registry.identity.policy import NEVER_OPEN
from registry.storage.programmes import GENERAL
from tests.access.world import NOBODY, World

LEFT = {"HEAD", "OPTIONS"}
WORDS: dict[str, str] = {
    "digest": NOBODY,
    "name": "registry.css",
    "what": "frozen",
    "kind": "contact",
    "record": "organisation",
    "level": "vouched",
    "act_name": "note",
    "to_role": "organisation",
    "rule": "category_covered",
    "code": "channel_shared.need_silent",
}
"""Parts of addresses that name no record of anybody's."""

CHANGES: dict[str, Any] = {
    "needs": {"title": "Rent for a winter"},
    "offers": {"title": "Rent for a winter"},
    "organisations": {"handle": "Elm"},
    "donors": {"handle": "Elm"},
}
BODIES: dict[str, Any] = {
    "reviews": {"kind": "note", "note": "Seen."},
    "questions/": {"answer": "In March."},
}
FORM = {
    "text": "When?",
    "answer": "yes",
    "reason": "wrong_time",
    "urgency": "soon",
    "programme": GENERAL,
    "_version": "1",
}
"""Sent to every page: enough for the pages that would otherwise refuse before they look."""

TRIED = ("name", "code", "recovery_code")
"""Fields of which too many wrong ones are not looked at: others each time."""


class Route(NamedTuple):
    """One method of one address, and the records that the address names."""

    endpoint: str
    method: str
    rule: Rule

    @property
    def is_api(self) -> bool:
        return self.rule.rule.startswith("/api/")

    @property
    def records(self) -> dict[str, str]:
        """Part of the address -> the kind of record that it names."""
        return {name: self._kind(name) for name in self.rule.arguments if name.endswith("_id")}

    def _kind(self, name: str) -> str:
        if name == "record_id":
            return self._record_kind()
        if name == "party_id":
            return "donor" if "donor" in self.endpoint else "organisation"
        if name == "question_id":
            return f"question about {self._asked_about()}"
        return name.removesuffix("_id")

    def _record_kind(self) -> str:
        if self.is_api:
            found = re.search(r"/api/v1/(\w+)s/", self.rule.rule)
            assert found
            return "match" if found[1] == "matche" else found[1]
        return "need" if self.endpoint.startswith("organisation.") else "offer"

    def _asked_about(self) -> str:
        if self.is_api:
            return self._record_kind()
        return "offer" if self.endpoint.startswith("donor.") else "need"


def routes_of(app: Flask) -> list[Route]:
    """Return every method of every route that somebody may ever reach."""
    return sorted(
        (
            Route(rule.endpoint, method, rule)
            for rule in app.url_map.iter_rules()
            if rule.endpoint not in NEVER_OPEN
            for method in sorted((rule.methods or set()) - LEFT)
        ),
        key=lambda route: (route.is_api, route.endpoint, route.method),
    )


def address_of(route: Route, world: World, role: Role | None, whose: dict[str, str] | str) -> str:
    """Fill in an address; `whose` says it for all its records, or for each kind of record."""
    values: dict[str, str] = {}
    for name in route.rule.arguments:
        closed = getattr(route.rule._converters.get(name), "items", None)
        values[name] = min(closed) if closed else WORDS.get(name, "")
    for name, kind in route.records.items():
        asked = whose if isinstance(whose, str) else whose[name]
        values[name] = world.ids(role, asked).get(kind, NOBODY)
    adapter = world.app.url_map.bind("localhost")
    return adapter.build(route.endpoint, values, method=route.method)


def ask_in_browser(
    route: Route,
    world: World,
    role: Role | None,
    whose: dict[str, str] | str,
    *,
    proved: bool = True,
    token: bool = True,
) -> Any:
    """Open a page, or send next to nothing to it, as an account of a role."""
    browser, valid = world.sit_down(role, proved=proved)
    form = FORM | {name: new_id() for name in TRIED} | ({"csrf_token": valid} if token else {})
    sent: dict[str, Any] = {} if route.method == "GET" else {"data": form}
    return browser.open(address_of(route, world, role, whose), method=route.method, **sent)


def ask_with_key(
    route: Route, world: World, role: Role | None, key: str | None, whose: dict[str, str] | str
) -> Any:
    """Ask the API as the programme of an account of a role, or without a key."""
    headers = {"If-Match": '"1"'} | ({} if key is None else {"X-API-Key": key})
    sent: dict[str, Any] = {} if route.method in ("GET", "DELETE") else {"json": _body(route)}
    if route.records and route.records.keys() & {"match_id"}:
        del headers["If-Match"]
    address = address_of(route, world, role, whose)
    return world.app.test_client().open(address, method=route.method, headers=headers, **sent)


def _body(route: Route) -> Any:
    parts = BODIES if route.method == "POST" else CHANGES
    return next((body for part, body in parts.items() if part in route.rule.rule), {})
