"""A master key that is typed or handed over: on no disk, and read as often as it is needed."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from registry.domain.errors import UnsafeSettingsError
from registry.privacy import master_passphrase
from registry.privacy.held_key import hold_key, is_descriptor, is_read_once
from registry.privacy.key_store import KeyStore
from registry.privacy.master_key import read_master_key
from registry.privacy.master_passphrase import begin_with, new_stretching, read_stretching

TYPED = "seven words that nobody would think of"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(master_passphrase, "OPERATIONS", 1)
    monkeypatch.setattr(master_passphrase, "MEMORY", 8192)


def test_the_same_passphrase_makes_the_same_key_however_it_is_typed(tmp_path):
    made = new_stretching(TYPED)
    begin_with(tmp_path / "keys" / "keys.db", made)
    found = read_stretching(tmp_path / "keys" / "keys.db")
    assert found == made
    key = made.make_key(TYPED)
    assert len(key) == 32
    assert found.make_key(f" {TYPED.replace(' ', '  ')}\n") == key
    assert found.make_key(TYPED.upper()) != key
    assert new_stretching(TYPED).make_key(TYPED) != key


def test_a_short_one_is_refused():
    with pytest.raises(UnsafeSettingsError, match="seven words"):
        new_stretching("correct horse")


def test_a_key_store_without_a_passphrase_says_so(tmp_path):
    assert read_stretching(tmp_path / "none.db") is None
    KeyStore(tmp_path / "keys.db", bytes(32))
    assert read_stretching(tmp_path / "keys.db") is None


def test_a_held_key_is_read_again_and_again_by_children_too(settings):
    path = hold_key(b"k" * 32)
    held = replace(settings, master_key_file=path)
    assert read_master_key(held) == read_master_key(held) == b"k" * 32
    child = [sys.executable, "-c", f"print(open({str(path)!r}).read(), end='')"]
    for _ in range(2):
        read = subprocess.run(child, capture_output=True, text=True, close_fds=False, check=True)
        assert read.stdout == "6b" * 32
    assert is_descriptor(path)
    assert not is_read_once(path)
    os.close(int(path.name))


def test_a_pipe_is_known_for_one(settings):
    read_end, write_end = os.pipe()
    os.write(write_end, b"ab" * 32)
    os.close(write_end)
    path = Path(f"/dev/fd/{read_end}")
    assert is_read_once(path)
    assert read_master_key(replace(settings, master_key_file=path)) == b"\xab" * 32
    os.close(read_end)
    assert not is_read_once(path)
