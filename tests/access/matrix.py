"""The table of expected answers, as it is read from `matrix.txt`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from registry.domain.roles import Role

TABLE = Path(__file__).with_name("matrix.txt")
ASKERS: tuple[Role | None, ...] = (
    None,
    Role.ORGANISATION,
    Role.DONOR,
    Role.OFFICER,
    Role.PARTNER,
    Role.AUDITOR,
    Role.ADMIN,
)
"""The columns; None is a visitor."""
REFUSED = ("in", "401", "403")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one asker gets from one route, by whose record it is."""

    written: str

    def expected(self, whose: str) -> str:
        """Return the status for an `own`, `foreign`, `deleted` or `nonexistent` record."""
        reached, _, otherwise = self.written.rpartition("=")[2].partition(":")
        return reached if "=" not in self.written or self.reaches(whose) else otherwise or "404"

    def reaches(self, whose: str) -> bool:
        """Say whether such a record is one that the asker may know of."""
        kind = self.written.partition("=")[0]
        return whose in {"own": ("own",), "all": ("own", "foreign")}.get(kind, ())

    @property
    def lets_in(self) -> bool:
        return self.written not in REFUSED


@dataclass(frozen=True, slots=True)
class Line:
    endpoint: str
    method: str
    needs: str
    cells: dict[Role | None, Cell]


def read_matrix() -> dict[tuple[str, str], Line]:
    """Return the table by endpoint and method.

    Raises:
        ValueError: a line has too few or too many cells, or stands there twice.
    """
    lines = {(line.endpoint, line.method): line for line in _lines()}
    if len(lines) != sum(1 for _ in _lines()):
        raise ValueError("a route stands twice in the table")
    return lines


def _lines() -> Iterator[Line]:
    written = [row.split() for row in TABLE.read_text("utf-8").splitlines()]
    for row in (row for row in written if row and row[0] not in ("#", "endpoint")):
        endpoint, method, needs, *cells = row
        named = dict(zip(ASKERS, map(Cell, cells), strict=True))
        yield Line(endpoint, method, needs, named)
