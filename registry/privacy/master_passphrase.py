"""A master key that is made of a passphrase each time the registry starts (Argon2id).

Salt and cost stand in the key store, as a note: they are no secret, and whoever copies the wrapped
keys needs them too.
"""

import json
import secrets
import sqlite3
import unicodedata
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from nacl.pwhash import argon2id

from registry.domain.errors import UnsafeSettingsError
from registry.privacy.key_store import KEY_BYTES, READ_NOTE, SCHEMA, WRITE_NOTE

NOTE = "passphrase"
SHORTEST = 24
"""Characters: seven words are longer, and a password that people remember is mostly shorter."""
OPERATIONS = 4
MEMORY = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stretching:
    """How a passphrase becomes a key: salt in hex, passes, bytes of memory."""

    salt: str
    operations: int
    memory: int

    def to_note(self) -> bytes:
        """Write it as the key store keeps it."""
        return json.dumps(asdict(self)).encode()

    def make_key(self, passphrase: str) -> bytes:
        """Make the master key; takes about a second, on purpose."""
        plain = unicodedata.normalize("NFKC", " ".join(passphrase.split())).encode()
        return argon2id.kdf(
            KEY_BYTES,
            plain,
            bytes.fromhex(self.salt),
            opslimit=self.operations,
            memlimit=self.memory,
        )


def new_stretching(passphrase: str) -> Stretching:
    """Make a salt for a new passphrase.

    Raises:
        UnsafeSettingsError: the passphrase is so short that it could be guessed.
    """
    if len(passphrase.strip()) < SHORTEST:
        raise UnsafeSettingsError(
            f"A passphrase of fewer than {SHORTEST} characters can be guessed from a stolen disk: "
            "take seven words or more that were chosen by chance"
        )
    return Stretching(secrets.token_hex(argon2id.SALTBYTES), OPERATIONS, MEMORY)


def read_stretching(key_store: Path) -> Stretching | None:
    """Return how the key store's passphrase becomes its key; None where it has none."""
    if not key_store.exists():
        return None
    with closing(sqlite3.connect(key_store)) as connection:
        connection.executescript(SCHEMA)
        found = connection.execute(READ_NOTE, (NOTE,)).fetchone()
    return Stretching(**json.loads(found[0])) if found else None


def begin_with(key_store: Path, stretching: Stretching) -> None:
    """Note in a key store that has no keys yet how its passphrase becomes its key."""
    key_store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key_store.touch(mode=0o600)
    with closing(sqlite3.connect(key_store)) as connection:
        connection.executescript(SCHEMA)
        connection.execute(WRITE_NOTE, (NOTE, stretching.to_note()))
        connection.commit()
