"""`docs/asvs.md` holds a state for every requirement, and names nothing that is not there.

`asvs-5.0.0.csv` lists the numbers and levels of OWASP ASVS 5.0.0 (CC BY-SA 4.0), levels 1 and 2.
"""

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (V[0-9.]+) \| ([12]) \| ([a-z ]+) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"(?:tests|\.ci|docs|registry|bench)/[\w./-]+(?:::[\w:]+)?")
STATES = {"met", "does not apply", "open"}

pytestmark = pytest.mark.check


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall((ROOT / "docs" / "asvs.md").read_text("utf-8"))


def test_every_requirement_has_one_state(rows: list[tuple[str, str, str, str]]) -> None:
    with (ROOT / "tests" / "shape" / "asvs-5.0.0.csv").open(encoding="utf-8") as file:
        wanted = [(each["requirement"], each["level"]) for each in csv.DictReader(file)]
    assert len(wanted) == 253
    assert [row[:2] for row in rows] == wanted
    assert {state for _, _, state, _ in rows} == STATES


def test_what_is_met_names_what_shows_it(rows: list[tuple[str, str, str, str]]) -> None:
    assert [row[0] for row in rows if row[2] == "met" and not NAMED.search(row[3])] == []


def test_what_is_named_is_there(rows: list[tuple[str, str, str, str]]) -> None:
    assert [(row[0], each) for row in rows for each in NAMED.findall(row[3]) if not _is(each)] == []


def test_the_counts_are_those_of_the_table(rows: list[tuple[str, str, str, str]]) -> None:
    counted = {state: sum(row[2] == state for row in rows) for state in STATES}
    page = (ROOT / "docs" / "asvs.md").read_text("utf-8")
    told = (
        f"Of {len(rows)}: {counted['met']} met, {counted['does not apply']} do not apply, "
        f"{counted['open']} open."
    )
    assert told in page


def _is(named: str) -> bool:
    path, _, name = named.rstrip(".").partition("::")
    file = ROOT / path
    return file.exists() and (not name or f"def {name.rpartition('::')[2]}(" in file.read_text())
