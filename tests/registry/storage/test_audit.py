"""The audit trail is a chain: what is changed, taken out or put in breaks it at that place."""

import pytest
from sqlalchemy import text

from registry.storage.audit import subjects_today, verify_audit, write_audit


@pytest.fixture
def trail(session):
    for number in range(5):
        write_audit(session, "a" * 32, "need_changed", f"{number:032d}", "open")
    session.commit()
    return session


def test_a_whole_chain_is_verified(trail):
    assert verify_audit(trail) is None


@pytest.mark.parametrize(
    ("tampering", "breaks_at"),
    [
        ("UPDATE audit SET actor = 'b' WHERE id = 3", 3),
        ("UPDATE audit SET act = 'need_read' WHERE id = 2", 2),
        ("UPDATE audit SET detail = NULL WHERE id = 5", 5),
        ("UPDATE audit SET day = '2026-01-01' WHERE id = 1", 1),
        ("DELETE FROM audit WHERE id = 3", 3),
        ("UPDATE audit SET id = 9 WHERE id = 5", 5),
        ("UPDATE audit SET chain = zeroblob(32) WHERE id = 4", 4),
    ],
)
def test_tampering_is_found_where_it_was_done(trail, tampering, breaks_at):
    trail.execute(text(tampering))
    trail.expire_all()

    assert verify_audit(trail) == breaks_at


def test_what_was_done_today_is_told_by_actor_and_act(trail, parts, calendar):
    write_audit(trail, "b" * 32, "need_changed", "x" * 32)
    write_audit(trail, "a" * 32, "need_read", "y" * 32)
    trail.commit()

    assert subjects_today(trail, "b" * 32, "need_changed") == {"x" * 32}
    assert len(subjects_today(trail, "a" * 32, "need_changed")) == 5
    calendar.pass_days(1)
    with parts.database.reading() as tomorrow:
        assert subjects_today(tomorrow, "a" * 32, "need_changed") == set()
