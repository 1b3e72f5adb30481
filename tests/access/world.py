"""A registry in which each kind of record stands four times: own, another's, deleted, never there.

Nothing that a request does to it stays: `registry.app.transactions` is told to keep nothing.
"""

import hashlib
import secrets
import time
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlmodel import col, select, update

from registry.domain.roles import Role, Scope
from registry.identity.accounts import create_api_key
from registry.identity.actor import HOUSE, Actor, actor_of
from registry.identity.unlocking import keep_unlocked
from registry.services.donors.delete_donor import delete_donor
from registry.services.envelopes.own_envelopes import write_own_envelope
from registry.services.organisations.delete_organisation import delete_organisation
from registry.services.programmes.add_programme import add_programme
from registry.services.programmes.draft_programme import draft_programme
from registry.services.questions.ask_question import ask_question
from registry.storage.accounts import Account, ApiKey
from registry.storage.database import RegistrySession
from registry.storage.organisations import Organisation
from search.codes import EnvelopeKind, MatchState, Visibility
from search.matching.score import load_parts
from tests.factories import AccountFactory
from tests.factories.accounts import give_key_pair
from tests.factories.matches import Pair, bring_to, make_pair

WHOSE = ("own", "foreign", "deleted", "nonexistent")
SIDES = {"need": "organisation", "offer": "donor", "organisation": "organisation", "donor": "donor"}
NOBODY = "0" * 32
Ids = dict[str, str]
"""The kind of a record, or `question about` it -> its id."""


@dataclass(slots=True)
class World:
    """The accounts that ask, and the ids that each may ask for."""

    app: Flask
    accounts: dict[Role, Account] = field(default_factory=dict)
    own: dict[Role, Ids] = field(default_factory=dict)
    foreign: Ids = field(default_factory=dict)
    deleted: Ids = field(default_factory=dict)
    keys: dict[tuple[Role, Scope], str] = field(default_factory=dict)
    """Keys that hold one scope alone."""
    keys_without: dict[tuple[Role, Scope], str] = field(default_factory=dict)
    """Keys that hold every scope but the one."""
    privates: dict[Role, bytes] = field(default_factory=dict)

    def ids(self, role: Role | None, whose: str) -> Ids:
        """Return the ids of a role's own records, another's, deleted ones, or of none."""
        if whose == "own":
            return self.foreign if role is None else self.own.get(role, self.foreign)
        another = self.own[Role.ORGANISATION]
        known = {"foreign": self.foreign, "deleted": self.deleted, "another": another}
        return known.get(whose, {})

    def sit_down(self, role: Role | None, *, proved: bool = True) -> tuple[FlaskClient, str]:
        """Return a browser in which an account of the role is signed in, and its form token."""
        browser, raw = self.app.test_client(), hashlib.sha1(secrets.token_bytes(8)).hexdigest()
        with browser.session_transaction() as kept:
            kept["csrf_token"] = raw
            if role is not None:
                kept["_user_id"] = self.accounts[role].fs_uniquifier
                kept["_fresh"] = True
                kept["_proved"] = int(time.time()) if proved else 0
                if role in self.privates:
                    keep_unlocked(kept, self.accounts[role], self.privates[role])
        key: Any = self.app.secret_key
        return browser, str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))


def build_world(session: RegistrySession, app: Flask) -> World:
    """Make accounts of all roles, own and other parties, and others that were deleted."""
    world = World(app)
    for role in (Role.OFFICER, Role.PARTNER, Role.AUDITOR, Role.ADMIN):
        world.accounts[role] = AccountFactory.create(role=role)
    pair, other, gone = (_pair(session, world) for _ in range(3))
    world.foreign, world.deleted = (_ids(session, world, each) for each in (other, gone))
    for kind in ("programme", "draft"):
        del world.deleted[kind]  # no programme is ever deleted
    for role, actor in ((Role.ORGANISATION, pair.holder), (Role.DONOR, pair.giver)):
        world.accounts[role] = session.get_one(Account, actor.account_id)
        world.privates[role] = give_key_pair(session, actor.account_id)
        write_own_envelope(session, actor, EnvelopeKind.CONTACT, "By letter.", None)
    own = _ids(session, world, pair)
    world.own = {Role.ORGANISATION: own, Role.DONOR: dict(own)}
    world.own[Role.PARTNER] = _ids(session, world, _pair(session, world, registered=True))
    for role, ids in world.own.items():
        ids["key"] = _key(session, world.accounts[role])
    session.commit()
    delete_organisation(session, gone.holder, gone.organisation.id)
    delete_donor(session, gone.giver, gone.donor.id)
    session.commit()
    for role, scope in product(Role, Scope):
        account = world.accounts[role]
        world.keys[role, scope] = create_api_key(session, account, frozenset({scope}))
        world.keys_without[role, scope] = create_api_key(
            session, account, frozenset(Scope) - {scope}
        )
    session.commit()
    return world


def _pair(session: RegistrySession, world: World, *, registered: bool = False) -> Pair:
    """Make a pair that was introduced, so that each side sees all that it ever may."""
    pair = make_pair(need={"readers": []}, offer={"visibility": Visibility.OFFICERS})
    if registered:
        by = {"registered_by_id": world.accounts[Role.PARTNER].id}
        session.exec(
            update(Organisation).where(col(Organisation.id) == pair.organisation.id).values(**by)
        )
    bring_to(session, pair, actor_of(world.accounts[Role.OFFICER]), MatchState.INTRODUCED)
    return pair


def _ids(session: RegistrySession, world: World, pair: Pair) -> Ids:
    ids = {
        "need": pair.need.id,
        "offer": pair.offer.id,
        "match": pair.id,
        "organisation": pair.organisation.id,
        "donor": pair.donor.id,
    }
    for about, to_role in {**SIDES, "match": "organisation"}.items():
        asked = ask_question(session, HOUSE, about, ids[about], to_role=to_role, text="When?")
        ids[f"question about {about}"] = asked["id"]
    colleague = AccountFactory.create(role=Role.ORGANISATION, organisation_id=pair.organisation.id)
    ids |= {"account": colleague.id, "key": _key(session, colleague)}
    return ids | _programme(session, actor_of(world.accounts[Role.OFFICER]))


def _key(session: RegistrySession, account: Account) -> str:
    """Give an account a key that reads statistics, and return the id of its row."""
    create_api_key(session, account, frozenset({Scope.STATISTICS_READ}))
    session.flush()
    statement = select(col(ApiKey.id)).where(col(ApiKey.account_id) == account.id)
    return session.exec(statement).one()


def _programme(session: RegistrySession, officer: Actor) -> Ids:
    """Begin a programme and try other terms for it."""
    programme = add_programme(session, officer, name="Winter")
    draft = draft_programme(
        session,
        officer,
        programme["id"],
        left_out=[],
        weights=dict.fromkeys(load_parts(), 1),
        version=1,
    )
    return {"programme": programme["id"], "draft": draft}
