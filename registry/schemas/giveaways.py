"""What gives people away in the texts of a record that others read: found, never refused.

Pages show it to whoever typed it, to be taken out or kept knowingly; the API and imports keep the
text and answer with a warning.
"""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema

from registry.domain.errors import FieldProblem
from registry.domain.giveaways import Giveaway, find_giveaways
from registry.schemas.records import schema_of
from registry.schemas.texts import Line


def giveaways_in(schema: Schema, record: Mapping[str, Any]) -> dict[str, list[Giveaway]]:
    """Return what gives people away, by field; fields in which there is nothing are left out."""
    found = {
        name: find_giveaways(record[name])
        for name, field in schema.fields.items()
        if isinstance(field, Line) and field.is_told and isinstance(record.get(name), str)
    }
    return {name: pieces for name, pieces in found.items() if pieces}


def problems_with(found: Mapping[str, list[Giveaway]]) -> list[FieldProblem]:
    """Return a problem for each kind and field; it says what was found, never the text."""
    return [
        FieldProblem(name, f"giveaway_{kind}")
        for name, pieces in found.items()
        for kind in dict.fromkeys(piece.kind for piece in pieces)
    ]


def warn_of(kind: str, record: Mapping[str, Any]) -> list[FieldProblem]:
    """Return what a record of a kind (`need`, `offer` ...) had better not tell."""
    return problems_with(giveaways_in(schema_of(kind), record))
