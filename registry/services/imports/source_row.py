"""One row of a file, before anything was checked but that it could be read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from registry.domain.errors import FieldProblem


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A record as the file has it, or why there is none.

    `line` counts from 1; a row of several lines stands at its first. `read` is how many bytes of
    the file were read up to here, for a progress bar.
    """

    line: int
    read: int
    record: Any = None
    problems: tuple[FieldProblem, ...] = ()


SourceRows = Iterator[SourceRow]
OnProgress = Callable[[int], None]
"""Told how many bytes were read since the last time."""


def refuse_row(line: int, read: int, field: str, code: str, **values: object) -> SourceRow:
    """Make a row that holds nothing but the reason why it could not be read."""
    return SourceRow(line, read, problems=(FieldProblem(field, code, **values),))
