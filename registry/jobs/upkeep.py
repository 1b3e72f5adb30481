"""What the worker does by itself for what nobody asked for."""

import logging

from registry.domain.retention import AUDIT_TRAIL
from registry.jobs.pulse import Pulse, StopWork
from registry.privacy.rotation import read_rotation
from registry.services.deletion.finish_deletions import finish_deletions
from registry.services.deletion.retire_due import retire_due
from registry.services.keys.rotate_keys import retire_keys, rotate_keys
from registry.services.trail.prune_trail import prune_trail
from registry.storage.audit import anchor_audit
from registry.storage.database import Database

log = logging.getLogger("registry.worker")


def keep_up(database: Database) -> None:
    """Remove what is left of deleted parties, and empty the database's log.

    Whoever read for long when something was deleted kept the log from being emptied then.
    """
    finish_deletions(database)
    database.empty_log()


def keep_for_the_day(database: Database, pulse: Pulse) -> None:
    """Let go what has been kept long enough: records, the old end of the trail, old keys.

    A rotation of keys that was cut off and that nobody went on with is brought to its end.
    """
    gone = 1
    while gone:
        with database.writing() as session:
            gone = retire_due(session)
            before = AUDIT_TRAIL.last_day(session.today)
            rotation = read_rotation(session.vault.keys)
        pulse()
    if prune_trail(database, before) is None:
        log.error("the audit trail is broken, and none of it was pruned: registry audit verify")
    if rotation is not None and not rotation.done:
        rotate_keys(database, lambda _: pulse())
    retire_keys(database)


def anchor_trail(database: Database) -> None:
    """Note in the key store how far the audit trail has come, so that its end cannot be cut.

    Raises:
        StopWork: every key was destroyed; what is still in memory goes with this process.
    """
    with database.reading() as session:
        if session.vault.keys.are_destroyed():
            raise StopWork
        if not anchor_audit(session):
            log.error("the audit trail does not go on from where it was: registry audit verify")
