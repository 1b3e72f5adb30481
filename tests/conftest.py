"""What every test may ask for: a migrated database of its own, parts, actors, clients.

`session` writes, like a service's. Commit it (the factories do) before a client writes: the
write lock of SQLite is held from a session's first statement to its commit. What a fixture
needs is imported in it, so that tests of the pure parts stay quick.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings as hypothesis_settings

from registry.privacy import account_keys

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from jinja2 import BytecodeCache

    from registry.app.parts import Parts
    from registry.config import Settings
    from registry.domain.roles import Role, Scope
    from registry.identity.actor import Actor
    from registry.storage.accounts import Account
    from registry.storage.database import RegistrySession

# No clock decides a test, and the same commit gives the same answer on every machine.
hypothesis_settings.register_profile("repeatable", deadline=None, derandomize=True)
hypothesis_settings.load_profile("repeatable")

TODAY = date(2026, 11, 24)
MASTER_KEY = "5a" * 32
USUAL_COST = account_keys.COST
account_keys.COST = account_keys.Cost(rounds=1, memory_kib=8)
"""Deriving a key from a passphrase is slow on purpose; only a test of the cost itself waits."""

PURPOSES = ("lookup", "audit", "names", "cookies", "passphrases", "readable", "index", "accounts")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say it loudly where the journeys were not tried in a real browser."""
    skipped = terminalreporter.stats.get("skipped", [])
    untried = [each for each in skipped if each.nodeid.startswith("tests/browser/")]
    if untried:
        terminalreporter.section("NO BROWSER", sep="!", red=True, bold=True)
        terminalreporter.write_line(f"{len(untried)} tests did not run: {untried[0].longrepr[2]}")


@dataclass(slots=True)
class Calendar:
    """The clock of a test: says the same day until it is told to go on."""

    day: date = TODAY

    def __call__(self) -> date:
        return self.day

    def pass_days(self, days: int) -> date:
        self.day += timedelta(days=days)
        return self.day


def settings_in(folder: Path) -> Settings:
    """Make settings whose data, key store and master key all lie in one folder for trying out."""
    from registry.config import Settings

    return Settings.from_env(
        {
            "REGISTRY_DATA_DIR": str(folder / "data"),
            "REGISTRY_MASTER_KEY_FILE": str(folder / "master"),
        }
    )


def hash_cheaply() -> None:
    """Hash passphrases at next to no cost, in this process alone."""
    from passlib.hash import argon2

    argon2.memory_cost, argon2.default_rounds, argon2.parallelism = 8, 1, 1


@pytest.fixture(scope="session")
def template_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with an empty migrated database once; every test works on a copy."""
    from registry.config import MARKER
    from registry.privacy.key_store import KeyStore
    from registry.privacy.master_key import read_master_key
    from registry.storage.database import make_engine
    from registry.storage.migrate import migrate

    hash_cheaply()
    folder = tmp_path_factory.mktemp("template")
    (folder / "data").mkdir(mode=0o700)
    (folder / "data" / MARKER).touch(mode=0o600)
    (folder / "master").write_text(MASTER_KEY)
    (folder / "master").chmod(0o600)
    settings = settings_in(folder)
    engine = make_engine(settings.database_url)
    migrate(engine)
    engine.dispose()
    keys = KeyStore(settings.key_store_file, read_master_key(settings))
    for purpose in PURPOSES:
        keys.purpose_key(purpose)
    return folder


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def settings(template_folder: Path, tmp_path: Path) -> Settings:
    copytree(template_folder, tmp_path / "registry")
    return settings_in(tmp_path / "registry")


@pytest.fixture
def parts(settings: Settings, calendar: Calendar) -> Iterator[Parts]:
    """Open vault and database for real, and the index that is its own specification."""
    from registry.app.parts import Parts
    from registry.privacy.key_store import KeyStore
    from registry.privacy.master_key import read_master_key
    from registry.privacy.vault import Vault
    from registry.storage.database import Database
    from search.index.memory import memory_index

    vault = Vault(KeyStore(settings.key_store_file, read_master_key(settings)))
    index = memory_index(vault.keys.purpose_key("index"))
    database = Database(settings, vault, index, calendar)
    yield Parts(settings, vault, database, index)
    database.engine.dispose()


@pytest.fixture
def session(parts: Parts) -> Iterator[RegistrySession]:
    """Open a writing session in which factories create; rows stay readable after a commit."""
    from tests.factories.base import creating_in

    with parts.database.open_session(writes=True) as session:
        session.expire_on_commit = False
        with creating_in(session):
            yield session


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """Keep what a template compiles to: the apps of thousands of tests share the templates."""
    from jinja2 import FileSystemBytecodeCache

    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(parts: Parts, compiled_templates: BytecodeCache) -> Flask:
    from jinja2 import StrictUndefined

    from registry.app import create_app_from

    app = create_app_from(parts)
    app.jinja_env.bytecode_cache = compiled_templates
    app.config["TESTING"] = True
    # A misspelt name in a template shows at once here, and as nothing to a person.
    app.jinja_env.undefined = StrictUndefined
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Make a visitor without an account."""
    return app.test_client()


