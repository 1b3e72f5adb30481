"""XLSX files: the first sheet, whose first row names the columns."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from registry.domain.errors import FieldProblem
from registry.schemas.flat import unflatten
from registry.services.imports.csv_rows import find_stray_cells
from registry.services.imports.source_row import SourceRow, SourceRows, refuse_row
from registry.services.imports.table_header import find_header_problems
from registry.services.imports.workbook import UNREADABLE, WorkbookRefused, open_first_sheet

MOST_COLUMNS = 200
FORMULA, ERROR = "f", "e"


def read_xlsx(kind: str, path: Path) -> SourceRows:
    """Yield the rows of the first sheet as records for the schema; blank rows are passed over."""
    line = 0
    try:
        with open_first_sheet(path) as (sheet, stated):
            size = path.stat().st_size
            for row in _read_sheet(kind, sheet):
                line = row.line
                # The share of the rows stands for that of the bytes.
                yield replace(row, read=size * min(line, stated) // stated if stated else 0)
    except WorkbookRefused as refused:
        yield refuse_row(1, 0, "", refused.code)
    except UNREADABLE:
        # Broken in the middle: what came before it stands, but the rest is not known.
        yield refuse_row(line + 1, 0, "", "bad_workbook")


def _read_sheet(kind: str, sheet: Any) -> SourceRows:
    rows = _filled_rows(sheet)
    line, cells = next(rows, (1, ()))
    names = [_written(cell) for cell in cells]
    problems = find_header_problems(kind, names)
    if problems:
        yield SourceRow(line, 0, problems=tuple(problems))
        return
    for number, values in rows:
        yield _read_row(kind, names, number, values)


def _filled_rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if any(cell.value is not None for cell in cells):
            yield number, cells


def _read_row(kind: str, names: Sequence[str], line: int, cells: Sequence[Any]) -> SourceRow:
    written = [_written(cell) for cell in cells]
    problems = find_cell_problems(names, cells) or find_stray_cells(names, written)
    if problems:
        return SourceRow(line, 0, problems=problems)
    row = {name: text for name, text in zip(names, written, strict=False) if name}
    return SourceRow(line, 0, unflatten(kind, row))


def find_cell_problems(names: Sequence[str], cells: Sequence[Any]) -> tuple[FieldProblem, ...]:
    """Return what a cell holds that is no value, each under the name of its column."""
    codes = {FORMULA: "formula_cell", ERROR: "error_cell"}
    return tuple(
        FieldProblem(name, codes[cell.data_type])
        for name, cell in zip(names, cells, strict=False)
        if cell.data_type in codes
    )


def _written(cell: Any) -> str:
    return spell(cell.value)


def spell(value: Any) -> str:
    """Write the value of a cell as the records spell it; a day that has a time keeps it, refused.

    Numbers are written in full, without exponent: `1500`, `1500.5`.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value).strip()
