"""Keys of many owners at once, as an import makes, reads and destroys them."""

import sqlite3

import pytest

from registry.domain.errors import KeyGoneError
from registry.privacy import key_store
from registry.privacy.key_store import KeyStore


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys.db"


@pytest.fixture
def keys(path):
    return KeyStore(path, b"k" * 32)


def test_many_keys_are_made_at_once_and_stand_in_the_file(keys, path):
    keys.make_keys(["a", "b"])

    elsewhere = KeyStore(path, b"k" * 32)
    assert keys.owners() == {"a", "b"}
    assert elsewhere.newest_key("a") == keys.newest_key("a")
    assert keys.newest_key("a") != keys.newest_key("b")


def test_all_are_made_or_none(keys):
    keys.make_key("b")
    first = keys.newest_key("b")

    with pytest.raises(sqlite3.IntegrityError):
        keys.make_keys(["a", "b"])
    assert keys.owners() == {"b"}
    assert keys.newest_key("b") == first


def test_many_are_destroyed_at_once_and_others_stay(keys):
    keys.make_keys(["a", "b", "c"])
    keys.destroy_keys(["a", "b"])

    assert keys.owners() == {"c"}
    with pytest.raises(KeyGoneError):
        keys.newest_key("a")


def test_keys_that_were_looked_up_are_at_hand_without_another_look(keys, path, monkeypatch):
    keys.make_keys(["a", "b"])
    elsewhere = KeyStore(path, b"k" * 32)
    elsewhere.look_up(["a", "b", "nobody"])

    monkeypatch.setattr(KeyStore, "_read_keys", None)
    assert elsewhere.newest_key("b") == keys.newest_key("b")


def test_no_more_keys_are_held_than_there_is_room_for(keys, monkeypatch):
    monkeypatch.setattr(key_store, "MOST_REMEMBERED", 3)
    keys.make_keys([str(number) for number in range(10)])

    assert len(keys._known) <= 3
    assert keys.newest_key("0")
