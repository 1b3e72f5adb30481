"""Whether there is such a name or such a code is told by no status, body, header, row or path.

Time is compared by what takes it: how often a passphrase is hashed and a key is derived.
"""

import re

import pytest
from sqlmodel import select

from registry.domain.roles import Role
from registry.identity import sign_in as sign_in_module
from registry.identity.accounts import create_account
from registry.services.organisations.freeze_organisation import freeze_organisation
from registry.storage.accounts import Account
from registry.storage.throttle import Tries
from tests.person import Person

MOVING = ("Date", "Set-Cookie", "X-Request-Id")


@pytest.fixture
def names(app, session, make_actor):
    """Make names that are open, closed, frozen, with a second factor, and nobody's."""
    kinds = {}
    with app.app_context():
        for kind in ("open", "closed", "frozen"):
            actor = make_actor(Role.ORGANISATION)
            account, secret = create_account(
                session, Role.ORGANISATION, organisation_id=actor.organisation_id
            )
            account.active = kind != "closed"
            session.add(account)
            if kind == "frozen":
                freeze_organisation(session, actor, actor.organisation_id)
            kinds[kind] = secret.name
    session.commit()
    return kinds | {"nobody": "nobody-at-all", "empty": ""}


def strip(answer, name):
    """Return what an answer tells, without what differs each time and what was typed."""
    page = re.sub(r'(csrf_token" value=")[^"]+', r"\1", answer.get_data(as_text=True))
    headers = [item for item in answer.headers.items() if item[0] not in MOVING]
    lengths = [item for item in headers if item[0] != "Content-Length"]
    shown = page.replace(f'value="{name}"', 'value=""') if name else page
    return answer.status_code, shown, lengths


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/sign-in", lambda name: {"username": name, "password": "wrong words"}),
        ("/lost-passphrase", lambda name: {"name": name, "recovery_code": "11111 " * 5}),
    ],
    ids=["sign-in", "recovery"],
)
def test_all_names_are_answered_alike(app, names, path, fields):
    answers = []
    for name in names.values():
        person = Person(app.test_client()).open(path)
        token = person.typed("csrf_token")
        typed = {"csrf_token": token} | fields(name)
        answers.append(strip(person.client.post(path, data=typed), name))
    assert all(each == answers[0] for each in answers)


def test_a_passphrase_is_hashed_once_whatever_the_name(app, names, monkeypatch):
    hashed: list[str] = []
    monkeypatch.setattr(sign_in_module, "hash_password", lambda _: hashed.append("made"))
    monkeypatch.setattr(
        sign_in_module, "verify_password", lambda *_: bool(hashed.append("checked"))
    )
    counts = {}
    for kind, name in names.items():
        hashed.clear()
        Person(app.test_client()).open("/sign-in").send(
            "Sign in", {"username": name, "password": "wrong words"}
        )
        counts[kind] = len(hashed)
    assert set(counts.values()) == {1}


def test_tries_leave_the_same_trace_whatever_the_name(app, names, rows):
    for name in names.values():
        Person(app.test_client()).open("/sign-in").send(
            "Sign in", {"username": name, "password": "wrong words"}
        )
    with rows() as reading:
        kept = reading.exec(select(Tries)).all()
        assert len(kept) == len(names)
        assert {row.count for row in kept} == {1}
        assert len(reading.exec(select(Account)).all()) >= len(names) - 2


def test_codes_of_nobody_are_answered_alike_and_not_for_ever(app):
    answers = []
    for code in ("11111 " * 5, "11111" + "2" * 20, "11111"):
        person = Person(app.test_client()).open("/code")
        typed = {"csrf_token": person.typed("csrf_token"), "code": code}
        answers.append(strip(person.client.post("/code", data=typed), ""))
    assert all(each == answers[0] for each in answers)
    person = Person(app.test_client())
    statuses = [person.open("/code").send("Freeze now", {"code": "11111"}).status for _ in range(3)]
    assert statuses == [422, 422, 429]
    assert person.open("/code").send("Freeze now", {"code": "22222"}).status == 422
