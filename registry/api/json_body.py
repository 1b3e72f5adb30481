"""Reading a JSON body strictly: UTF-8, every name once, numbers only, a few levels deep."""

import json
from typing import Any

from registry.api.errors import UnreadableBodyError

DEEPEST = 16
"""Levels; a record has four at most."""


def read_json(body: bytes) -> Any:
    """Parse a body.

    Raises:
        UnreadableBodyError: it is no such JSON; its code says in which way.
    """
    try:
        document = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_read_object,
            parse_constant=_refuse_constant,
        )
    except RecursionError:
        raise UnreadableBodyError("json_too_deep") from None
    except ValueError:
        raise UnreadableBodyError("bad_json") from None
    if _is_too_deep(document):
        raise UnreadableBodyError("json_too_deep")
    return document


def _read_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise UnreadableBodyError("duplicate_name")
    return record


def _refuse_constant(_name: str) -> Any:
    raise UnreadableBodyError("not_a_json_number")


def _is_too_deep(document: Any) -> bool:
    """Go down level by level, never deeper than needed to know."""
    level = [document]
    for _ in range(DEEPEST):
        level = [child for value in level for child in _children(value)]
        if not level:
            return False
    return True


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
