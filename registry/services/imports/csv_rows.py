"""CSV files: the first line names the columns; comma, semicolon or tab stands between cells."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from registry.domain.errors import FieldProblem
from registry.schemas.flat import unflatten
from registry.services.imports.byte_lines import LONGEST_LINE, read_lines
from registry.services.imports.source_row import SourceRow, SourceRows, refuse_row
from registry.services.imports.table_header import find_header_problems, known_columns

DELIMITERS = (",", ";", "\t")

# A cell is bounded by its line already; the module's own limit would refuse before the schema.
csv.field_size_limit(LONGEST_LINE)


class _TextLines(Iterator[str]):
    """Decoded lines for the csv module, which also says what was wrong with those it gave."""

    def __init__(self, file: BinaryIO) -> None:
        self._lines = read_lines(file)
        self._held: list[str] = []
        self.number = self.read = 0
        self.refused: str | None = None

    def __next__(self) -> str:
        return self._held.pop() if self._held else self._decode()

    def peek(self) -> str:
        """Return the first line without taking it; empty where there is none."""
        if not self._held:
            self._held.append(next(self, ""))
        return self._held[-1]

    def _decode(self) -> str:
        line = next(self._lines)
        self.number, self.read = line.number, line.read
        if line.body is None:
            self.refused = "line_too_long"
            return "\n"
        try:
            return line.body.decode("utf-8")
        except UnicodeDecodeError:
            self.refused = "not_utf8"
            return line.body.decode("utf-8", errors="replace")


def read_csv(kind: str, path: Path) -> SourceRows:
    """Yield the rows of a file as records for the schema; blank lines are passed over."""
    with path.open("rb") as file:
        lines = _TextLines(file)
        cells = csv.reader(lines, delimiter=find_delimiter(kind, lines.peek()), strict=True)
        rows = _read_rows(lines, cells)
        header = next(rows, ([], SourceRow(1, 0)))
        names = [name.strip() for name in header[0]]
        problems = header[1].problems or find_header_problems(kind, names)
        if problems:
            yield SourceRow(header[1].line, header[1].read, problems=tuple(problems))
            return
        for values, row in rows:
            yield row if row.problems else _read_record(kind, names, values, row)


def find_delimiter(kind: str, header: str) -> str:
    """Return what stands between the names of the columns: whatever yields most known names."""
    known = known_columns(kind)

    def count(delimiter: str) -> int:
        return len(known.intersection(name.strip(' "\r\n') for name in header.split(delimiter)))

    return max(DELIMITERS, key=count)


def _read_rows(
    lines: _TextLines, cells: Iterator[list[str]]
) -> Iterator[tuple[list[str], SourceRow]]:
    """Yield the cells of each row with where it stands and why it cannot be used."""
    while True:
        first = lines.number + 1
        values: list[str] = []
        broken: str | None = None
        try:
            values = next(cells)
        except StopIteration:
            return
        except csv.Error:
            broken = "bad_csv"
        first = min(first, lines.number)
        code, lines.refused = lines.refused or broken, None
        if code:
            yield [], refuse_row(first, lines.read, "", code)
        elif any(value.strip() for value in values):
            yield values, SourceRow(first, lines.read)


def _read_record(kind: str, names: Sequence[str], values: list[str], row: SourceRow) -> SourceRow:
    problems = find_stray_cells(names, values)
    if problems:
        return SourceRow(row.line, row.read, problems=problems)
    cells = {name: value for name, value in zip(names, values, strict=False) if name}
    return SourceRow(row.line, row.read, unflatten(kind, cells))


def find_stray_cells(names: Sequence[str], values: Sequence[str]) -> tuple[FieldProblem, ...]:
    """Return the refusal of a row that has something where no column is named."""
    beyond = any(value.strip() for value in values[len(names) :])
    unnamed = any(value.strip() for name, value in zip(names, values, strict=False) if not name)
    return (FieldProblem("", "stray_cell"),) if beyond or unnamed else ()
