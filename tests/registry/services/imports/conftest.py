"""Files to import, and what an import left in the database."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from registry.app.parts import Parts
from registry.identity.actor import HOUSE
from registry.services.imports.import_file import import_file
from registry.services.imports.report import ImportReport
from registry.services.references import find_by_external_id
from registry.storage.tables import metadata
from tests.registry.services.imports.records import Record, donor, organisation


@pytest.fixture
def write_file(tmp_path: Path) -> Callable[..., Path]:
    """Write records, lines or bytes to a file of a name."""

    def write(content: list[Record] | list[str] | bytes, name: str = "rows.jsonl") -> Path:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            lines = [row if isinstance(row, str) else json.dumps(row) for row in content]
            path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return path

    return write


@pytest.fixture
def run(parts: Parts, write_file: Callable[..., Path]) -> Callable[..., ImportReport]:
    """Import records, lines, bytes or a file: `run("needs", [need()], partial=True)`."""

    def import_rows(plural: str, content: Any, **options: Any) -> ImportReport:
        path = content if isinstance(content, Path) else write_file(content)
        return import_file(parts.database, HOUSE, plural, path, **options)

    return import_rows


@pytest.fixture
def parties(run: Callable[..., ImportReport]) -> None:
    """Have an organisation `org-1` and a donor `donor-1` that needs and offers can belong to."""
    assert run("organisations", [organisation()]).created == 1
    assert run("donors", [donor()]).created == 1


@pytest.fixture
def find(rows: Callable[[], Any]) -> Callable[..., Any]:
    """Find the row of a kind by its external id; None where there is none."""

    def find_row(model: Any, external_id: str) -> Any:
        with rows() as session:
            return find_by_external_id(session, model, external_id)

    return find_row


@pytest.fixture
def contents(parts: Parts, rows: Callable[[], Any]) -> Callable[[], Any]:
    """Read everything that stands in the database and the key store, to compare it."""

    def read() -> Any:
        with rows() as session:
            tables = {
                table.name: session.execute(table.select()).all()
                for table in metadata.sorted_tables
            }
        return tables, parts.vault.keys.owners()

    return read
