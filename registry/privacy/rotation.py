"""Rotation of data keys: where it stands, noted in the key store itself.

A rotation makes a new version of every owner's key at once; what is guarded is then encrypted
anew, part by part, while old versions go on opening what still needs them. They are kept for a
while after that, because last month's backups need them too.
"""

import json
from dataclasses import dataclass
from datetime import date

from registry.privacy.key_store import KeyStore

NOTE = "rotation"
PURPOSE = "system:"
GUARDING = frozenset({"system:accounts"})
"""Keys of the service itself under which rows are guarded; the others only make hashes, seal
cookies and tokens, or key the index, and stay as they are."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """The last rotation: its day, whether all rows are new, whether the old versions are gone."""

    day: date
    done: bool
    retired: bool = False

    def to_note(self) -> bytes:
        """Write it as the key store keeps it."""
        words = {"day": self.day.isoformat(), "done": self.done, "retired": self.retired}
        return json.dumps(words).encode()


def read_rotation(keys: KeyStore) -> Rotation | None:
    """Return the last rotation; None where there never was one."""
    noted = keys.read_note(NOTE)
    if noted is None:
        return None
    words = json.loads(noted)
    return Rotation(date.fromisoformat(words["day"]), words["done"], words["retired"])


def begin_rotation(keys: KeyStore, today: date) -> bool:
    """Make new versions of every key, unless a rotation was cut off; say whether they were made.

    One that was cut off goes on with the versions that it made.
    """
    last = read_rotation(keys)
    if last is not None and not last.done:
        return False
    owners = [
        owner for owner in keys.owners() if not owner.startswith(PURPOSE) or owner in GUARDING
    ]
    keys.add_versions(sorted(owners), NOTE, Rotation(today, done=False).to_note())
    return True


def end_rotation(keys: KeyStore, rotation: Rotation) -> None:
    """Note that every row is encrypted anew."""
    keys.write_note(NOTE, Rotation(rotation.day, done=True).to_note())


def retire_old_versions(keys: KeyStore, rotation: Rotation) -> None:
    """Destroy the old versions: nothing opens what only they opened any more."""
    keys.drop_old_versions(NOTE, Rotation(rotation.day, done=True, retired=True).to_note())
