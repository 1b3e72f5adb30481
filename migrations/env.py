"""Alembic's entry: migrates the database that the command hands over."""

from typing import Any

from alembic import context
from sqlalchemy import JSON, LargeBinary
from sqlalchemy.types import TypeDecorator

from registry.storage.tables import metadata


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Write our own column types as the plain types they are stored in."""
    if kind != "type" or not isinstance(item, TypeDecorator):
        return False
    stored = type(item.impl_instance)
    return {JSON: "sa.JSON()", LargeBinary: "sa.LargeBinary()"}[stored]


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
