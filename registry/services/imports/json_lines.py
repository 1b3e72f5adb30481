"""Files of JSON lines: a record a line, in the spelling of the API."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from registry.services.imports.byte_lines import ByteLine, read_lines
from registry.services.imports.source_row import SourceRow, SourceRows, refuse_row


class _NamedTwice(ValueError):  # noqa: N818 - carried to the nearest except clause, no further
    """A record names a field twice, so that nobody can say which value was meant."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__()


def read_json_lines(path: Path) -> SourceRows:
    """Yield the rows of a file; blank lines are passed over."""
    with path.open("rb") as file:
        for line in read_lines(file):
            if line.body is None or line.body.strip():
                yield _read_row(line)


def _read_row(line: ByteLine) -> SourceRow:
    if line.body is None:
        return refuse_row(line.number, line.read, "", "line_too_long")
    try:
        record = json.loads(line.body.decode("utf-8"), object_pairs_hook=_read_object)
    except UnicodeDecodeError:
        return refuse_row(line.number, line.read, "", "not_utf8")
    except _NamedTwice as twice:
        return refuse_row(line.number, line.read, twice.name, "named_twice")
    except RecursionError:
        return refuse_row(line.number, line.read, "", "nested_too_deeply")
    except ValueError:
        # A json.JSONDecodeError, or a number of more digits than Python reads.
        return refuse_row(line.number, line.read, "", "not_json")
    return SourceRow(line.number, line.read, record)


def _read_object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        names = [name for name, _ in pairs]
        raise _NamedTwice(next(name for name in names if names.count(name) > 1))
    return read
