"""Accounts and keys from the command line: secrets once, and they work."""

import json

import pytest
from click.testing import CliRunner
from sqlmodel import select

from registry.cli import main
from registry.domain.roles import Role
from registry.storage.accounts import Account, ApiKey
from tests.factories import DonorFactory, OrganisationFactory


@pytest.fixture
def command(settings, monkeypatch):
    """Run the command on the test's own data folder."""
    monkeypatch.setenv("REGISTRY_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("REGISTRY_MASTER_KEY_FILE", str(settings.master_key_file))
    monkeypatch.delenv("REGISTRY_DATABASE_URL", raising=False)

    def run(*arguments: str):
        return CliRunner().invoke(main, arguments)

    return run


def read(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_an_account_and_its_key_open_the_api(command, client):
    made = read(command("account", "create", "--role", "officer", "anna", "--json"))
    key = read(command("apikey", "create", "--account", "anna", "--scope", "needs:read", "--json"))[
        "key"
    ]

    answer = client.get("/api/v1/needs", headers={"X-API-Key": key})

    assert set(made) == {"name", "passphrase", "recovery_code", "account"}
    assert made["name"] == "anna"
    assert len(made["passphrase"].split()) == 7
    assert len(made["recovery_code"].replace(" ", "")) == 25
    assert answer.status_code == 200
    assert client.get("/api/v1/offers", headers={"X-API-Key": key}).status_code == 403


def test_scopes_follow_one_option_or_stand_behind_several(command, session):
    read(command("account", "create", "--role", "partner", "hub", "--json"))
    create = ("apikey", "create", "--account", "hub", "--json")

    read(command(*create, "--scope", "needs:read", "needs:text"))
    read(command(*create, "--scope", "needs:read", "--scope", "needs:text"))

    granted = [key.scopes for key in session.exec(select(ApiKey))]
    assert granted == [["needs:read", "needs:text"]] * 2


def test_secrets_stand_nowhere_but_on_the_screen(command, settings):
    made = read(command("account", "create", "--role", "auditor", "quiet-harbour", "--json"))
    key = read(
        command("apikey", "create", "--account", "quiet-harbour", "--scope", "needs:read", "--json")
    )["key"]

    for file in settings.data_dir.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            for secret in (made["passphrase"], made["recovery_code"], "quiet-harbour", key):
                assert secret.encode() not in content, file.name


def test_an_account_belongs_to_the_party_it_is_for(command, session):
    organisation = OrganisationFactory.create(external_id="newsroom")
    donor = DonorFactory.create(external_id="fund")

    read(command("account", "create", "--role", "organisation", "a", "--for", "newsroom", "--json"))
    read(command("account", "create", "--role", "donor", "b", "--for", donor.id, "--json"))
    read(command("account", "create", "--role", "partner", "c", "--for", "newsroom", "--json"))

    rows = {row.role: row for row in session.exec(select(Account))}
    assert rows[Role.ORGANISATION].organisation_id == organisation.id
    assert rows[Role.DONOR].donor_id == donor.id
    assert rows[Role.PARTNER].organisation_id == organisation.id


@pytest.mark.parametrize(
    ("arguments", "code", "remedy"),
    [
        (("account", "create", "--role", "organisation", "a"), 1, "--for EXTERNAL_ID"),
        (("account", "create", "--role", "donor", "a", "--for", "none"), 1, "no donor"),
        (("account", "create", "--role", "officer", "a", "--for", "x"), 1, "leave --for out"),
        (("account", "create", "--role", "king", "a"), 2, "is not one of"),
        (("account", "create", "a"), 2, "Missing option"),
        (("apikey", "create", "--account", "a", "--scope", "needs:read"), 1, "no account"),
        (("apikey", "create", "--account", "a", "--scope", "all"), 2, "is not one of"),
        (("apikey", "create", "--account", "a"), 2, "Missing option"),
        (("apikey", "revoke", "0" * 32), 1, "apikey list"),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy(command, arguments, code, remedy):
    result = command(*arguments)

    assert result.exit_code == code
    assert remedy in result.stderr


def test_a_sign_in_name_is_taken_once(command):
    command("account", "create", "--role", "officer", "anna")

    again = command("account", "create", "--role", "officer", "  ANNA ")

    assert again.exit_code == 1
    assert "choose another" in again.stderr


def test_a_revoked_key_opens_nothing(command, client):
    read(command("account", "create", "--role", "officer", "anna", "--json"))
    key = read(command("apikey", "create", "--account", "anna", "--scope", "needs:read", "--json"))[
        "key"
    ]
    listed = read(command("apikey", "list", "--account", "anna", "--json"))["items"]

    read(command("apikey", "revoke", listed[0]["id"], "--json"))

    assert client.get("/api/v1/needs", headers={"X-API-Key": key}).status_code == 401
    assert read(command("apikey", "list", "--account", "anna", "--json"))["items"][0]["revoked"]


def test_a_key_has_a_last_day(command, session):
    read(command("account", "create", "--role", "officer", "anna", "--json"))
    options = ("--account", "anna", "--scope", "needs:read", "--expires")

    past = command("apikey", "create", *options, "2020-01-01")
    future = command("apikey", "create", *options, "2099-12-31", "--json")

    assert past.exit_code == 1
    assert "still to come" in past.stderr
    read(future)
    assert str(session.exec(select(ApiKey)).one().expires_on) == "2099-12-31"


def test_the_description_of_the_api_is_printed_without_any_data(command, monkeypatch):
    monkeypatch.delenv("REGISTRY_DATA_DIR")

    assert read(command("openapi"))["openapi"] == "3.0.3"
