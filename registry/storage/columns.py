"""Columns that say which class of data they hold, and the type that refuses plain text.

The class (`open`, `guarded`, `sealed`) stands in the column's `info`; a test fails
on a column without one. Open columns are kept as they are, guarded ones only as ciphertext
under their owner's key or as a keyed hash; sealed ones only so that the server itself cannot
read them back without a person's passphrase.
"""

from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

from registry.privacy.ciphertext import Ciphertext

OPEN = {"class": "open"}
GUARDED = {"class": "guarded"}
SEALED = {"class": "sealed"}


class Guarded(TypeDecorator[Ciphertext]):
    """A column that takes nothing but what the vault wrote."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> bytes | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        if not isinstance(value, Ciphertext):
            raise TypeError("a guarded column takes only what vault.write made")
        return value.body

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Ciphertext | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else Ciphertext(value)


def id_field() -> Any:
    """Declare the row's own id: 32 hex digits made before the insert."""
    return Field(sa_column=Column(String(32), primary_key=True, info=OPEN))


def reference_field(
    target: str, *, nullable: bool = False, unique: bool = False, outlives: bool = False
) -> Any:
    """Declare a reference to another table's id, as `organisation.id`.

    The row goes with what it refers to; with `outlives` it stays and only loses the reference,
    as a review does when the account that made it is closed.
    """
    column: Column[str] = Column(
        String(32),
        ForeignKey(target, ondelete="SET NULL" if outlives else "CASCADE"),
        nullable=nullable,
        index=True,
        unique=unique,
        info=OPEN,
    )
    return Field(default=None, sa_column=column)


def kept_reference_field(target: str) -> Any:
    """Declare a reference that may be absent, to a row that stays as long as anything names it."""
    column: Column[str] = Column(String(32), ForeignKey(target), index=True, info=OPEN)
    return Field(default=None, sa_column=column)


def open_field(
    type_: Any, *, default: Any = None, index: bool = False, nullable: bool = True
) -> Any:
    """Declare a plain column, for what may be kept as it is."""
    column: Column[Any] = Column(type_, nullable=nullable, index=index, info=OPEN)
    return Field(default=default, sa_column=column)


def open_list() -> Any:
    """Declare a plain list of codes; absent is None."""
    return Field(default=None, sa_column=Column(JSON(none_as_null=True), info=OPEN))


def guarded_field() -> Any:
    """Declare a column that only the vault writes and reads."""
    return Field(default=None, sa_column=Column(Guarded(), info=GUARDED))


def lookup_field(*, unique: bool = False) -> Any:
    """Declare the keyed hash by which a guarded value is found."""
    column: Column[bytes] = Column(LargeBinary(16), index=True, unique=unique, info=GUARDED)
    return Field(default=None, sa_column=column)


def version_column() -> Column[int]:
    """Make the column of optimistic locking; it has to be handed to `version_id_col` itself."""
    return Column("version", Integer, nullable=False, info=OPEN)
