"""When the worker makes figures: once a quarter, never in the middle of one."""

from datetime import date

import pytest
from sqlmodel import select

from registry.jobs.figures import QUARTER_FILE, publish_quarter
from registry.storage.statistics import Snapshot
from tests.factories import NeedFactory


@pytest.fixture
def made_on(parts, session):
    """Let the worker look, and say on which days snapshots were made."""
    for _ in range(12):
        NeedFactory.create()
    session.commit()

    def look() -> list[date]:
        publish_quarter(parts.database)
        with parts.database.reading() as reading:
            return sorted(each.made_on for each in reading.exec(select(Snapshot)))

    return look


def test_a_new_registry_waits_for_its_next_quarter(made_on, calendar):
    assert made_on() == []
    calendar.pass_days(30)
    assert made_on() == []


def test_the_first_look_in_a_quarter_makes_the_snapshot_and_no_further_one(made_on, calendar):
    made_on()
    calendar.pass_days(50)
    made = made_on()
    assert made == [calendar.day]
    calendar.pass_days(1)
    assert made_on() == made


def test_a_quarter_without_enough_changes_has_none_and_the_next_one_may(made_on, calendar, session):
    made_on()
    calendar.pass_days(50)
    made = made_on()
    NeedFactory.create()
    session.commit()
    calendar.pass_days(92)
    assert made_on() == made
    for _ in range(9):
        NeedFactory.create()
    session.commit()
    assert made_on() == made  # not before the quarter after
    calendar.pass_days(92)
    assert made_on() == [*made, calendar.day]


def test_a_note_that_cannot_be_read_counts_as_none(made_on, calendar, settings):
    (settings.data_dir / QUARTER_FILE).write_text("nonsense")
    assert made_on() == []
    assert (settings.data_dir / QUARTER_FILE).read_text() == "2026-10-01"
