"""Browser sessions at rest: a hash of the cookie, a body only the cookie opens, an expiry."""

from sqlalchemy import BigInteger, Column, LargeBinary
from sqlmodel import Field, col, delete

from registry.storage.base import Row
from registry.storage.columns import GUARDED, OPEN
from registry.storage.database import RegistrySession


class BrowserSession(Row, table=True):
    """One session. `expires` is a Unix time rounded up to five minutes, and the only time kept."""

    __tablename__ = "browser_session"

    id: bytes = Field(sa_column=Column(LargeBinary(32), primary_key=True, info=OPEN))
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False, info=GUARDED))
    expires: int = Field(sa_column=Column(BigInteger, nullable=False, index=True, info=OPEN))


def delete_expired_sessions(session: RegistrySession, now: int) -> None:
    """Delete sessions whose expiry (Unix seconds) has passed."""
    session.exec(delete(BrowserSession).where(col(BrowserSession.expires) <= now))
