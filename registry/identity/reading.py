"""A question that is sent by POST, so that it stands in no address, and changes nothing."""

from flask import g

from registry.identity.current import close_request
from registry.storage.database import Database, RegistrySession


def begin_reading() -> RegistrySession:
    """Open the request's session as one that is never committed, whatever the method.

    It takes no write lock, so a question makes nobody wait, and nothing that is said in it gets
    into the database. Rows that were read before must not be used any more.
    """
    close_request()
    database: Database = g.database
    session = database.open_session(writes=False)
    g.session = session
    return session
