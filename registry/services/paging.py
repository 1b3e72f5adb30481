"""Lists in pages: a cursor names the last row that was seen, so that pages do not shift."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, or_
from sqlmodel.sql.expression import SelectOfScalar

from registry.domain.errors import FieldProblem, KeyGoneError, RecordRefusedError
from registry.privacy.tokens import close_token, open_token
from registry.storage.database import RegistrySession

DEFAULT_LIMIT = 25
LARGEST_LIMIT = 100

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of views, and the cursor of the next one (None on the last)."""

    items: list[dict[str, Any]]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Order:
    """An order of a list: by an expression that is never null, ties by id."""

    name: str
    value: SQLColumnExpression[Any]
    descending: bool = False
    read: Callable[[Any], Any] = lambda value: value
    """Makes a value that came through JSON comparable again."""


def by_day(name: str, value: SQLColumnExpression[date], *, descending: bool = False) -> Order:
    """Make an order by days."""
    return Order(name, value, descending, date.fromisoformat)


def list_page(
    session: RegistrySession,
    statement: SelectOfScalar[Row],
    order: Order,
    id_column: SQLColumnExpression[str],
    *,
    cursor: str | None,
    limit: int,
    view: Callable[[Row], dict[str, Any]] | None = None,
    view_all: Callable[[Sequence[Row]], Callable[[Row], dict[str, Any]]] | None = None,
) -> ListPage:
    """Return a page of views of the rows that a statement selects.

    `view_all` makes the view of a row from all rows of the page, for what is read once for them.
    Rows whose key was destroyed, and that a worker has still to delete, are left out.

    Raises:
        RecordRefusedError: the cursor is not one of this list.
    """
    check_limit(limit)
    if cursor is not None:
        seen = _read_cursor(session, order, cursor)
        statement = statement.where(_after(order, id_column, *seen))
    rows = _fetch(session, statement, order, id_column, limit + 1)
    shown, rest = rows[:limit], rows[limit:]
    if view is None:
        assert view_all is not None
        view = view_all([row[0] for row in shown])
    items = [item for row in shown if (item := _readable(view, row[0])) is not None]
    # What is sorted by and the id stand last: a statement may select further rows beside its own.
    following = _cursor(session, order, *shown[-1][-2:]) if rest else None
    return ListPage(items, following)


def check_limit(limit: int) -> None:
    """Let a page size pass that the interface allows.

    Raises:
        RecordRefusedError: it is not from 1 to 100.
    """
    if not 1 <= limit <= LARGEST_LIMIT:
        problem = FieldProblem("limit", "out_of_range", min=1, max=LARGEST_LIMIT)
        raise RecordRefusedError([problem])


def _fetch(
    session: RegistrySession,
    statement: SelectOfScalar[Row],
    order: Order,
    id_column: SQLColumnExpression[str],
    count: int,
) -> Sequence[Any]:
    directions = [
        column.desc() if order.descending else column.asc() for column in (order.value, id_column)
    ]
    wide: Any = statement.add_columns(order.value, id_column)
    rows: Sequence[Any] = session.execute(wide.order_by(*directions).limit(count)).all()
    return rows


def _after(
    order: Order, id_column: SQLColumnExpression[str], value: Any, row_id: str
) -> ColumnElement[bool]:
    if order.descending:
        further, next_id = order.value < value, id_column < row_id
    else:
        further, next_id = order.value > value, id_column > row_id
    return or_(further, and_(order.value == value, next_id))


def _readable(view: Callable[[Row], dict[str, Any]], row: Row) -> dict[str, Any] | None:
    try:
        return view(row)
    except KeyGoneError:
        return None


def _cursor(session: RegistrySession, order: Order, value: Any, row_id: str) -> str:
    # Sealed: the value sorted by may be one that this reader is not shown.
    plain = value.isoformat() if isinstance(value, date) else value
    return close_token(session.vault.keys, _purpose(order), json.dumps([plain, row_id]))


def _read_cursor(session: RegistrySession, order: Order, cursor: str) -> tuple[Any, str]:
    opened = open_token(session.vault.keys, _purpose(order), cursor)
    if opened is None:
        raise RecordRefusedError([FieldProblem("cursor", "bad_cursor")])
    value, row_id = json.loads(opened)
    return order.read(value), row_id


def _purpose(order: Order) -> str:
    return f"cursor|{order.name}"
