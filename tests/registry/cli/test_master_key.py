"""The master key comes from a file, through a descriptor or from a passphrase that is typed."""

import json
import os
from pathlib import Path

import pytest

from registry.cli import web as web_command
from registry.config import MARKER
from registry.jobs.lock import worker_lock
from registry.privacy import master_passphrase
from tests.conftest import MASTER_KEY
from tests.factories import OrganisationFactory

TYPED = "seven words that nobody would think of"
TWICE = f"{TYPED}\n{TYPED}\n"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(master_passphrase, "OPERATIONS", 1)
    monkeypatch.setattr(master_passphrase, "MEMORY", 8192)


@pytest.fixture
def places(tmp_path):
    return {
        "REGISTRY_DATA_DIR": str(tmp_path / "new"),
        "REGISTRY_MASTER_KEY_FILE": str(tmp_path / "none"),
    }


def doctor(run_command, places, **options) -> dict:
    answer = json.loads(run_command("doctor", "--json", environment=places, **options).stdout)
    return {each["name"]: each for each in answer["checks"]}


def test_a_passphrase_is_asked_for_at_every_start(run_command, places):
    made = run_command("init", "--passphrase", environment=places, input=TWICE)
    assert made.exit_code == 0, made.output
    assert not Path(places["REGISTRY_MASTER_KEY_FILE"]).exists()
    assert not (Path(places["REGISTRY_DATA_DIR"]) / MARKER).exists()
    assert TYPED not in made.output
    checks = doctor(run_command, places, input=f"{TYPED}\n")
    assert checks["key store"]["found"] == "warning"
    assert "file system of the database" in checks["key store"]["sentence"]
    assert "on no disk" in checks["master key"]["sentence"]
    wrong = doctor(run_command, places, input="another passphrase\n")
    assert wrong["key store"]["found"] == "wrong"
    again = run_command("init", "--passphrase", environment=places, input=f"{TYPED}\n")
    assert again.exit_code == 0
    assert run_command("audit", "verify", environment=places, input="").exit_code == 1


def test_a_short_passphrase_begins_nothing(run_command, places):
    refused = run_command("init", "--passphrase", environment=places, input="short\nshort\n")
    assert refused.exit_code == 1
    assert "seven words" in refused.stderr
    assert not Path(places["REGISTRY_DATA_DIR"]).exists()


def test_keys_that_a_file_wraps_are_not_begun_anew(run_command):
    refused = run_command("init", "--passphrase", input=TWICE)
    assert refused.exit_code == 1
    assert "registry keys rewrap --passphrase" in refused.stderr


def test_the_master_key_is_changed_to_a_passphrase_and_back(
    run_command, session, settings, parts, tmp_path
):
    organisation = OrganisationFactory.create(handle="Willow")
    changed = run_command("keys", "rewrap", "--passphrase", input=TWICE)
    assert changed.exit_code == 0, changed.output
    assert doctor(run_command, {}, input=f"{TYPED}\n")["key store"]["found"] == "fine"
    new = tmp_path / "new-master"
    new.write_text("cd" * 32)
    new.chmod(0o600)
    back = run_command("keys", "rewrap", "--to", str(new), input=f"{TYPED}\n")
    assert back.exit_code == 0, back.output
    by_file = {"REGISTRY_MASTER_KEY_FILE": str(new)}
    assert doctor(run_command, by_file)["key store"]["found"] == "fine"
    assert doctor(run_command, {})["key store"]["found"] == "wrong"
    assert MASTER_KEY not in changed.output
    assert organisation.id


def test_it_is_not_changed_under_a_running_service(run_command, settings):
    with worker_lock(settings):
        refused = run_command("keys", "rewrap", "--passphrase", input=TWICE)
    assert refused.exit_code == 1
    assert "stop the service first" in refused.stderr
    assert run_command("keys", "rewrap").exit_code == 2


def pipe_with(key: str) -> int:
    read_end, write_end = os.pipe()
    os.write(write_end, key.encode())
    os.close(write_end)
    return read_end


def test_a_key_through_a_pipe_is_read_once_and_kept_for_all(run_command, session):
    descriptor = pipe_with(MASTER_KEY)
    checks = doctor(run_command, {"REGISTRY_MASTER_KEY_FILE": f"/dev/fd/{descriptor}"})
    os.close(descriptor)
    assert checks["key store"]["found"] == "fine"
    assert "audit trail" in checks


def test_the_web_command_hands_the_key_on(run_command, monkeypatch):
    started: dict[str, str] = {}

    def start(_python, arguments):
        path = os.environ["REGISTRY_MASTER_KEY_FILE"]
        started.update(path=path, key=Path(path).read_text(), command=" ".join(arguments[1:]))

    monkeypatch.setattr(web_command.os, "execv", start)
    descriptor = pipe_with(MASTER_KEY)
    places = {"REGISTRY_MASTER_KEY_FILE": f"/dev/fd/{descriptor}"}
    assert run_command("web", environment=places).exit_code == 0
    os.close(descriptor)
    assert started["path"].startswith("/dev/fd/")
    assert started["path"] != f"/dev/fd/{descriptor}"
    assert started["key"] == MASTER_KEY
    assert started["command"] == "-m gunicorn --config python:registry.cli.serving"
