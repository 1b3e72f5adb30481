"""The page of figures: what stands there of a snapshot, and what is left out."""

from datetime import date

import pytest

from registry.domain.identifiers import new_id
from registry.storage.statistics import Snapshot
from tests.person import Person

MADE = date(2026, 10, 1)
FULL = {
    "organisations": 30,
    "set_on": "2026-07-01",
    "unmet": 12_000_000,
    "coverage": 20,
    "days": 40,
}
SMALL = {"organisations": 0, "set_on": "2026-10-01"}


@pytest.fixture
def read(session, client):
    def open_page(figures) -> Person:
        session.add(Snapshot(id=new_id(), made_on=MADE, figures=figures))
        session.commit()
        return Person(client).open("/figures")

    return open_page


def test_a_full_line_tells_all_and_of_which_day_it_is(read):
    page = read({"legal_aid": {"all": FULL}})
    assert page.sees("Legal help as of 1 July 2026 All countries 30 €120,000 20 % 40")
    assert page.sees("Sum of these lines: 30.")


def test_a_column_of_which_no_line_tells_anything_is_left_out(read):
    bare = {"organisations": 10, "set_on": "2026-10-01"}
    page = read({"legal_aid": {"home": bare, "abroad": bare}})
    assert page.sees("Legal help Inside the country 10 not told Legal help In other countries 10")
    assert not page.sees("Covered, about")
    assert not page.sees("Days until help, about")
    assert not page.sees("as of")


def test_kinds_with_too_few_are_named_without_a_number(read):
    page = read(
        {"legal_aid": {"all": FULL}, "advocacy": {"all": SMALL}, "security": {"all": SMALL}}
    )
    without = page.text.partition("Without a figure")[2]
    assert "fewer than ten organisations" in without
    assert "Security" in without
    assert "Speaking up for the cause" in without
    assert "Legal help" not in without
