"""Counting what a piece of work asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from registry.storage.database import RegistrySession


@contextmanager
def statements(session: RegistrySession) -> Iterator[list[str]]:
    """Collect the statements that are sent while the block runs."""
    sent: list[str] = []

    def note(*arguments: Any) -> None:
        sent.append(arguments[2])

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
