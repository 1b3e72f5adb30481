"""`registry init`: data folder, a key for trying out where there is none, tables, index."""

from dataclasses import dataclass

import click

from registry.cli.master_key import ask_passphrase, hold, with_master_key
from registry.cli.root import Refused, json_option, main, read_settings, tell
from registry.config import Settings


@dataclass(frozen=True, slots=True)
class Prepared:
    """What had to be done before the registry could start."""

    folder_made: bool
    key_made: bool
    migrated: bool
    index_made: bool

    def sentences(self, settings: Settings) -> list[str]:
        """Say what was done, in the order in which it was."""
        said = []
        if self.folder_made:
            said.append(f"Made the data folder {settings.data_dir}.")
        if self.key_made:
            said.append(
                f"Made a master key for trying out: {settings.master_key_file}. The data folder "
                "is marked for development: it is served on this machine only. For real data "
                "keep the key apart from the data (docs/settings.md)."
            )
        if self.migrated:
            said.append("Brought the database to its newest shape.")
        if self.index_made:
            said.append("Made the search index.")
        return said or ["Everything was there already; nothing was changed."]


@main.command("init")
@click.option("--passphrase", is_flag=True, help="Make the master key of one that you type.")
@json_option
def init(passphrase: bool, as_json: bool) -> None:
    """Make the data folder, a key for trying out where none is given, and the tables.

    Safe to repeat: what is there stays as it is.
    """
    settings = begin_with_passphrase(read_settings()) if passphrase else read_settings()
    settings = with_master_key(settings)
    done = prepare(settings)
    document = {
        "data_dir": str(settings.data_dir),
        "folder_made": done.folder_made,
        "key_made": done.key_made,
        "migrated": done.migrated,
        "index_made": done.index_made,
        "development": settings.development,
    }
    tell(as_json, document, "\n".join(done.sentences(settings)))


def begin_with_passphrase(settings: Settings) -> Settings:
    """Begin a key store whose master key is made of a passphrase, asked for twice.

    Raises:
        Refused: there are keys already that another master key wraps.
        UnsafeSettingsError: the passphrase is too short.
    """
    from registry.privacy.master_passphrase import begin_with, new_stretching, read_stretching

    if read_stretching(settings.key_store_file) is not None:
        return settings
    if settings.key_store_file.exists():
        raise Refused(
            f"{settings.key_store_file} holds keys that another master key wraps; "
            "wrap them with a passphrase: registry keys rewrap --passphrase"
        )
    passphrase = ask_passphrase(new=True)
    stretching = new_stretching(passphrase)
    begin_with(settings.key_store_file, stretching)
    return hold(settings, stretching.make_key(passphrase))


def prepare(settings: Settings) -> Prepared:
    """Make what is missing: folder (0700), master key (0600), tables, index.

    Raises:
        Refused: there is data whose master key is gone; a new key could not open it.
        UnsafeSettingsError: the master key must not be where it is.
    """
    folder_made = not settings.data_dir.exists()
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings.data_dir.chmod(0o700)
    return Prepared(
        folder_made,
        key_made=_prepare_key(settings),
        migrated=_prepare_tables(settings),
        index_made=_prepare_index(settings),
    )


def _prepare_key(settings: Settings) -> bool:
    from registry.privacy.key_store import KeyStore
    from registry.privacy.master_key import make_development_key, read_master_key

    if settings.key_store_file.exists() and not settings.master_key_file.exists():
        raise Refused(
            f"{settings.key_store_file} holds keys, but there is no master key at "
            f"{settings.master_key_file}. A new one could not open this data: name the old one "
            "with REGISTRY_MASTER_KEY_FILE, or choose an empty data folder"
        )
    made = make_development_key(settings)
    KeyStore(settings.key_store_file, read_master_key(settings)).purpose_key("lookup")
    return made


def _prepare_tables(settings: Settings) -> bool:
    from registry.storage.database import make_engine
    from registry.storage.migrate import is_migrated, migrate

    engine = make_engine(settings.database_url)
    try:
        if is_migrated(engine):
            return False
        migrate(engine)
        return True
    finally:
        engine.dispose()


def _prepare_index(settings: Settings) -> bool:
    """Make the index where there is none that can be used; a living worker sees to it itself."""
    from registry.app.parts import open_parts
    from registry.jobs.lock import worker_lock
    from registry.services.index_records import check_index, rebuild_index

    parts = open_parts(settings)
    try:
        with worker_lock(settings) as mine, parts.database.reading() as session:
            if not mine or check_index(session):
                return False
            rebuild_index(session)
            return True
    finally:
        parts.database.engine.dispose()
