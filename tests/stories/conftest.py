"""Every story also watches the log, at DEBUG: nothing that was guarded or typed stands in it."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.app.log_lines import LogLine
from registry.privacy.vault import Vault

SHORTEST = 5
"""Letters of a text that is looked for; shorter ones stand in ordinary words."""

ADDRESS_OR_TOKEN = re.compile(r"\b\d+\.\d+\.\d+\.\d+\b|\b[0-9a-f]{64}\b")


@pytest.fixture(autouse=True)
def nothing_told_in_the_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    guarded: set[str] = set()
    write = Vault.write

    def note(self: Vault, row: Any, field: str, text: str | None) -> None:
        guarded.add(text or "")
        write(self, row, field, text)

    monkeypatch.setattr(Vault, "write", note)
    send = FlaskClient.open

    def note_typed(self: FlaskClient, *arguments: Any, **options: Any) -> Any:
        guarded.update(text for text in _texts_of(options.get("data")) if " " in text)
        return send(self, *arguments, **options)

    monkeypatch.setattr(FlaskClient, "open", note_typed)
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(LogLine())
    root = logging.getLogger()
    monkeypatch.setattr(root, "level", logging.DEBUG)
    root.addHandler(handler)
    yield
    root.removeHandler(handler)
    lines = said.getvalue()
    assert [text for text in guarded if len(text) >= SHORTEST and text in lines] == []
    assert ADDRESS_OR_TOKEN.search(lines) is None


def _texts_of(typed: object) -> Iterator[str]:
    """Yield what was typed into a form, however the test handed it over."""
    if isinstance(typed, str):
        yield typed
    elif isinstance(typed, dict):
        for value in typed.values():
            yield from _texts_of(value)
    elif isinstance(typed, list | tuple):
        for value in typed:
            yield from _texts_of(value)
