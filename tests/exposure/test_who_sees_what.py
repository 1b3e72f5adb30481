"""Every page and every answer of the API, as everybody: nobody sees a field outside its lists.

A word that is found nowhere else stands in every text that can name or betray somebody. Each
viewer goes to every address with every id, and what came back is held against
`registry.schemas.audience`.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.app.parts import Parts, open_parts
from registry.config import Settings
from registry.domain.roles import Role, Scope
from registry.identity.actor import Actor
from registry.identity.unlocking import keep_unlocked
from registry.jobs.by_hand import drain_all
from registry.storage.accounts import Account
from registry.storage.database import RegistrySession
from search.codes import MatchState, Reader
from tests.exposure.plants import PLANTS, Plant, Planted, plant
from tests.exposure.viewers import KEYS, PAGES, Viewer, allowed
from tests.exposure.walk import Seen, addresses
from tests.person import Person

BOTH = [Reader.DONORS, Reader.PARTNERS]
NOBODY: list[Reader] = []
SITUATIONS = [
    (MatchState.PROPOSED, BOTH),
    (MatchState.OFFERED, NOBODY),
    (MatchState.OFFERED, BOTH),
    (MatchState.INTERESTED, NOBODY),
    (MatchState.AWARDED, NOBODY),
]


Open = Callable[..., Any]
"""(method, address, what is sent with it) -> the answer."""
Answers = Mapping[Viewer, Seen]
Allowed = Mapping[Viewer, frozenset[Plant]]


class Clients(NamedTuple):
    """What browsers and programmes are made with."""

    app: Flask
    make_account: Callable[..., Account]
    signed_in: Callable[..., FlaskClient]
    api_client: Callable[..., Any]


@pytest.fixture
def parts(settings: Settings, calendar: Callable[[], Any]) -> Iterator[Parts]:
    """Open everything for real, the search index in its folder too."""
    opened = open_parts(settings, calendar)
    yield opened
    opened.database.engine.dispose()


_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class House:
    """The planted registry, and everybody who may look at it."""

    def __init__(self, session: RegistrySession, planted: Planted, clients: Clients) -> None:
        self.session, self.planted, self.clients = session, planted, clients

    def look(self, viewer: Viewer) -> Seen:
        """Let somebody go to every address: in a browser to the pages, with a key to the API."""
        opened = (self._with_key if viewer.scopes else self._in_browser)(viewer)
        self.session.commit()
        seen = Seen()
        for address in addresses(self.clients.app, "GET", self.planted, api=bool(viewer.scopes)):
            seen.note("GET", address, opened("GET", address))
        return seen

    def send(self, viewer: Viewer) -> Seen:
        """Let somebody send next to nothing to every address that takes something."""
        opened = (self._with_key if viewer.scopes else self._in_browser)(viewer)
        self.session.commit()
        seen, methods = Seen(), ("POST", "PATCH", "DELETE") if viewer.scopes else ("POST",)
        sent = {"json": {}} if viewer.scopes else {"data": {"csrf_token": self._token(opened)}}
        for method in methods:
            for address in addresses(
                self.clients.app, method, self.planted, api=bool(viewer.scopes)
            ):
                seen.note(method, address, opened(method, address, **sent))
        return seen

    def _token(self, opened: Open) -> str:
        """Return what forms carry in this browser; any page has one."""
        pages = (
            opened("GET", each).get_data(as_text=True) for each in ("/sign-in", "/what-is-kept")
        )
        return next(found[1] for page in pages if (found := _TOKEN.search(page)))

    def _with_key(self, viewer: Viewer) -> Open:
        account = self._account(viewer)
        client = self.clients.api_client(viewer.role, *viewer.scopes, account=account)
        headers = {"X-API-Key": client.key, "If-Match": '"1"'}
        return lambda method, address, **sent: client.client.open(
            address, method=method, headers=headers, **sent
        )

    def _in_browser(self, viewer: Viewer) -> Open:
        if viewer.role is None:
            browser = self.clients.app.test_client()
        else:
            browser = self.clients.signed_in(viewer.role, account=self._account(viewer))
            self._unlock(viewer, browser)
        if viewer.role in (Role.OFFICER, Role.ADMIN):
            need = f"/desk/needs/{self.planted.pair.need.id}"
            Person(browser).open(need).send("Open the text")
        return lambda method, address, **sent: browser.open(address, method=method, **sent)

    def _account(self, viewer: Viewer) -> Account:
        actor = self._actor(viewer)
        if actor is not None:
            account = self.session.get_one(Account, actor.account_id)
        else:
            own = {"organisation_id": self.planted.hub.id} if viewer.side == "hub" else {}
            account = self.clients.make_account(viewer.role, **own)
        self.session.commit()
        return account

    def _actor(self, viewer: Viewer) -> Actor | None:
        pair = self.planted.pair
        return {"asking": pair.holder, "giving": pair.giver}.get(viewer.side)

    def _unlock(self, viewer: Viewer, browser: FlaskClient) -> None:
        actor = self._actor(viewer)
        if actor is not None:
            account = self.session.get_one(Account, actor.account_id)
            self.session.commit()
            with browser.session_transaction() as kept:
                keep_unlocked(kept, account, self.planted.privates[account.id])


@pytest.fixture
def clients(app: Flask, make_account: Any, signed_in: Any, api_client: Any) -> Clients:
    return Clients(app, make_account, signed_in, api_client)


@pytest.mark.slow
@pytest.mark.parametrize(("state", "readers"), SITUATIONS)
def test_everybody_sees_what_the_lists_say_and_no_more(
    session: RegistrySession,
    officer: Actor,
    parts: Parts,
    clients: Clients,
    caplog: pytest.LogCaptureFixture,
    *,
    state: MatchState,
    readers: list[Reader],
) -> None:
    house = House(session, plant(session, officer, state, readers), clients)
    drain_all(parts.database)
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    seen = {viewer: house.look(viewer) for viewer in (*PAGES, *KEYS)}
    may = {viewer: allowed(viewer, state, readers) for viewer in seen}

    assert outside_of(seen, may) == {}
    assert never_seen(seen, may) == {}
    assert [each for found in seen.values() for each in found.broken] == []
    assert [each for found in seen.values() for each in found.in_addresses] == []
    assert words_in(caplog.text) == set()
    for file in parts.settings.data_dir.rglob("*"):
        assert not file.is_file() or words_in(file.read_bytes().decode("latin-1")) == set(), file


@pytest.mark.slow
def test_what_is_sent_to_every_address_brings_back_nothing_more(
    session: RegistrySession,
    officer: Actor,
    parts: Parts,
    clients: Clients,
    caplog: pytest.LogCaptureFixture,
) -> None:
    state = MatchState.INTRODUCED
    house = House(session, plant(session, officer, state, NOBODY), clients)
    drain_all(parts.database)
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    # Strangers first, the two sides last: what they send ends what there is to see.
    order = sorted((*KEYS, *PAGES), key=lambda viewer: (bool(viewer.side), not viewer.scopes))
    seen = {viewer: house.send(viewer) for viewer in order}

    assert outside_of(seen, {viewer: allowed(viewer, state, NOBODY) for viewer in seen}) == {}
    assert [each for found in seen.values() for each in found.broken] == []
    assert [each for found in seen.values() for each in found.in_addresses] == []
    assert words_in(caplog.text) == set()


def outside_of(seen: Answers, may: Allowed) -> dict[str, dict[Plant, str]]:
    """Name who saw what is in no list of theirs, and where first."""
    found = {
        viewer.name: {plant: at for plant, at in each.plants.items() if plant not in may[viewer]}
        for viewer, each in seen.items()
    }
    return {name: plants for name, plants in found.items() if plants}


def never_seen(seen: Answers, may: Allowed) -> dict[str, set[Plant]]:
    """Name what a side may see and met nowhere: then the walk did not go where it stands."""
    found: dict[tuple[Any, str, bool], set[Plant]] = {}
    for viewer, each in seen.items():
        role = Role.OFFICER if viewer.role is Role.ADMIN else viewer.role
        side = "asking" if viewer.side == "hub" else viewer.side
        missing = set(may[viewer]) - set(each.plants)
        key = (role, side, Scope.NEEDS_TEXT in viewer.scopes and role is Role.PARTNER)
        found[key] = found.get(key, missing) & missing
    return {str(key): plants for key, plants in found.items() if plants}


def words_in(text: str) -> set[str]:
    low = text.lower()
    return {word for word in PLANTS.values() if word in low}
