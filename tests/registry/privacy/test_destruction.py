"""The end of every key: quick, without the master key, and whatever state the file is in."""

import sqlite3

import pytest

from registry.domain.errors import KeyGoneError, UnsafeSettingsError
from registry.privacy import key_store
from registry.privacy.destruction import destroy_key_store, remove_file
from registry.privacy.key_store import KeyStore


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys.db"


@pytest.fixture
def keys(path):
    keys = KeyStore(path, b"k" * 32)
    keys.make_keys(f"{number:032x}" for number in range(50))
    keys.purpose_key("lookup")
    return keys


def test_no_key_is_left_and_none_is_made_any_more(keys, path, monkeypatch):
    wrapped = sqlite3.connect(path).execute("SELECT wrapped FROM wrapped_key").fetchall()
    monkeypatch.setattr(key_store, "REMEMBER_SECONDS", 0)
    destroy_key_store(path)
    assert keys.owners() == set()
    assert keys.are_destroyed()
    for use in (lambda: keys.newest_key("0" * 32), lambda: keys.purpose_key("lookup")):
        with pytest.raises(KeyGoneError):
            use()
    left = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert not any(each[0] in left for each in wrapped)
    with pytest.raises(UnsafeSettingsError, match="were destroyed"):
        KeyStore(path, b"k" * 32)


def test_a_file_that_somebody_holds_is_taken_from_under_him(keys, path, monkeypatch):
    monkeypatch.setattr("registry.privacy.destruction.PATIENCE_SECONDS", 0.01)
    held, opened = sqlite3.connect(path, isolation_level=None), path.open("rb")
    held.execute("BEGIN IMMEDIATE")
    destroy_key_store(path)
    held.close()
    with opened:
        assert set(opened.read()) == {0}
    assert not path.exists()


def test_a_damaged_file_goes_too(path):
    path.write_bytes(b"no database at all" * 100)
    destroy_key_store(path)
    assert not path.exists()


def test_where_there_is_nothing_nothing_happens(path):
    destroy_key_store(path)
    remove_file(path)
    assert not path.exists()
