"""The key store: keys in a file of their own, wrapped, gone for good when destroyed."""

import sqlite3
import stat

import pytest

from registry.domain.errors import KeyGoneError, UnsafeSettingsError
from registry.privacy import key_store
from registry.privacy.key_store import KeyStore


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys.db"


@pytest.fixture
def keys(path):
    return KeyStore(path, b"k" * 32)


def test_only_its_owner_may_read_the_file(keys, path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_is_made_once(keys):
    keys.make_key("a")
    first = keys.newest_key("a")
    keys.make_key("a")

    assert keys.newest_key("a") == first
    assert keys.owners() == {"a"}


def test_keys_stand_wrapped_in_the_file(keys, path):
    keys.make_key("a")
    _, key = keys.newest_key("a")

    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()

    assert key not in path.read_bytes()


def test_another_master_key_opens_nothing(keys, path):
    keys.make_key("a")

    with pytest.raises(UnsafeSettingsError, match="does not open the key store"):
        KeyStore(path, b"x" * 32).newest_key("a")


def test_another_process_sees_a_new_key_at_once_and_a_destroyed_one_soon(keys, path, monkeypatch):
    other = KeyStore(path, b"k" * 32)
    keys.make_key("a")
    assert other.newest_key("a") == keys.newest_key("a")

    keys.destroy_key("a")
    with pytest.raises(KeyGoneError):
        keys.newest_key("a")
    monkeypatch.setattr(key_store, "REMEMBER_SECONDS", 0)
    with pytest.raises(KeyGoneError):
        other.newest_key("a")


def test_a_destroyed_key_leaves_no_bytes_behind(keys, path):
    keys.make_key("a")
    with sqlite3.connect(path) as connection:
        (wrapped,) = connection.execute("SELECT wrapped FROM wrapped_key").fetchone()
    connection.close()

    keys.destroy_key("a")

    remains = [file.read_bytes() for file in path.parent.iterdir()]
    assert not any(wrapped in content for content in remains)


def test_purposes_have_keys_of_their_own(keys):
    assert keys.purpose_key("lookup") == keys.purpose_key("lookup")
    assert keys.purpose_key("lookup") != keys.purpose_key("audit")


def test_who_leaves_loses_every_key_and_is_remembered_until_the_rows_are_gone(keys):
    keys.make_key("a")
    keys.make_key("b")
    keys.begin_leaving("a")
    with pytest.raises(KeyGoneError):
        keys.newest_key("a")
    assert keys.owners() == {"b"}
    assert keys.leaving() == {"a"}
    keys.end_leaving("a")
    assert keys.leaving() == set()


def test_another_master_key_wraps_every_key_at_once(keys, path):
    keys.make_key("a")
    keys.add_versions(["a"], "note", b"1")
    before = [keys.key("a", version) for version in (1, 2)]
    keys.rewrap(b"n" * 32, "how", b"salted")
    assert [keys.key("a", version) for version in (1, 2)] == before
    assert KeyStore(path, b"n" * 32).key("a", 2) == before[1]
    assert keys.read_note("how") == b"salted"
    with pytest.raises(UnsafeSettingsError):
        KeyStore(path, b"k" * 32).key("a", 1)
    keys.rewrap(b"k" * 32, "how", None)
    assert KeyStore(path, b"k" * 32).key("a", 1) == before[0]
    assert keys.read_note("how") is None


def test_a_version_that_another_process_made_just_now_is_found(keys, path):
    keys.make_key("a")
    assert keys.newest_key("a")[0] == 1
    KeyStore(path, b"k" * 32).add_versions(["a"], "note", b"")
    assert keys.newest_key("a")[0] == 1  # remembered for a moment
    assert keys.key("a", 2) == keys.newest_key("a")[1]
    with pytest.raises(KeyGoneError):
        keys.key("a", 3)
