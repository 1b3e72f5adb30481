"""The master key: 32 bytes that wrap every other key, kept apart from the data.

A key file on the data's own file system protects nothing when the disk is taken,
so it is refused unless the data folder is marked as one for trying out.
"""

import os
import secrets
from pathlib import Path

from registry.config import MARKER, Settings
from registry.domain.errors import UnsafeSettingsError

KEY_BYTES = 32


def read_master_key(settings: Settings) -> bytes:
    """Read the master key from its file or descriptor (`/dev/fd/N`).

    Raises:
        UnsafeSettingsError: it is missing, readable by others, malformed, or lies on the
            data's own file system while the data folder is not marked `development`.
    """
    path = settings.master_key_file
    if not path.exists():
        raise UnsafeSettingsError(
            "There is no master key at REGISTRY_MASTER_KEY_FILE: name one, "
            "or make a key for trying out with: registry init"
        )
    if path.is_file():
        _check_file(path, settings)
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (ValueError, UnicodeDecodeError) as error:
        raise UnsafeSettingsError("The master key file holds no hex digits") from error
    if len(key) != KEY_BYTES:
        raise UnsafeSettingsError("The master key must be 64 hex digits (32 bytes)")
    return key


def make_development_key(settings: Settings) -> bool:
    """Make a key for trying out where none is, mark the data folder; say whether it was made."""
    path = settings.master_key_file
    if path.exists():
        return False
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")
    (settings.data_dir / MARKER).touch(mode=0o600)
    return True


def _check_file(path: Path, settings: Settings) -> None:
    if path.stat().st_mode & 0o077:
        raise UnsafeSettingsError("The master key file can be read by others: chmod 600 it")
    if settings.development:
        return
    if path.stat().st_dev == settings.data_dir.stat().st_dev:
        raise UnsafeSettingsError(
            "The master key lies on the data's own file system, where one seizure takes both: "
            "hand it over through a descriptor, or keep it on another file system"
        )
