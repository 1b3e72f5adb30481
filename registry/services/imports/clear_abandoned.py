"""What a killed import leaves behind is cleared away before the next one begins."""

from collections.abc import Iterable

from sqlmodel import col, select

from registry.config import Settings
from registry.privacy.key_store import KeyStore
from registry.services.imports.side_file import find_abandoned, read_abandoned
from registry.storage.database import Database
from registry.storage.donors import Donor
from registry.storage.organisations import Organisation

CHUNK = 500


def clear_abandoned(database: Database, settings: Settings, keys: KeyStore) -> None:
    """Remove the side files of killed imports, and data keys made for rows that never came in."""
    for folder in find_abandoned(settings):
        ids = read_abandoned(folder)
        for start in range(0, len(ids), CHUNK):
            keys.destroy_keys(_without_rows(database, ids[start : start + CHUNK]))


def _without_rows(database: Database, ids: Iterable[str]) -> set[str]:
    wanted = set(ids)
    with database.reading() as session:
        for table in (Organisation, Donor):
            found = session.execute(select(table.id).where(col(table.id).in_(wanted)))
            wanted -= set(found.scalars())
    return wanted
