"""Pruning: old entries go, the rest stays verifiable, a broken trail stays as it is."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from registry.services.trail.prune_trail import prune_trail
from registry.storage.audit import AuditEntry, verify_audit, write_audit
from tests.conftest import TODAY


@pytest.fixture
def trail(session, calendar, parts):
    for number in range(5):
        write_audit(session, "system", "need_changed", f"{number:032x}")
    session.commit()
    calendar.pass_days(10)
    with parts.database.writing() as later:
        write_audit(later, "system", "need_changed", "a" * 32)
    return session


def test_old_entries_go_and_the_trail_says_so(trail, parts, rows):
    assert prune_trail(parts.database, TODAY) == 0
    assert prune_trail(parts.database, TODAY + timedelta(days=1)) == 5
    with rows() as reading:
        assert reading.get(AuditEntry, 5) is None
        assert (reading.get(AuditEntry, 7).act, reading.get(AuditEntry, 7).detail) == (
            "trail_pruned",
            "5",
        )
        assert verify_audit(reading) is None


def test_everything_may_be_old(trail, parts):
    assert prune_trail(parts.database, TODAY + timedelta(days=90)) == 6
    assert prune_trail(parts.database, TODAY) == 0


def test_a_broken_trail_is_kept(trail, parts, rows):
    trail.execute(text("UPDATE audit SET actor = 'x' WHERE id = 2"))
    trail.commit()
    assert prune_trail(parts.database, TODAY + timedelta(days=1)) is None
    with rows() as reading:
        assert reading.get(AuditEntry, 1) is not None
