"""What a killed process left of a deleted party goes too."""

from registry.identity.actor import SYSTEM
from registry.services.deletion.remove_party import Party, remove_rows
from registry.storage.audit import write_audit
from registry.storage.database import Database
from registry.storage.donors import Donor
from registry.storage.organisations import Organisation

_PARTIES: tuple[tuple[Party, str], ...] = (
    (Organisation, "organisation_deleted"),
    (Donor, "donor_deleted"),
)


def finish_deletions(database: Database) -> int:
    """Remove the rows of parties whose keys were destroyed; return how many had any left."""
    with database.reading() as session:
        keys, leaving = session.vault.keys, sorted(session.vault.keys.leaving())
    left = 0
    for party_id in leaving:
        left += _finish(database, party_id)
        keys.end_leaving(party_id)
    return left


def _finish(database: Database, party_id: str) -> int:
    """Take the write lock first: whoever deletes just now is then done, or was cut off."""
    with database.writing() as session:
        for kind, act in _PARTIES:
            if session.get(kind, party_id) is not None:
                session.expunge_all()
                remove_rows(session, kind, party_id)
                write_audit(session, SYSTEM, act, party_id)
                return 1
    return 0