@pytest.fixture
def make_account(session: RegistrySession) -> Callable[..., Account]:
    """Make an account of a role, with an organisation or donor of its own where it needs one."""
    from registry.domain.roles import Role
    from tests.factories import AccountFactory, DonorFactory, OrganisationFactory

    def make(role: Role | str, **changes: Any) -> Account:
        role = Role(role)
        if role is Role.ORGANISATION and "organisation_id" not in changes:
            changes["organisation_id"] = OrganisationFactory.create().id
        if role is Role.DONOR and "donor_id" not in changes:
            changes["donor_id"] = DonorFactory.create().id
        return AccountFactory.create(role=role, **changes)

    return make


@pytest.fixture
def make_actor(
    session: RegistrySession, make_account: Callable[..., Account]
) -> Callable[..., Actor]:
    """Make one who acts in a browser, or by a key where scopes are given."""
    from registry.identity.actor import actor_of
    from registry.storage.organisations import Organisation

    def make(role: Role, *, scopes: frozenset[Scope] | None = None, **changes: Any) -> Actor:
        account = make_account(role, **changes)
        own_id = account.organisation_id
        own = session.get_one(Organisation, own_id) if own_id else None
        return actor_of(account, scopes, own=own)

    return make


@pytest.fixture
def officer(make_actor: Callable[..., Actor]) -> Actor:
    return make_actor("officer")


@pytest.fixture
def partner(make_actor: Callable[..., Actor]) -> Actor:
    return make_actor("partner")


@pytest.fixture
def auditor(make_actor: Callable[..., Actor]) -> Actor:
    return make_actor("auditor")


@pytest.fixture
def holder(make_actor: Callable[..., Actor]) -> Actor:
    """Make a holder of an organisation; `holder.organisation_id` names it."""
    return make_actor("organisation")


@pytest.fixture
def giver(make_actor: Callable[..., Actor]) -> Actor:
    """Make somebody who acts for a donor; `giver.donor_id` names it."""
    return make_actor("donor")


@dataclass(slots=True)
class ApiClient:
    """A programme with an API key; paths are told from `/api/v1` on."""

    client: FlaskClient
    key: str
    account: Account
    headers: dict[str, str] = field(default_factory=dict)

    def open(self, method: str, path: str, **options: Any) -> Any:
        headers = {"X-API-Key": self.key} | self.headers | options.pop("headers", {})
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **options)

    def get(self, path: str, **options: Any) -> Any:
        return self.open("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> Any:
        return self.open("POST", path, json=json, **options)

    def patch(self, path: str, json: Any, *, version: int | str | None = None) -> Any:
        return self.open("PATCH", path, json=json, headers=_if_match(version))

    def delete(self, path: str, *, version: int | str | None = None) -> Any:
        return self.open("DELETE", path, headers=_if_match(version))


def _if_match(version: int | str | None) -> dict[str, str]:
    if version is None:
        return {}
    return {"If-Match": version if isinstance(version, str) else f'"{version}"'}


@pytest.fixture
def api_client(
    app: Flask, session: RegistrySession, make_account: Callable[..., Account]
) -> Callable[..., ApiClient]:
    """Make a programme's client: role, scopes (all of them where none are named), account."""
    from registry.domain.roles import Scope
    from registry.identity.accounts import create_api_key

    def make(
        role: Role, *scopes: Scope, account: Account | None = None, **changes: Any
    ) -> ApiClient:
        account = account or make_account(role, **changes)
        key = create_api_key(session, account, frozenset(scopes or Scope))
        session.commit()
        return ApiClient(app.test_client(), key, account)

    return make


@pytest.fixture
def signed_in(app: Flask, make_account: Callable[..., Account]) -> Callable[..., FlaskClient]:
    """Make a browser in which an account of a role is signed in, without typing a passphrase."""

    def make(role: Role, *, account: Account | None = None, **changes: Any) -> FlaskClient:
        account = account or make_account(role, **changes)
        browser = app.test_client()
        with browser.session_transaction() as cookies:
            cookies["_user_id"] = account.fs_uniquifier
            cookies["_fresh"] = True
            cookies["_proved"] = int(time.time())
        return browser

    return make


@pytest.fixture
def rows(parts: Parts) -> Callable[[], Any]:
    """Read what stands in the database now, in a session that takes no lock: `with rows() as s`."""

    @contextmanager
    def read() -> Iterator[RegistrySession]:
        with parts.database.reading() as reading:
            yield reading

    return read


@pytest.fixture
def person_of(
    session: RegistrySession, signed_in: Callable[..., FlaskClient]
) -> Callable[[Account | Actor], Any]:
    """Sit somebody at a browser: the holder of an account, or one who acts."""
    from registry.storage.accounts import Account
    from tests.person import Person

    def make(who: Account | Actor) -> Person:
        account = who if isinstance(who, Account) else session.get_one(Account, who.account_id)
        session.commit()
        return Person(signed_in(account.role, account=account))

    return make


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start the one browser of this process: Playwright cannot be started twice in it."""
    from playwright.sync_api import sync_playwright

    from tests.browser.chromium import ARGUMENTS, MISSING, find_chromium

    path = find_chromium()
    if path is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=list(ARGUMENTS), timeout=60_000
        )
        yield browser
        browser.close()
