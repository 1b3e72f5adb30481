"""`registry keys`: rotation says what it did."""

import json

from tests.factories import OrganisationFactory


def test_rotating_says_how_many_rows_are_new(session, run_command, monkeypatch):
    monkeypatch.setattr("registry.services.keys.rotate_keys.REMEMBER_SECONDS", 0)
    OrganisationFactory.create()
    result = run_command("keys", "rotate")
    assert result.exit_code == 0
    assert "Every key is new; 1 rows" in result.stdout
    assert json.loads(run_command("keys", "rotate", "--json").stdout) == {"renewed": 1}
