"""The one transaction of a request: nobody waits for the write lock while something else is slow."""

import io
import json
import sqlite3

import pytest
from sqlalchemy import make_url

from registry.domain.roles import Role


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
    record = {"external_id": "hub", "kind": "ngo", "legal_statuses": [], "base_country": "PL"}
    body = SlowBody(json.dumps(record).encode(), is_lock_free)

    officer.open(
        "POST",
        "/organisations",
        input_stream=body,
        content_length=len(body.getvalue()),
        content_type="application/json",
    )

    assert body.seen
    assert all(body.seen)
