"""`registry demo`, as somebody types it."""

import json

import pytest
from click.testing import CliRunner

from registry.cli import main
from registry.cli.running import greeting
from registry.config import Settings
from registry.domain.roles import Role


@pytest.fixture
def registry(settings, monkeypatch):
    monkeypatch.setenv("REGISTRY_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("REGISTRY_MASTER_KEY_FILE", str(settings.master_key_file))
    return lambda *words: CliRunner().invoke(main, list(words))


def test_it_loads_once_and_says_where_the_accounts_stand(registry, settings):
    first = registry("demo", "--json")
    again = registry("demo")

    path = settings.demo_accounts_file
    assert json.loads(first.stdout) == {"loaded": True, "accounts": str(path)}
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "It was loaded before" in again.stdout
    assert str(path) in again.stdout
    assert all(str(role) in path.read_text("utf-8") for role in Role)
    assert path.read_text("utf-8").rstrip() in greeting(Settings.from_env())


def test_outside_a_folder_for_trying_out_it_is_refused(registry, settings):
    (settings.data_dir / "development").unlink()

    result = registry("demo")

    assert result.exit_code == 1
    assert not settings.demo_accounts_file.exists()


def test_codes_of_a_second_factor_are_not_there_yet(registry):
    result = registry("demo", "code", "officer")

    assert result.exit_code == 1
    assert "no second factor yet" in result.stderr
    assert registry("demo", "code", "king").exit_code == 2
