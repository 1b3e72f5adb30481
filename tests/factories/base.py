"""Factories that build records in memory, and store them only for a test that asks for it.

`build()` returns a record as schemas load it: a dict of typed values. `create()` stores it
through the services, commits, and returns the row; it works only under the `session` fixture.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import factory

from registry.storage.database import RegistrySession

_open: list[RegistrySession] = []


@contextmanager
def creating_in(session: RegistrySession) -> Iterator[None]:
    """Let factories create in this session."""
    _open.append(session)
    try:
        yield
    finally:
        _open.remove(session)


def open_session() -> RegistrySession:
    """Return the session of the running test."""
    if not _open:
        raise RuntimeError("create() stores rows: ask for the fixture `session`, or use build()")
    return _open[-1]


class RecordFactory(factory.DictFactory):  # type: ignore[misc,name-defined]
    """A factory of records; subclasses say in `store` how one becomes a row."""

    class Meta:
        abstract = True

    ABSENT: ClassVar[object] = object()
    """Given as a value, leaves the field out."""

    @classmethod
    def _build(cls, model_class: Any, *args: Any, **fields: Any) -> dict[str, Any]:
        return {name: value for name, value in fields.items() if value is not cls.ABSENT}

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> Any:
        session = open_session()
        row = cls.store(session, cls._build(model_class, **fields))
        session.commit()
        return row

    @classmethod
    def store(cls, session: RegistrySession, record: dict[str, Any]) -> Any:
        raise NotImplementedError
