"""Asking the worker to make the index anew, once, however many readers found it broken."""

from registry.services.topics import INDEX_REBUILD
from registry.storage.database import RegistrySession
from registry.storage.outbox import is_asked_for, put_outbox


def request_rebuild(session: RegistrySession) -> None:
    """Leave an outbox entry unless one waits already."""
    if not is_asked_for(session, INDEX_REBUILD):
        put_outbox(session, INDEX_REBUILD)
