"""`registry audit verify`: 0 and how much was read, or 1 and where the trail breaks."""

import json

import pytest
from sqlalchemy import text

from registry.jobs.pulse import Heart
from registry.jobs.worker import Worker
from registry.storage.audit import write_audit


@pytest.fixture
def trail(session):
    for number in range(9):
        write_audit(session, "system", "need_changed", f"{number:032x}")
    session.commit()
    return session


def test_a_whole_trail(trail, run_command):
    result = run_command("audit", "verify")
    assert result.exit_code == 0
    assert "whole: 9 entries" in result.stdout
    answer = json.loads(run_command("audit", "verify", "--json").stdout)
    assert answer == {"whole": True, "first": 1, "last": 9}


def test_a_broken_trail(trail, run_command):
    trail.execute(text("UPDATE audit SET actor = 'x' WHERE id = 4"))
    trail.commit()
    result = run_command("audit", "verify")
    assert result.exit_code == 1
    assert "breaks at entry 4" in result.stdout
    assert "tell the auditors" in result.stderr
    result = run_command("audit", "verify", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["breaks_at"] == 4


def test_a_trail_cut_short_after_the_worker_saw_it(trail, parts, run_command, caplog):
    worker = Worker(parts.database, Heart(parts.settings))
    worker.step()
    trail.execute(text("DELETE FROM audit WHERE id > 6"))
    trail.commit()
    result = run_command("audit", "verify")
    assert result.exit_code == 1
    assert "entries from 7 on are missing" in result.stdout
    assert "registry audit verify" not in caplog.text
    Worker(parts.database, Heart(parts.settings)).step()
    assert "registry audit verify" in caplog.text
