"""What every table shares: a `repr` that prints the key and nothing else."""

from typing import Any, ClassVar

from sqlalchemy import inspect
from sqlmodel import SQLModel


class Row(SQLModel):
    """A row of a table. Its `repr` names table and key only."""

    __tablename__: ClassVar[Any]

    def __repr__(self) -> str:
        state = inspect(self, raiseerr=False)
        key = state.identity if state is not None and state.identity else ("new",)
        return f"<{type(self).__name__} {key[0]}>"

    __str__ = __repr__

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        return []
