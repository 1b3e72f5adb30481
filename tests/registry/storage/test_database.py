"""Connections are safe, and processes that read and then write lose nothing."""

import multiprocessing
import sys

import pytest
from sqlalchemy import text

from registry.privacy.key_store import KeyStore
from registry.privacy.master_key import read_master_key
from registry.privacy.vault import Vault
from registry.storage.database import Database
from registry.storage.donors import Donor
from search.index.memory import memory_index
from tests.factories import DonorFactory

PROCESSES, TIMES = 3, 150

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "busy_timeout": 10_000,
}


@pytest.mark.parametrize("writes", [True, False])
def test_every_connection_is_set_up_safely(parts, writes):
    with parts.database.open_session(writes=writes) as session:
        found = {name: session.execute(text(f"PRAGMA {name}")).scalar_one() for name in PRAGMAS}

    assert found == PRAGMAS


def read_then_write(settings, donor_id, ready, go):
    """Read a number, add one, write it, many times over."""
    vault = Vault(KeyStore(settings.key_store_file, read_master_key(settings)))
    database = Database(settings, vault, memory_index(b"k" * 32))
    ready.release()
    go.wait()
    for _ in range(TIMES):
        with database.writing() as session:
            donor = session.get_one(Donor, donor_id)
            vault.write(donor, "intermediary", str(int(vault.read(donor, "intermediary")) + 1))
    database.engine.dispose()
    sys.exit(0)


def test_three_processes_that_read_and_then_write_lose_nothing(settings, session, parts):
    donor = DonorFactory.create(intermediary="0")
    version = donor.version
    context = multiprocessing.get_context("spawn")
    ready, go = context.Semaphore(0), context.Event()
    arguments = (settings, donor.id, ready, go)
    processes = [context.Process(target=read_then_write, args=arguments) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    for _ in processes:
        assert ready.acquire(timeout=60)
    go.set()
    for process in processes:
        process.join(timeout=120)

    assert [process.exitcode for process in processes] == [0] * PROCESSES
    with parts.database.reading() as reading:
        kept = reading.get_one(Donor, donor.id)
        assert parts.vault.read(kept, "intermediary") == str(PROCESSES * TIMES)
        assert kept.version == version + PROCESSES * TIMES


def test_a_reading_session_cannot_keep_a_writer_waiting(parts, session):
    donor = DonorFactory.create()
    with parts.database.reading() as reading:
        reading.get_one(Donor, donor.id)
        with parts.database.writing() as writing:
            writing.get_one(Donor, donor.id).shows_name = True

        assert reading.get_one(Donor, donor.id).shows_name is False
    with parts.database.reading() as reading:
        assert reading.get_one(Donor, donor.id).shows_name is True


def test_an_error_takes_everything_back(parts, session):
    donor = DonorFactory.create()

    def fail_halfway():
        with parts.database.writing() as writing:
            writing.get_one(Donor, donor.id).shows_name = True
            writing.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()

    with parts.database.reading() as reading:
        assert reading.get_one(Donor, donor.id).shows_name is False
