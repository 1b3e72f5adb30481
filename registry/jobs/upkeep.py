"""What the worker does every few minutes for what nobody asked for."""

from registry.services.deletion.finish_deletions import finish_deletions
from registry.storage.database import Database


def keep_up(database: Database) -> None:
    """Remove what is left of deleted parties, and empty the database's log.

    Whoever read for long when something was deleted kept the log from being emptied then.
    """
    finish_deletions(database)
    database.empty_log()
