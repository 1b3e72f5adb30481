"""Reading the rows of a file, whatever its kind; the ending of its name says which it is."""

from collections.abc import Callable, Mapping
from pathlib import Path

from registry.services.imports.csv_rows import read_csv
from registry.services.imports.json_lines import read_json_lines
from registry.services.imports.source_row import SourceRows
from registry.services.imports.xlsx_rows import read_xlsx

READERS: Mapping[str, Callable[[str, Path], SourceRows]] = {
    ".jsonl": lambda _kind, path: read_json_lines(path),
    ".csv": read_csv,
    ".xlsx": read_xlsx,
}
"""Ending -> its reader, of a kind of record (`need` ...) and a file."""


def read_file(kind: str, path: Path) -> SourceRows:
    """Return the rows of a file, one at a time, as records for the schema of their kind.

    Raises:
        KeyError: the ending is none of `READERS`.
    """
    return READERS[path.suffix.lower()](kind, path)
