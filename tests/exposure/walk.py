"""Going to every route with every id there is, and noting which planted words come back."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from registry.domain.roles import Role
from registry.identity.policy import POLICY
from search.codes import EnvelopeKind, ReviewKind, Vetting
from tests.exposure.plants import PLANTS, Plant, Planted

NOT_WALKED = frozenset({"assets.send", "security.logout", "language.set_language"})
"""Files of ours, the end of the walk itself, and a cookie."""
QUERIES = (
    "q=",
    "q=rent",
    "q=newsroom+salaries",
    "kind=offer&q=rent",
    "kind=offers&q=rent",
    "kind=needs",
)
_ADDRESS = re.compile(r'(?:href|action|src)="([^"]*)"')
_NOBODY = "0" * 32


@dataclass(slots=True)
class Seen:
    """What came back: plants with the first address that showed each, and addresses with words."""

    plants: dict[Plant, str] = field(default_factory=dict)
    in_addresses: set[str] = field(default_factory=set)
    requests: int = 0
    broken: set[str] = field(default_factory=set)

    def note(self, method: str, address: str, answer: Any) -> None:
        self.requests += 1
        if answer.status_code >= 500 and answer.status_code != 503:
            self.broken.add(f"{method} {address}: {answer.status_code}")
        source = answer.get_data(as_text=True)
        text = f"{source} {answer.headers}".lower()
        for plant, word in PLANTS.items():
            if word in text:
                self.plants.setdefault(plant, f"{method} {address}")
        led_to = (*_ADDRESS.findall(source), answer.headers.get("Location", ""))
        self.in_addresses |= {each for each in led_to if _holds_word(each)}


def _holds_word(address: str) -> bool:
    return any(word in address.lower() for word in PLANTS.values())


def addresses(app: Flask, method: str, planted: Planted, *, api: bool) -> Iterator[str]:
    """Yield every address of the pages, or of the API, that takes a method."""
    for rule in app.url_map.iter_rules():
        walked = rule.endpoint in POLICY and rule.endpoint not in NOT_WALKED
        if walked and method in (rule.methods or ()) and api is rule.rule.startswith("/api/"):
            yield from _filled(app, rule, planted)


def _filled(app: Flask, rule: Rule, planted: Planted) -> Iterator[str]:
    names = sorted(rule.arguments)
    for values in product(*(_values(name, rule, planted) for name in names)):
        adapter = app.url_map.bind("localhost")
        address = adapter.build(rule.endpoint, dict(zip(names, values, strict=True)), method=None)
        yield address
        if "search" in rule.endpoint.lower():
            yield from (f"{address}?{query}" for query in QUERIES)


def _values(name: str, rule: Rule, planted: Planted) -> Iterable[str]:
    pair = planted.pair
    closed = getattr(rule._converters.get(name), "items", None)
    if closed:
        return sorted(closed)
    known: dict[str, Iterable[str]] = {
        "need_id": (pair.need.id,),
        "offer_id": (pair.offer.id, planted.public_offer.id),
        "match_id": (pair.id,),
        "organisation_id": (pair.organisation.id, planted.hub.id),
        "donor_id": (pair.donor.id,),
        "party_id": (pair.organisation.id, pair.donor.id),
        "record_id": (pair.need.id, pair.offer.id, pair.id, pair.organisation.id, pair.donor.id),
        "question_id": planted.questions,
        "account_id": (pair.holder.account_id, pair.giver.account_id),
        "kind": tuple(EnvelopeKind),
        "level": tuple(Vetting),
        "act_name": tuple(ReviewKind),
        "to_role": (Role.ORGANISATION, Role.DONOR),
        "rule": ("category_covered",),
        "code": ("amount_within_range.ask", "channel_shared.need_silent"),
        "programme_id": ("general", planted.programme_id),
    }
    return known.get(name, (_NOBODY,))
