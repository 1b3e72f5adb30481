"""A thousand ways to tamper with the trail, each found: the chain breaks where it was done."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from registry.storage.audit import (
    ANCHOR,
    AuditCheckpoint,
    anchor_audit,
    last_place,
    prune_audit,
    set_anchor,
    verify_audit,
    write_audit,
)
from tests.conftest import TODAY

LENGTH = 30
FIELDS = ("day", "actor", "act", "subject", "detail", "chain", "id")
Tamper = Callable[[random.Random, list[dict]], None]


def fill(session, count: int = LENGTH) -> None:
    for number in range(count):
        actor = f"{number % 3:032x}"
        write_audit(session, actor, "need_changed", f"{number:032x}", [None, "open"][number % 2])
    session.commit()


@pytest.fixture
def trail(session):
    fill(session)
    assert anchor_audit(session)
    return session


def another(chance: random.Random, field: str, rows: list[dict], before: object) -> object:
    match field:
        case "day":
            day = TODAY - timedelta(days=chance.randrange(900))
            return day.isoformat() + chance.choice(("", " "))
        case "detail":
            return chance.choice((None, "", "|", "open", "draft"))
        case "chain":
            return chance.choice((bytes(32), chance.randbytes(32), before[:31]))
        case "id":
            return len(rows) + chance.randrange(1, 99)
    return chance.choice(("system", "need_text_read", f"{before} ", f"{chance.getrandbits(128):x}"))


def edit(chance: random.Random, rows: list[dict]) -> None:
    row, field = chance.choice(rows), chance.choice(FIELDS)
    before = row[field]
    while row[field] == before:
        row[field] = another(chance, field, rows, before)


def take_out(chance: random.Random, rows: list[dict]) -> None:
    start = chance.randrange(len(rows))
    del rows[start : start + chance.randrange(1, 6)]
    if chance.random() < 0.5:
        for number, row in enumerate(rows, start=1):  # close the gap
            row["id"] = number


def cut_the_end(chance: random.Random, rows: list[dict]) -> None:
    del rows[-chance.randrange(1, len(rows) + 1) :]


def put_in(chance: random.Random, rows: list[dict]) -> None:
    made_up = {**chance.choice(rows), "act": "need_registered"}
    if chance.random() < 0.5:
        made_up["chain"] = chance.randbytes(32)
    rows.insert(chance.randrange(len(rows) + 1), made_up)
    for number, row in enumerate(rows, start=1):
        row["id"] = number


def reorder(chance: random.Random, rows: list[dict]) -> None:
    first, second = chance.sample(range(len(rows)), 2)
    rows[first], rows[second] = rows[second], rows[first]
    for number, row in enumerate(rows, start=1):
        row["id"] = number


TAMPERINGS: tuple[Tamper, ...] = (edit, take_out, cut_the_end, put_in, reorder)


def read(session) -> list[dict]:
    return [dict(row) for row in session.execute(text("SELECT * FROM audit")).mappings()]


def store(session, rows: list[dict]) -> None:
    session.execute(text("DELETE FROM audit"))
    statement = text(
        "INSERT INTO audit (id, day, actor, act, subject, detail, chain)"
        " VALUES (:id, :day, :actor, :act, :subject, :detail, :chain)"
    )
    if rows:
        session.execute(statement, rows)


def count_missed(session, times: int) -> list[str]:
    """Tamper so many times, each time with the whole trail; return what was not found."""
    whole, missed = read(session), []
    for number in range(times):
        chance = random.Random(number)
        rows = [dict(row) for row in whole]
        tamper = TAMPERINGS[number % len(TAMPERINGS)]
        tamper(chance, rows)
        assert rows != whole
        store(session, rows)
        if verify_audit(session) is None:
            missed.append(f"{number} {tamper.__name__}")
    store(session, whole)
    assert verify_audit(session) is None
    return missed


def test_many_tamperings_are_all_found(trail):
    assert count_missed(trail, 200) == []


@pytest.mark.slow
def test_a_thousand_tamperings_are_all_found(trail):
    assert count_missed(trail, 1000) == []


def test_without_the_anchor_a_cut_end_would_pass(trail):
    """Proves that it is the anchor that finds it."""
    whole = read(trail)
    store(trail, whole[:-3])
    assert verify_audit(trail) == LENGTH - 2
    trail.vault.keys.write_note(ANCHOR, b"")
    assert verify_audit(trail) == LENGTH - 2  # an anchor that is not ours is no leave to cut
    set_anchor(trail, last_place(trail))
    assert verify_audit(trail) is None


def test_the_anchor_does_not_move_over_a_break(trail):
    whole = read(trail)
    store(trail, whole[:-3])
    assert not anchor_audit(trail)
    write_audit(trail, "system", "need_changed", "a" * 32)
    for _ in range(5):
        write_audit(trail, "system", "need_changed", "b" * 32)
    assert not anchor_audit(trail)
    assert verify_audit(trail) == LENGTH


def test_pruning_leaves_a_checkpoint_from_which_the_rest_is_verified(trail, calendar, parts):
    trail.commit()
    calendar.pass_days(800)
    with parts.database.writing() as later:
        fill(later, 5)
        assert prune_audit(later, later.today - timedelta(days=730)) == LENGTH
        assert verify_audit(later) is None
        assert anchor_audit(later)
        assert prune_audit(later, later.today - timedelta(days=730)) == 0
        assert [row["id"] for row in read(later)] == list(range(LENGTH + 1, LENGTH + 6))
        later.commit()
        assert prune_audit(later, later.today + timedelta(days=1)) == 5
        write_audit(later, "system", "need_changed", "a" * 32)
        assert last_place(later).number == LENGTH + 6
        assert verify_audit(later) is None
        assert anchor_audit(later)


def test_an_empty_trail_has_nothing_to_prune(session):
    assert prune_audit(session, TODAY) == 0
    assert anchor_audit(session)
    assert verify_audit(session) is None


def test_a_pruned_trail_is_guarded_like_a_whole_one(trail):
    prune_audit(trail, TODAY + timedelta(days=1))
    fill(trail, 20)
    whole = read(trail)
    store(trail, whole[2:])
    assert verify_audit(trail) == LENGTH + 1
    store(trail, whole)
    assert verify_audit(trail) is None
    trail.execute(text("DELETE FROM audit_checkpoint"))
    trail.expire_all()
    assert verify_audit(trail) == 1


def test_a_checkpoint_cannot_be_made_up(trail):
    """Somebody prunes by hand what shows what was done, and writes a checkpoint without the key."""
    whole = read(trail)
    made_up = AuditCheckpoint(id=20, day=TODAY, chain=whole[19]["chain"], seal=bytes(32))
    trail.add(made_up)
    store(trail, whole[20:])
    assert verify_audit(trail) == 20
