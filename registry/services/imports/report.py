"""What an import came to: counts, and every problem with its line and field."""

from dataclasses import dataclass, field
from typing import Any

from registry.domain.errors import FieldProblem
from registry.services.imports.problems import sentence_of


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one field of one row; never the value that stands there."""

    line: int
    problem: FieldProblem

    def document(self) -> dict[str, Any]:
        """Return the problem for machines."""
        return {
            "line": self.line,
            "field": self.problem.field,
            "code": self.problem.code,
            "message": sentence_of(self.problem),
        }


@dataclass(slots=True)
class ImportReport:
    """Counts of rows. `created` and `changed` are 0 where one bad row kept all of them out."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    rows: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)
    """What gives people away in texts that are new to the registry; they are taken all the same."""

    def document(self) -> dict[str, Any]:
        """Return the report for machines."""
        return {
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "rows": self.rows,
            "errors": [problem.document() for problem in self.problems],
            "warnings": [warning.document() for warning in self.warnings],
        }
