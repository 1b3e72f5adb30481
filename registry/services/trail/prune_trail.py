"""Old entries of the trail go, and a sealed checkpoint says how the rest goes on."""

from datetime import date

from registry.identity.actor import SYSTEM
from registry.storage.audit import (
    AuditEntry,
    prune_audit,
    pruned_place,
    verify_audit,
    write_audit,
)
from registry.storage.database import Database


def prune_trail(database: Database, before: date) -> int | None:
    """Remove the entries of the days before one; return how many, None where the chain is broken.

    A broken trail is left as it is: what shows who broke it must not go.
    """
    with database.reading() as session:
        oldest = session.get(AuditEntry, pruned_place(session).number + 1)
        if oldest is not None and oldest.day >= before:
            return 0
        if verify_audit(session) is not None:
            return None
    with database.writing() as session:
        gone = prune_audit(session, before)
        if gone:
            place = pruned_place(session)
            write_audit(session, SYSTEM, "trail_pruned", SYSTEM, str(place.number))
            session.leave_no_trace()
    return gone
