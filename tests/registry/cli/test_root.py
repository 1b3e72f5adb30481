"""The command as a whole: quick to say what it can do, plain about what it cannot."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result
from sqlalchemy import text

from registry.app.parts import Parts
from registry.cli import main

Run = Callable[..., Result]
HEAVY = ("sqlalchemy", "flask", "whoosh", "cryptography", "openpyxl")


def every_command(
    group: click.Group = main, path: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], click.Command]]:
    found: list[tuple[tuple[str, ...], click.Command]] = []
    for name, command in group.commands.items():
        found.append(((*path, name), command))
        if isinstance(command, click.Group):
            found += every_command(command, (*path, name))
    return found


COMMANDS = dict(every_command())


def test_help_imports_nothing_heavy() -> None:
    """A person who only asks what there is does not wait for the whole house."""
    asked = f"import sys, registry.cli; print([each for each in {HEAVY} if each in sys.modules])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(run_command: Run, path: tuple[str, ...]) -> None:
    result = run_command(*path, "--help")
    assert result.exit_code == 0
    assert COMMANDS[path].help


@pytest.mark.parametrize(
    "command",
    ["init", "run", "worker", "doctor", "search", "import", "demo", "openapi"],
)
def test_the_commands_that_people_script_against_are_there(command: str) -> None:
    assert (command,) in COMMANDS


@pytest.mark.parametrize(
    "path",
    [
        ("index", "rebuild"),
        ("index", "drain"),
        ("index", "status"),
        ("match", "run"),
        ("match", "explain"),
        ("match", "assess"),
        ("text", "terms"),
        ("account", "create"),
        ("apikey", "create"),
    ],
)
def test_the_groups_that_people_script_against_are_there(path: tuple[str, ...]) -> None:
    assert path in COMMANDS


def test_wrong_usage_ends_with_two(run_command: Run) -> None:
    assert run_command("dance").exit_code == 2
    assert run_command("index", "--loudly").exit_code == 2


def test_without_a_data_folder_a_command_says_how_to_make_one(
    run_command: Run, tmp_path: Path
) -> None:
    nowhere = {"REGISTRY_DATA_DIR": str(tmp_path / "nowhere")}
    result = run_command("index", "status", environment=nowhere)
    assert result.exit_code == 1
    assert "registry init" in result.stderr
    assert not (tmp_path / "nowhere").exists()


def test_with_a_database_of_an_older_shape_a_command_says_what_to_do(
    run_command: Run, parts: Parts
) -> None:
    with parts.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    result = run_command("match", "run")
    assert result.exit_code == 1
    assert "registry init" in result.stderr
