"""The one copy of the key store: over the last one, which must not outlive it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from registry.config import Settings
from registry.privacy.destruction import write_over
from registry.services.backups.layout import BackupRefusedError


def copy_keys(settings: Settings, target: Path) -> None:
    """Write the wrapped keys to a file, and the last copy over with zeros.

    There is one copy at most, so that a key that was destroyed is soon in none. Without the
    master key it opens nothing. Restoring it is copying it back while the service is stopped.

    Raises:
        BackupRefusedError: the file is the key store itself.
    """
    source = settings.key_store_file
    if target.exists() and target.samefile(source):
        raise BackupRefusedError("This is the key store itself: name a file on another mount")
    fresh = target.with_name(f"{target.name}.new")
    fresh.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(source, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(fresh),))
    _sync(fresh)
    if target.exists():
        write_over(target)
    fresh.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
