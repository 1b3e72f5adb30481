"""Everything becomes unreadable: for the moment before somebody comes through the door.

Imports little, because every second counts.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from registry.config import Settings
from registry.privacy.destruction import PATIENCE_SECONDS, destroy_key_store, remove_file

SQLITE = "sqlite:///"


def destroy_keys(settings: Settings) -> list[str]:
    """Destroy the data keys, then all that could still open or tell something; in this order.

    Needs no master key. Returns what could not be done, in sentences; the data keys are gone
    whatever these say.
    """
    destroy_key_store(settings.key_store_file)
    remove_file(settings.master_key_file)
    troubles = _destroy_account_keys(settings)
    shutil.rmtree(settings.index_dir, ignore_errors=True)
    settings.demo_accounts_file.unlink(missing_ok=True)
    return troubles


def _destroy_account_keys(settings: Settings) -> list[str]:
    """Delete the key pairs with which sealed envelopes are opened by who has a passphrase."""
    path = Path(settings.database_url.removeprefix(SQLITE))
    if settings.database_url.startswith(SQLITE) and not path.exists():
        return []
    try:
        with closing(sqlite3.connect(path, PATIENCE_SECONDS, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("DELETE FROM account_key")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error:
        return [
            "The key pairs of accounts could not be deleted from the database: who has it and "
            "somebody's passphrase opens what was sealed to that account. Delete the database"
        ]
    return []
