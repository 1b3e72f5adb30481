"""Changes to records: made from a version somebody has seen, and checked as a whole."""

from collections.abc import Mapping
from typing import Any, Protocol

from registry.domain.errors import ConflictError, VersionMissingError
from registry.schemas.records import check_record


class Versioned(Protocol):
    version: int | None


def check_version(record: str, row: Versioned, version: int | None) -> None:
    """Let a change pass that was made from what stands now.

    Raises:
        VersionMissingError: it does not say what it was made from.
        ConflictError: somebody changed the record since; nothing was written.
    """
    if version is None:
        raise VersionMissingError
    if version != row.version:
        raise ConflictError(record, row.version or 0)


def real_changes(
    kind: str, current: Mapping[str, Any], changes: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the changes that change something, once the record they lead to is found whole.

    Raises:
        RecordRefusedError: fields that would not agree with those that stay.
    """
    changed = {name: value for name, value in changes.items() if current.get(name) != value}
    if changed:
        merged = {**current, **changed}
        check_record(kind, {name: value for name, value in merged.items() if value is not None})
    return changed
