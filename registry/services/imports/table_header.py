"""The first line of a table: which columns it has, and what makes it unusable."""

from collections import Counter
from collections.abc import Sequence

from registry.domain.errors import FieldProblem
from registry.schemas.flat import columns_of
from registry.schemas.records import schema_of

LONGEST_NAME = 60


def known_columns(kind: str) -> frozenset[str]:
    """Return every column name that means something, also of fields that are refused by name."""
    return frozenset((*columns_of(kind), *schema_of(kind).load_fields))


def find_header_problems(kind: str, names: Sequence[str]) -> list[FieldProblem]:
    """Return what is wrong with the names of the columns; nothing below them can be read then.

    A first line that has no known name is taken for a record, and nothing of it is repeated.
    """
    known = known_columns(kind)
    required = [name for name, field in schema_of(kind).load_fields.items() if field.required]
    if not known.intersection(names):
        return [FieldProblem("", "no_header", required=", ".join(required))]
    twice = [name for name, count in Counter(names).items() if name and count > 1]
    return [
        *(FieldProblem(name, "column_missing") for name in required if name not in names),
        *(
            FieldProblem(_shown(name), "unknown_field")
            for name in names
            if name not in known | {""}
        ),
        *(FieldProblem(_shown(name), "named_twice") for name in twice),
    ]


def _shown(name: str) -> str:
    return name if len(name) <= LONGEST_NAME and name.isprintable() else "?"
