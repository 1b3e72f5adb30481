"""Columns of amounts: whole hundredths with their currency or unit, as `[150000, "EUR"]`."""

from typing import Any

from sqlalchemy import JSON, Column
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

from registry.storage.columns import OPEN
from search.codes import UNITS, Measure
from search.money import Amount, Money, Quantity


class AmountColumn(TypeDecorator[Amount]):
    """One amount: money or a quantity."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Amount | None, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else _packed(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Amount | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else _unpacked(value)


class AmountMapColumn(TypeDecorator[dict[str, Amount]]):
    """Amounts by category item."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: dict[str, Amount] | None, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else {code: _packed(amount) for code, amount in value.items()}

    def process_result_value(self, value: Any, dialect: Dialect) -> dict[str, Amount] | None:  # noqa: ARG002 - SQLAlchemy's signature
        return (
            None if value is None else {code: _unpacked(amount) for code, amount in value.items()}
        )


def amount_field(*, nullable: bool = True) -> Any:
    """Declare a column that holds one amount."""
    return Field(default=None, sa_column=Column(AmountColumn(), nullable=nullable, info=OPEN))


def amount_map_field() -> Any:
    """Declare a column that holds amounts by category item."""
    return Field(default=None, sa_column=Column(AmountMapColumn(), info=OPEN))


def _packed(amount: Amount) -> list[int | str]:
    return [amount.hundredths, amount.denomination]


def _unpacked(packed: list[Any]) -> Amount:
    hundredths, denomination = packed
    if denomination in UNITS:
        return Quantity(hundredths, Measure(denomination))
    return Money(hundredths, denomination)
