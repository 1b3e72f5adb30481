"""The one transaction of a request: it holds the write lock while nothing else is slow."""

import io
import json
import sqlite3

import pytest
from sqlalchemy import make_url

from registry.domain.roles import Role
from registry.identity import accounts
from tests.person import Person


@pytest.fixture
def is_lock_free(settings):
    """Say whether another process could begin to write at once."""

    def look() -> bool:
        other = sqlite3.connect(make_url(settings.database_url).database, timeout=0)
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        finally:
            other.close()
        return True

    return look


class SlowBody(io.BytesIO):
    """A body that arrives slowly: whoever reads it looks at the lock first."""

    def __init__(self, body, is_lock_free):
        super().__init__(body)
        self.is_lock_free, self.seen = is_lock_free, []

    def read(self, *size):
        self.seen.append(self.is_lock_free())
        return super().read(*size)

    def readinto(self, buffer):
        self.seen.append(self.is_lock_free())
        return super().readinto(buffer)


def test_a_body_that_arrives_slowly_keeps_nobody_from_writing(api_client, is_lock_free):
    officer = api_client(Role.OFFICER)
    record = {
        "external_id": "hub",
        "kind": "cso",
        "legal_statuses": ["liquidated"],
        "base_country": "PL",
    }
    body = SlowBody(json.dumps(record).encode(), is_lock_free)

    answer = officer.open(
        "POST",
        "/organisations",
        input_stream=body,
        content_length=len(body.getvalue()),
        content_type="application/json",
    )

    assert answer.status_code == 201
    assert body.seen
    assert all(body.seen)


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        (
            "/register/organisation",
            {"kind": "media", "legal_statuses": "liquidated", "base_country": "PL"},
        ),
        ("/register/donor", {"donor_kind": "foundation"}),
    ],
)
def test_whoever_registers_keeps_nobody_from_writing_while_the_passphrase_is_hashed(
    client, is_lock_free, monkeypatch, path, typed
):
    seen, hash_password = [], accounts.hash_password

    def look_and_hash(passphrase):
        seen.append(is_lock_free())
        return hash_password(passphrase)

    monkeypatch.setattr(accounts, "hash_password", look_and_hash)
    page = Person(client).open(path).post(path, typed)

    assert page.status_code == 303
    assert seen == [True]
