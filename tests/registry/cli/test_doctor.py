"""`registry doctor`: says of everything whether it is as it has to be, and what to do."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from click.testing import Result
from sqlalchemy import text

from registry.app.parts import Parts
from registry.cli.checks import Found, check_rates
from registry.config import Settings
from registry.jobs.pulse import Heart
from registry.services.topics import NEED_CHANGED
from registry.storage.database import RegistrySession
from registry.storage.outbox import OutboxEntry, put_outbox
from search.money import newest_rate_day
from tests.factories import NeedFactory

Run = Callable[..., Result]


@pytest.fixture
def found(run_command: Run) -> Callable[[], dict[str, str]]:
    """Run the doctor: name of the check -> what was found; 1 exactly where one is wrong."""

    def look() -> dict[str, str]:
        result = run_command("doctor", "--json")
        answer = json.loads(result.stdout)
        checks = {each["name"]: each["found"] for each in answer["checks"]}
        assert answer["healthy"] == (Found.WRONG not in checks.values())
        assert result.exit_code == (0 if answer["healthy"] else 1)
        assert all(each["sentence"].strip() for each in answer["checks"])
        return checks

    return look


@pytest.fixture(autouse=True)
def _ready(run_command: Run) -> None:
    assert run_command("init").exit_code == 0


Look = Callable[[], dict[str, str]]


def test_a_new_registry_has_nothing_wrong(found: Look) -> None:
    checks = found()
    assert checks["database"] == checks["search index"] == checks["outbox"] == Found.FINE
    assert checks["master key"] == Found.WARNING
    assert checks["worker"] == Found.WARNING


def test_a_living_worker_is_fine(found: Look, settings: Settings) -> None:
    Heart(settings).beat()
    assert found()["worker"] == Found.FINE


def test_changes_that_wait_without_a_worker_are_wrong(
    found: Look, session: RegistrySession, run_command: Run
) -> None:
    NeedFactory.create()
    checks = found()
    assert (checks["worker"], checks["outbox"]) == (Found.WRONG, Found.WARNING)
    assert run_command("index", "drain").exit_code == 0
    checks = found()
    assert (checks["worker"], checks["search index"]) == (Found.WARNING, Found.FINE)


def test_entries_that_were_given_up_are_wrong(found: Look, session: RegistrySession) -> None:
    session.add(OutboxEntry(topic=NEED_CHANGED, subjects=[], attempts=8, parked=True))
    session.commit()
    assert found()["outbox"] == Found.WRONG


def test_an_index_that_lacks_a_record_is_wrong(
    found: Look, session: RegistrySession, run_command: Run
) -> None:
    need = NeedFactory.create()
    session.commit()
    run_command("index", "drain")
    session.exec(text("DELETE FROM need"))
    session.commit()
    assert need.id
    assert found()["search index"] == Found.WRONG
    run_command("index", "rebuild")
    assert found()["search index"] == Found.FINE


def test_a_folder_or_a_key_that_others_can_read_is_wrong(found: Look, settings: Settings) -> None:
    settings.data_dir.chmod(0o755)
    settings.key_store_file.chmod(0o644)
    checks = found()
    assert (checks["data folder"], checks["key store"]) == (Found.WRONG, Found.WRONG)
    assert "database" not in checks
    settings.data_dir.chmod(0o700)
    settings.key_store_file.chmod(0o600)
    settings.master_key_file.chmod(0o644)
    assert found()["master key"] == Found.WRONG


def test_another_master_key_is_wrong(found: Look, settings: Settings) -> None:
    settings.master_key_file.write_text("cd" * 32)
    assert found()["key store"] == Found.WRONG


def test_a_key_beside_the_data_is_wrong_without_the_marker(found: Look, settings: Settings) -> None:
    (settings.data_dir / "development").unlink()
    assert found()["master key"] == Found.WRONG


def test_a_database_of_an_older_shape_is_wrong(found: Look, parts: Parts) -> None:
    with parts.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert found()["database"] == Found.WRONG


def test_a_trail_that_was_changed_by_hand_is_wrong(found: Look, session: RegistrySession) -> None:
    NeedFactory.create()
    session.exec(text("UPDATE audit SET act = 'nothing' WHERE id = 1"))
    session.commit()
    assert found()["audit trail"] == Found.WRONG


@pytest.mark.parametrize(("days", "expected"), [(45, Found.FINE), (46, Found.WARNING)])
def test_old_exchange_rates_are_a_warning(days: int, expected: Found) -> None:
    today: date = newest_rate_day() + timedelta(days=days)
    assert check_rates(today).found is expected


def test_for_people_every_check_is_a_line(run_command: Run, session: RegistrySession) -> None:
    put_outbox(session, NEED_CHANGED)
    session.commit()
    result = run_command("doctor")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 9
    assert "registry worker" in result.stdout
