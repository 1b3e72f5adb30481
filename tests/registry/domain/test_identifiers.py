"""Ids and days: made here, and known again."""

from datetime import UTC, datetime, timedelta

from registry.domain.clock import utc_day
from registry.domain.identifiers import is_id, new_id


def test_ids_are_128_random_bits():
    made = {new_id() for _ in range(100)}

    assert len(made) == 100
    assert all(is_id(each) for each in made)


def test_what_was_not_made_here_is_no_id():
    assert not is_id("demo-need-001")
    assert not is_id(new_id().upper().replace("0", "g"))
    assert not is_id(new_id() + "\n")


def test_the_day_is_the_day_of_utc():
    assert abs(utc_day() - datetime.now(UTC).date()) <= timedelta(days=1)
