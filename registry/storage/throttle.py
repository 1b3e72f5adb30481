"""What was tried: how often, in a stretch of time, by the keyed hash of whose account it was.

The stretch is part of what is hashed, so that rows of the same account cannot be told to belong
together, and a row is deleted once its stretch is over.
"""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary
from sqlmodel import Field, col, delete

from registry.storage.base import Row
from registry.storage.columns import GUARDED, OPEN
from registry.storage.database import RegistrySession


class Tries(Row, table=True):
    """How many tries a stretch of time has seen. `ends` is its end as a Unix time."""

    __tablename__ = "tries"

    mark: bytes = Field(sa_column=Column(LargeBinary(16), primary_key=True, info=GUARDED))
    count: int = Field(sa_column=Column(Integer, nullable=False, info=OPEN))
    ends: int = Field(sa_column=Column(BigInteger, nullable=False, index=True, info=OPEN))


def delete_old_tries(session: RegistrySession, now: int) -> None:
    """Delete what was counted in stretches that ended before a Unix time."""
    session.exec(delete(Tries).where(col(Tries.ends) <= now))
