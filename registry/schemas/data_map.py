"""`docs/data-map.md`, made from the tables: every field, its class, how it is kept, who reads it.

The class stands on the column itself (`registry.storage.columns`). Who reads the fields of a
record stands in `registry.schemas.audience`, and everything else here. A column that is declared
nowhere fails a test, and so does a page that is not in step:
`python -m registry.schemas.data_map > docs/data-map.md` writes it anew.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table

from registry.domain.audience import Audience
from registry.schemas.audience import FIELDS
from registry.schemas.data_readers import KEPT, OTHER_NAMES, READERS, SAID_OF
from registry.storage.base import Row
from registry.storage.columns import Guarded
from registry.storage.tables import metadata

CLASSES = ("open", "guarded", "sealed")
UNDECLARED = ""
KEYED = "keyed hash"
_KEYED_BYTES = 16
_KEPT_AS = {
    "open": "plain",
    "guarded": "encrypted under the key of its owner, padded",
    "sealed": "sealed; the server cannot read it back",
}

_HEAD = """# Data map

Made from the tables by `python -m registry.schemas.data_map`; change it there: the class of a
column in `registry/storage/`, who reads a record in `registry/schemas/audience.py`, who reads the
rest in `registry/schemas/data_readers.py`.

- **open**: kept as it is. **guarded**: only as ciphertext under the key of the organisation or
  donor whose it is, or as a keyed hash. **sealed**: readable by named accounts alone, with their
  passphrase.
- What is never kept: addresses of networks, user agents, e-mail, precise times.
- The search index holds keyed hashes of the words of titles and summaries, and open codes; the
  log holds none of this at any level."""

_SHOWN_HEAD = """## Who is shown which fields of a record

Lists, the same for pages, API and files: what stands in none is shown to nobody, whatever a
service hands over. Whether somebody may see the record at all is decided before."""


@dataclass(frozen=True, slots=True)
class MappedField:
    """One line of the map: a column, or a field inside a guarded document."""

    table: str
    name: str
    kind: str
    """`open`, `guarded` or `sealed`; UNDECLARED where the column says nothing."""
    kept: str
    readers: str
    """UNDECLARED where nobody said who reads it."""


def map_fields() -> Iterator[MappedField]:
    """Yield every field of every table, in the order of their names and declarations."""
    for name in sorted(metadata.tables):
        table = metadata.tables[name]
        for column in table.columns:
            yield _of_column(table, column)
            if column.name == "coded":
                yield from _of_document(table)


def is_undeclared(field: MappedField) -> bool:
    """Say whether class or readers of a field are declared nowhere."""
    return field.kind not in CLASSES or field.readers == UNDECLARED


def stale_lines() -> set[tuple[str, str]]:
    """Return what is declared of columns that are not there (any more)."""
    there = {(field.table, field.name) for field in map_fields()}
    said = {(table, name) for table, lines in READERS.items() for name in lines}
    return (said | set(KEPT) | set(OTHER_NAMES)) - there


def data_map_page() -> str:
    """Return the whole page as Markdown."""
    fields = list(map_fields())
    sections = [_HEAD]
    sections += [
        _table_section(name, [field for field in fields if field.table == name])
        for name in sorted({field.table for field in fields})
    ]
    sections += [_SHOWN_HEAD, *map(_record_section, FIELDS)]
    return "\n\n".join(sections) + "\n"


def _of_column(table: Table, column: Column[Any]) -> MappedField:
    kind = column.info.get("class", UNDECLARED)
    key = (table.name, column.name)
    return MappedField(*key, kind, KEPT.get(key) or _kept(column, kind), _readers(*key))


def _of_document(table: Table) -> Iterator[MappedField]:
    models = {each.local_table: each.class_ for each in Row._sa_registry.mappers}  # noqa: SLF001 - the only list of models there is
    for name in models[table].CODED_FIELDS:
        yield MappedField(table.name, name, "guarded", "in `coded`", _readers(table.name, name))


def _kept(column: Column[Any], kind: str) -> str:
    if kind != "guarded" or isinstance(column.type, Guarded):
        return _KEPT_AS.get(kind, UNDECLARED)
    return KEYED if getattr(column.type, "length", None) == _KEYED_BYTES else UNDECLARED


def _readers(table: str, column: str) -> str:
    said = READERS.get(table, {}).get(column)
    if said is not None:
        return said
    names = OTHER_NAMES.get((table, column), (column,))
    shown = [
        audience for audience in Audience if _is_shown(FIELDS.get(table, {}).get(audience), names)
    ]
    return ", ".join(SAID_OF[audience] for audience in shown)


def _is_shown(listed: tuple[str, ...] | None, names: Iterable[str]) -> bool:
    return listed is not None and not set(names).isdisjoint(listed)


def _table_section(name: str, fields: list[MappedField]) -> str:
    rows = ((f"`{each.name}`", each.kind, each.kept, each.readers) for each in fields)
    return f"## {name}\n\n{_table(('field', 'class', 'kept', 'read by'), rows)}"


def _record_section(record: str) -> str:
    rows = (
        (SAID_OF[audience], ", ".join(f"`{name}`" for name in names))
        for audience, names in FIELDS[record].items()
    )
    return f"### {record}\n\n{_table(('who', 'fields'), rows)}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    sys.stdout.write(data_map_page())
