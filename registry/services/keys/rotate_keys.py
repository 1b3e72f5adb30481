"""New versions of every data key, and every guarded row encrypted anew under them."""

import time
from collections.abc import Callable

from registry.domain.retention import OLD_KEYS
from registry.identity.actor import SYSTEM
from registry.privacy.key_store import REMEMBER_SECONDS
from registry.privacy.rotation import (
    begin_rotation,
    end_rotation,
    read_rotation,
    retire_old_versions,
)
from registry.storage.audit import write_audit
from registry.storage.database import Database
from registry.storage.guarded_rows import guarded_tables, is_old, read_part, renew_part

Tell = Callable[[int], None]


def rotate_keys(
    database: Database, tell: Tell = lambda _: None, wait: Callable[[float], None] = time.sleep
) -> int:
    """Rotate every data key while the service runs; one that was cut off goes on.

    `tell` hears how many rows were looked at, part by part. Returns how many were encrypted anew.
    Old versions stay until `retire_keys` destroys them.
    """
    with database.reading() as session:
        keys = session.vault.keys
        begin_rotation(keys, session.today)
    wait(REMEMBER_SECONDS)  # until every process writes with the new versions
    renewed = renew_rows(database, tell)
    rotation = read_rotation(keys)
    assert rotation is not None
    with database.writing() as session:
        write_audit(session, SYSTEM, "keys_rotated", SYSTEM)
        session.leave_no_trace()
    end_rotation(keys, rotation)
    return renewed


def retire_keys(database: Database) -> bool:
    """Destroy old versions that no backup that is kept needs; say whether that was done now.

    What was written with an old version since, as a long import may, is encrypted anew before.
    """
    with database.reading() as session:
        keys, today = session.vault.keys, session.today
    rotation = read_rotation(keys)
    if rotation is None or rotation.retired or today < rotation.day + OLD_KEYS.kept:
        return False
    renew_rows(database)
    retire_old_versions(keys, rotation)
    return True


def renew_rows(database: Database, tell: Tell = lambda _: None) -> int:
    """Encrypt every row that is under an old version anew, in small transactions."""
    return sum(_renew_table(database, model, fields, tell) for model, fields in guarded_tables())


def _renew_table(database: Database, model: type, fields: tuple[str, ...], tell: Tell) -> int:
    renewed, last = 0, ""
    while True:
        with database.reading() as session:
            part = read_part(session, model, last)
            vault = session.vault
            old = [row.id for row in part if any(is_old(vault, row, each) for each in fields)]
            last = part[-1].id if part else ""
        if not part:
            return renewed
        if old:
            with database.writing() as writing:
                renewed += renew_part(writing, model, fields, old)
        tell(len(part))
