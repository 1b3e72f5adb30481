"""An officer brings a hub's list of needs into the registry; three of its rows are wrong.

Nothing comes in at first, each wrong row is told with its line, its field and what to do; two are
mended, the rest goes in, and the mended file later changes only what is new in it.
"""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlmodel import select

from registry.cli import main
from registry.domain.audience import Audience
from registry.services.needs.view_need import view_need
from registry.storage.needs import Need

ORGANISATION = {
    "external_id": "hub-07",
    "handle": "Willow",
    "kind": "media",
    "legal_statuses": ["liquidated", "registered_abroad"],
    "base_country": "PL",
    "vetting": "vouched",
}
HEADER = (
    *("external_id", "organisation", "category", "country", "title", "amount_requested"),
    *("amount_requested_currency", "needed_by", "channels"),
)
RENT = ("n-1", "hub-07", "fixed_costs.rent", "PL", "Арэнда", "900.00", "EUR", "2027-01-31", "")
FINE = ("n-2", "hub-07", "legal_aid.fines", "BY", "Штраф", "1,200", "EUR", "2027-01-31", "crypto")
LAPTOP = ("n-3", "hub-08", "equipment.hardware", "PL", "Laptop", "600", "EUR", "2027-02-30", "")
REST = ("n-4", "hub-07", "psychological_support.respite", "LT", "Rest", "400", "EUR", "", "in_kind")


@pytest.fixture
def registry(settings, monkeypatch):
    monkeypatch.setenv("REGISTRY_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("REGISTRY_MASTER_KEY_FILE", str(settings.master_key_file))

    def run(*words):
        result = CliRunner().invoke(main, ["import", *map(str, words), "--json"])
        return result.exit_code, json.loads(result.stdout)

    return run


def save(path: Path, *rows: tuple[str, ...]) -> Path:
    """Save a table as a spreadsheet of somebody who works in Belarusian does."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerows([HEADER, *rows])
    return path


def test_an_officer_imports_a_list_with_bad_rows(registry, rows, tmp_path):
    hub = tmp_path / "hub.jsonl"
    hub.write_text(json.dumps(ORGANISATION), "utf-8")
    assert registry("organisations", hub)[0] == 0

    # The first try: everything is told, nothing comes in.
    needs = save(tmp_path / "needs.csv", RENT, FINE, LAPTOP, REST)
    code, report = registry("needs", needs)
    told = {(error["line"], error["field"]): error["message"] for error in report["errors"]}
    assert (code, report["created"], report["refused"], report["rows"]) == (1, 0, 2, 4)
    assert set(told) == {(3, "amount_requested.amount"), (4, "needed_by")}
    assert "1500.50" in told[3, "amount_requested.amount"]
    assert "year-month-day" in told[4, "needed_by"]
    with rows() as session:
        assert session.exec(select(Need)).all() == []

    # The amount and the day are mended; now it shows that nobody knows the organisation.
    fine = (*FINE[:5], "1200", *FINE[6:])
    laptop = (*LAPTOP[:7], "2027-02-28", "")
    save(needs, RENT, fine, laptop, REST)
    code, report = registry("needs", needs, "--partial")
    assert (code, report["created"], report["refused"]) == (1, 3, 1)
    assert [(error["line"], error["field"]) for error in report["errors"]] == [(4, "organisation")]

    # Next month: one amount more, one new row; what was there stays as it is.
    save(needs, RENT, (*fine[:5], "1300", *fine[6:]), REST, ("n-5", *REST[1:]))
    code, report = registry("needs", needs)
    assert (code, report["created"], report["changed"], report["unchanged"]) == (0, 1, 1, 2)
    with rows() as session:
        views = [view_need(session, need, Audience.OWNER) for need in session.exec(select(Need))]
    versions = {view["external_id"]: view["version"] for view in views}
    titles = {view["external_id"]: view["title"] for view in views}
    assert versions == {"n-1": 1, "n-2": 2, "n-4": 1, "n-5": 1}
    assert titles["n-1"] == "Арэнда"
