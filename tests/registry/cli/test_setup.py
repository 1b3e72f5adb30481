"""`registry init`: makes what is missing, and what is there stays."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from registry.config import MARKER, Settings

Run = Callable[..., Result]


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    return {
        "REGISTRY_DATA_DIR": str(tmp_path / "new" / "data"),
        "REGISTRY_MASTER_KEY_FILE": str(tmp_path / "new" / "keys" / "master"),
    }


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_everything_is_made_and_closed_to_others(run_command: Run, places: dict[str, str]) -> None:
    result = run_command("init", "--json", environment=places)
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert all(answer[name] for name in ("folder_made", "key_made", "migrated", "index_made"))
    folder, key = Path(places["REGISTRY_DATA_DIR"]), Path(places["REGISTRY_MASTER_KEY_FILE"])
    assert mode(folder) == 0o700
    assert mode(key) == 0o600
    assert (folder / MARKER).exists()
    assert {mode(file) & 0o077 for file in folder.rglob("*")} == {0}


def test_it_says_that_it_made_a_key(run_command: Run, places: dict[str, str]) -> None:
    first = run_command("init", environment=places)
    assert "key for trying out" in first.stdout
    assert Path(places["REGISTRY_MASTER_KEY_FILE"]).read_text().strip() not in first.output


def test_repeating_it_changes_nothing(run_command: Run, places: dict[str, str]) -> None:
    run_command("init", environment=places)
    key = Path(places["REGISTRY_MASTER_KEY_FILE"]).read_text()
    again = json.loads(run_command("init", "--json", environment=places).stdout)
    assert not any(again[name] for name in ("folder_made", "key_made", "migrated", "index_made"))
    assert Path(places["REGISTRY_MASTER_KEY_FILE"]).read_text() == key


def test_a_key_that_is_given_is_taken_and_nothing_is_marked(
    run_command: Run, places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with a key on another mount: the check for that is told that it is one."""
    key = Path(places["REGISTRY_MASTER_KEY_FILE"])
    key.parent.mkdir(parents=True)
    key.write_text("ab" * 32)
    key.chmod(0o600)
    refused = run_command("init", environment=places)
    assert refused.exit_code == 1
    assert "own file system" in refused.stderr
    assert not (Path(places["REGISTRY_DATA_DIR"]) / MARKER).exists()


def test_data_whose_key_is_gone_gets_no_new_one(run_command: Run, places: dict[str, str]) -> None:
    run_command("init", environment=places)
    key = Path(places["REGISTRY_MASTER_KEY_FILE"])
    key.unlink()
    result = run_command("init", environment=places)
    assert result.exit_code == 1
    assert "could not open this data" in result.stderr
    assert not key.exists()


def test_another_key_is_refused_with_a_sentence(run_command: Run, settings: Settings) -> None:
    settings.master_key_file.write_text("cd" * 32)
    result = run_command("init")
    assert result.exit_code == 1
    assert "does not open the key store" in result.stderr


def test_settings_that_cannot_be_used_are_refused(run_command: Run) -> None:
    result = run_command("init", environment={"PORT": "many"})
    assert result.exit_code == 1
    assert "PORT" in result.stderr
