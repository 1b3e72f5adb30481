"""The data map: every field says its class and who reads it; nothing guarded finds a way out."""

from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, UniqueConstraint

from registry.schemas import data_map
from registry.schemas.audience import FIELDS
from registry.schemas.data_map import (
    KEYED,
    UNDECLARED,
    data_map_page,
    is_undeclared,
    map_fields,
    stale_lines,
)
from registry.storage.base import Row
from registry.storage.columns import GUARDED, OPEN
from registry.storage.tables import metadata

PAGE = Path(__file__).parents[3] / "docs" / "data-map.md"
FOUND_WITHOUT_BEING_SECRET = {("account", "fs_uniquifier")}
"""Random, and told to nobody: a session names its account by it."""
MODELS = sorted(
    (each.class_ for each in Row._sa_registry.mappers), key=lambda model: model.__name__
)


@pytest.mark.check
def test_the_map_is_in_step_with_the_code():
    assert PAGE.read_text("utf-8") == data_map_page(), (
        "run: python -m registry.schemas.data_map > docs/data-map.md"
    )


@pytest.mark.check
def test_every_field_declares_its_class_how_it_is_kept_and_who_reads_it():
    undeclared = [
        f"{field.table}.{field.name}"
        for field in map_fields()
        if is_undeclared(field) or field.kept == UNDECLARED
    ]

    assert undeclared == [], "declare them in registry/schemas/data_readers.py"


@pytest.mark.check
def test_nothing_is_declared_of_a_field_that_is_not_there():
    assert stale_lines() == set()


def test_a_field_that_declares_nothing_is_found(monkeypatch):
    apart = MetaData()
    Table(
        "diary",
        apart,
        Column("id", Integer, primary_key=True, info=OPEN),
        Column("page", String, info=GUARDED),
        Column("weather", String),
    )
    monkeypatch.setattr(data_map, "metadata", apart)

    found = {field.name: field for field in map_fields()}

    assert all(map(is_undeclared, found.values()))
    assert (found["page"].kept, found["weather"].kind) == (UNDECLARED, UNDECLARED)


def test_a_guarded_or_sealed_field_is_in_no_index_of_the_database_unless_hashed_with_a_key():
    kept = {(field.table, field.name): field for field in map_fields()}
    plain = {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in _found_by(table)
        if kept[table.name, column.name].kind != "open"
        and kept[table.name, column.name].kept != KEYED
    }

    assert plain == FOUND_WITHOUT_BEING_SECRET


def test_no_sealed_field_stands_in_a_list_of_anybody():
    sealed = {field.name for field in map_fields() if field.kind == "sealed"}
    envelopes = {"contact", "legal_name", "payout"}
    listed = {name for lists in FIELDS.values() for names in lists.values() for name in names}

    assert listed.isdisjoint(sealed | envelopes)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_row_prints_its_key_and_nothing_else(model):
    keys = {column.name for column in model.__table__.primary_key}
    said = {
        column.name: f"planted-{column.name}"
        for column in model.__table__.columns
        if column.name not in keys
    }
    row = model(**said)

    for printed in (repr(row), str(row), repr([row]), f"{row}"):
        assert "planted" not in printed
        assert printed.strip("[]") == f"<{model.__name__} new>"


def _found_by(table):
    """The columns of a table that stand in an index, a key or a promise to be unique."""
    yield from (column for column in table.columns if column.index or column.unique)
    yield from table.primary_key
    for index in table.indexes:
        yield from index.columns
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield from constraint.columns
