"""`/healthz`, `/readyz`, and what a broken index brings about."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlmodel import select

from registry.app.parts import Parts
from registry.domain.roles import Role
from registry.jobs.pulse import Heart
from registry.services.topics import INDEX_REBUILD
from registry.storage.outbox import OutboxEntry
from search.index.protocol import IndexUnavailable


@pytest.fixture
def reasons(client: FlaskClient) -> Callable[[], list[str]]:
    """Ask what is missing; 503 exactly where something is."""

    def ask() -> list[str]:
        answer = client.get("/readyz")
        assert answer.status_code == (503 if answer.json["reasons"] else 200)
        return list(answer.json["reasons"])

    return ask


def break_index(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise IndexUnavailable("broken", "")

    for name in ("search", "count"):
        monkeypatch.setattr(parts.index, name, broken)


def test_the_process_is_up(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_ready_once_a_worker_lives(reasons: Callable[[], list[str]], parts: Parts) -> None:
    assert reasons() == ["worker"]
    Heart(parts.settings).beat()
    assert reasons() == []


def test_a_broken_index_is_a_reason(
    reasons: Callable[[], list[str]], parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    Heart(parts.settings).beat()
    break_index(parts, monkeypatch)
    assert reasons() == ["index"]


def test_a_database_of_an_older_shape_is_a_reason(
    reasons: Callable[[], list[str]], parts: Parts
) -> None:
    Heart(parts.settings).beat()
    with parts.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert reasons() == ["migrations"]


def test_lost_keys_are_a_reason(reasons: Callable[[], list[str]], parts: Parts) -> None:
    Heart(parts.settings).beat()
    parts.vault.keys.destroy_key("system:lookup")
    parts.settings.key_store_file.unlink()
    assert reasons() == ["keys"]


def test_a_search_that_fails_asks_the_worker_for_a_new_index_once(
    api_client: Callable[..., Any], parts: Parts, rows: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = api_client(Role.OFFICER)
    break_index(parts, monkeypatch)
    for _ in range(3):
        answer = officer.get("/search?q=rent")
        assert answer.status_code == 503
        assert answer.json["errors"][0]["code"] == "search_unavailable"
    with rows() as reading:
        topics = [each.topic for each in reading.exec(select(OutboxEntry))]
    assert topics.count(INDEX_REBUILD) == 1
