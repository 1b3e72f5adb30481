"""A database that cannot be used now: the command ends with a sentence, and nothing is left."""

import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from registry.cli import main
from registry.storage import database

DONOR = '{"external_id": "donor-1", "donor_kind": "foundation"}\n'


@pytest.fixture
def import_donors(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("REGISTRY_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("REGISTRY_MASTER_KEY_FILE", str(settings.master_key_file))
    path = tmp_path / "donors.jsonl"
    path.write_text(DONOR)
    return lambda: CliRunner().invoke(main, ["import", "donors", str(path)])


def owners(settings):
    with closing(sqlite3.connect(settings.key_store_file)) as keys:
        return set(keys.execute("SELECT owner FROM wrapped_key"))


def test_while_somebody_else_writes_for_long(import_donors, settings, monkeypatch):
    quick = [each for each in database.PRAGMAS if "busy_timeout" not in each]
    monkeypatch.setattr(database, "PRAGMAS", (*quick, "PRAGMA busy_timeout = 50"))
    before = owners(settings)

    with closing(sqlite3.connect(settings.data_dir / "registry.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = import_donors()

    assert result.exit_code == 1
    assert "try again in a moment" in result.stderr
    assert owners(settings) == before
    assert list((settings.data_dir / "imports").iterdir()) == []
    assert import_donors().exit_code == 0


def test_before_the_tables_are_there(import_donors, settings):
    (settings.data_dir / "registry.db").unlink()

    result = import_donors()

    assert result.exit_code == 1
    assert "registry init" in result.stderr
