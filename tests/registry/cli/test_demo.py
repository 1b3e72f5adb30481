"""`registry demo`, as somebody types it."""

import json

import pytest
from click.testing import CliRunner

from registry.cli import main
from registry.cli.running import greeting
from registry.config import Settings
from registry.domain.roles import Role
from tests.person import Person


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


def test_the_present_code_signs_the_officer_in_and_an_organisation_needs_none(
    registry, settings, app
):
    registry("demo")
    lines = settings.demo_accounts_file.read_text("utf-8").splitlines()
    of_officer = lines[
        next(at for at, line in enumerate(lines) if line.split()[:1] == ["officer"]) :
    ]
    name, passphrase = (
        " ".join(line.split()[skip:]) for line, skip in zip(of_officer[1:3], (2, 1), strict=True)
    )
    code = json.loads(registry("demo", "code", "officer", "--json").stdout)["code"]

    officer = Person(app.test_client())
    officer.open("/sign-in").send("Sign in", {"username": name, "password": passphrase})
    officer.send("Sign in", {"code": code})

    assert officer.address == "/desk/queue"
    next_code = registry("demo", "code", "officer").stdout.strip()
    assert next_code != code
    officer.send("Sign out")
    officer.open("/sign-in").send("Sign in", {"username": name, "password": passphrase})
    assert officer.send("Sign in", {"code": next_code}).address == "/desk/queue"
    result = registry("demo", "code", "organisation")
    assert result.exit_code == 1
    assert "passphrase are enough" in result.stderr
    assert registry("demo", "code", "king").exit_code == 2


def test_there_is_no_code_before_the_demonstration(registry):
    assert registry("demo", "code", "officer").exit_code == 1
