"""The long-lived parts that application, worker and command line share."""

from dataclasses import dataclass

from registry.config import Settings
from registry.domain.clock import Clock, utc_day
from registry.privacy.key_store import KeyStore
from registry.privacy.master_key import read_master_key
from registry.privacy.vault import Vault
from registry.storage.database import Database
from search.index.protocol import SearchIndex
from search.index.whoosh_engine import whoosh_index


@dataclass(frozen=True, slots=True)
class Parts:
    """What the service is made of."""

    settings: Settings
    vault: Vault
    database: Database
    index: SearchIndex


def open_parts(settings: Settings, clock: Clock = utc_day) -> Parts:
    """Open vault, database and index.

    Raises:
        UnsafeSettingsError: the master key is missing or must not be where it is.
    """
    vault = Vault(KeyStore(settings.key_store_file, read_master_key(settings)))
    index = whoosh_index(settings.index_dir, vault.keys.purpose_key("index"))
    return Parts(settings, vault, Database(settings, vault, index, clock), index)
