"""`registry keys destroy`: nothing is readable afterwards, and nobody does it by mistake."""

import json
import sqlite3

import pytest

from registry.domain.errors import KeyGoneError
from registry.jobs.pulse import Heart, StopWork
from registry.jobs.worker import Worker
from registry.privacy import key_store
from registry.services.keys.destroy_keys import destroy_keys
from registry.storage.envelopes import AccountKey
from tests.factories import NeedFactory


@pytest.fixture
def need(session, monkeypatch):
    need = NeedFactory.create()
    session.commit()
    monkeypatch.setattr(key_store, "REMEMBER_SECONDS", 0)
    return need


def test_everything_is_unreadable(need, parts, run_command, session, make_account):
    settings = parts.settings
    account = make_account("organisation")
    worker = Worker(parts.database, Heart(settings))
    worker.step()
    worker._anchored = float("-inf")
    session.add(AccountKey(account_id=account.id, public=b"p" * 32, by_passphrase=b"w"))
    session.commit()
    settings.index_dir.mkdir(exist_ok=True)
    done = run_command("keys", "destroy", "--yes", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {"destroyed": True, "troubles": []}
    with pytest.raises(KeyGoneError):
        parts.vault.read(need, "title")
    assert not settings.master_key_file.exists()
    assert not settings.index_dir.exists()
    session.expire_all()
    assert session.get(AccountKey, account.id) is None
    session.rollback()
    with pytest.raises(StopWork):
        worker.step()
    assert run_command("audit", "verify").exit_code == 1


def test_the_word_has_to_be_typed(need, parts, run_command):
    for typed in ("yes\n", "\n\n"):
        refused = run_command("keys", "destroy", input=typed)
        assert refused.exit_code == 1
    assert parts.vault.read(need, "title") == "Rent for three months"
    assert run_command("keys", "destroy", input="destroy\n").exit_code == 0
    with pytest.raises(KeyGoneError):
        parts.vault.read(need, "title")


def test_a_database_that_is_held_stops_nothing(need, parts, settings, monkeypatch):
    monkeypatch.setattr("registry.services.keys.destroy_keys.PATIENCE_SECONDS", 0.01)
    held = sqlite3.connect(settings.data_dir / "registry.db", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    troubles = destroy_keys(settings)
    held.close()
    assert "Delete the database" in troubles[0]
    with pytest.raises(KeyGoneError):
        parts.vault.read(need, "title")


def test_nothing_to_destroy(tmp_path, run_command):
    places = {
        "REGISTRY_DATA_DIR": str(tmp_path / "none"),
        "REGISTRY_MASTER_KEY_FILE": str(tmp_path / "no-key"),
    }
    assert run_command("keys", "destroy", "--yes", environment=places).exit_code == 0
