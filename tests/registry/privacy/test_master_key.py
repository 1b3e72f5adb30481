"""The master key: refused where one seizure would take it with the data."""

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from registry.config import MARKER
from registry.domain.errors import UnsafeSettingsError
from registry.privacy.master_key import make_development_key, read_master_key


def test_a_marked_folder_may_keep_its_key_beside_the_data(settings):
    assert len(read_master_key(settings)) == 32


def test_an_unmarked_folder_may_not(settings):
    (settings.data_dir / MARKER).unlink()

    with pytest.raises(UnsafeSettingsError, match="own file system"):
        read_master_key(settings)


@pytest.mark.parametrize(
    ("content", "remedy"), [("zz" * 32, "hex"), ("ab" * 31, "64 hex digits"), ("", "64 hex digits")]
)
def test_a_malformed_key_is_refused(settings, content, remedy):
    settings.master_key_file.write_text(content)

    with pytest.raises(UnsafeSettingsError, match=remedy):
        read_master_key(settings)


def test_a_key_that_others_can_read_is_refused(settings):
    settings.master_key_file.chmod(0o644)

    with pytest.raises(UnsafeSettingsError, match="chmod 600"):
        read_master_key(settings)


def test_a_missing_key_says_how_to_make_one(settings):
    with pytest.raises(UnsafeSettingsError, match="registry init"):
        read_master_key(replace(settings, master_key_file=settings.data_dir / "none"))


def test_a_key_for_trying_out_is_made_once(settings, tmp_path):
    fresh = replace(settings, master_key_file=tmp_path / "keys" / "master")
    (settings.data_dir / MARKER).unlink()

    assert make_development_key(fresh)
    first = read_master_key(fresh)
    assert not make_development_key(fresh)

    assert read_master_key(fresh) == first
    assert settings.development
    assert stat.S_IMODE(fresh.master_key_file.stat().st_mode) == 0o600


def test_a_key_may_come_through_a_descriptor_that_stands_on_no_disk(settings):
    (settings.data_dir / MARKER).unlink()
    reading, writing = os.pipe()
    os.write(writing, b"ab" * 32)
    os.close(writing)

    key = read_master_key(replace(settings, master_key_file=Path(f"/dev/fd/{reading}")))

    os.close(reading)
    assert key == bytes.fromhex("ab" * 32)


def test_a_key_on_another_file_system_needs_no_marker(settings, monkeypatch):
    (settings.data_dir / MARKER).unlink()
    true_stat = Path.stat

    def elsewhere(path, **options):
        found = true_stat(path, **options)
        if path != settings.master_key_file:
            return found
        return os.stat_result([*found[:2], found.st_dev + 1, *found[3:10]])

    monkeypatch.setattr(Path, "stat", elsewhere)

    assert len(read_master_key(settings)) == 32
