"""The vault: the one place where guarded fields are written and read.

AES-256-GCM under the data key of the row's owner, bound by its additional data to
table, row, field, owner and key version, and padded, so that length says little.
Layout of a body: key version (4 bytes), nonce (12), ciphertext with its tag.
"""

import hashlib
import hmac
import json
import secrets
import unicodedata
from typing import Any, ClassVar, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from registry.domain.errors import KeyGoneError
from registry.privacy.ciphertext import Ciphertext
from registry.privacy.key_store import NONCE_BYTES, KeyStore

SMALLEST_BUCKET = 64
VERSION_BYTES = 4
LENGTH_BYTES = 4


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class GuardedRow(Protocol):
    """What the vault must know of a row: its table, its id and whose key guards it."""

    __tablename__: ClassVar[Any]
    id: str

    @property
    def key_owner(self) -> str: ...


class Vault:
    """Writes and reads guarded fields; makes the keyed hashes that equality is looked up by."""

    def __init__(self, keys: KeyStore) -> None:
        self.keys = keys
        self._lookup_key = keys.purpose_key("lookup")

    def write(self, row: GuardedRow, field: str, text: str | None) -> None:
        """Encrypt a text into a row's field; None empties the field.

        Raises:
            KeyGoneError: the row's owner has no key.
        """
        if text is None:
            setattr(row, field, None)
            return
        version, key = self.keys.newest_key(row.key_owner)
        nonce = secrets.token_bytes(NONCE_BYTES)
        body = AESGCM(key).encrypt(nonce, _padded(text.encode()), _bound(row, field, version))
        setattr(row, field, Ciphertext(version.to_bytes(VERSION_BYTES) + nonce + body))

    def read(self, row: GuardedRow, field: str) -> str | None:
        """Decrypt a row's field; None where it is empty.

        Raises:
            KeyGoneError: the key was destroyed, or the bytes belong to another row or field.
        """
        stored: Ciphertext | None = getattr(row, field)
        if stored is None:
            return None
        version = int.from_bytes(stored.body[:VERSION_BYTES])
        nonce = stored.body[VERSION_BYTES : VERSION_BYTES + NONCE_BYTES]
        body = stored.body[VERSION_BYTES + NONCE_BYTES :]
        key = self.keys.key(row.key_owner, version)
        try:
            return _unpadded(AESGCM(key).decrypt(nonce, body, _bound(row, field, version)))
        except InvalidTag as error:
            raise KeyGoneError from error

    def write_document(self, row: GuardedRow, field: str, document: dict[str, Any]) -> None:
        """Encrypt the coded guarded facts of a row as one JSON document."""
        self.write(row, field, write_text(document))

    def read_document(self, row: GuardedRow, field: str) -> dict[str, Any]:
        """Decrypt a document written by `write_document`; empty where there is none."""
        text = self.read(row, field)
        document: dict[str, Any] = json.loads(text) if text else {}
        return document

    def lookup(self, purpose: str, value: str) -> bytes:
        """Return the keyed hash by which an equal value is found, per purpose (16 bytes)."""
        message = f"{purpose}|{unicodedata.normalize('NFC', value)}".encode()
        return hmac.digest(self._lookup_key, message, hashlib.sha256)[:16]

    def __repr__(self) -> str:
        return "<Vault>"


def write_text(document: object) -> str:
    """Write a document, or a part of one, as `Vault.write_document` encrypts it."""
    return _ENCODER.encode(document)


def _bound(row: GuardedRow, field: str, version: int) -> bytes:
    return f"{row.__tablename__}|{row.id}|{field}|{row.key_owner}|{version}".encode()


def _padded(plain: bytes) -> bytes:
    needed = LENGTH_BYTES + len(plain)
    bucket = SMALLEST_BUCKET
    while bucket < needed:
        bucket *= 2
    return len(plain).to_bytes(LENGTH_BYTES) + plain.ljust(bucket - LENGTH_BYTES, b"\0")


def _unpadded(padded: bytes) -> str:
    length = int.from_bytes(padded[:LENGTH_BYTES])
    return padded[LENGTH_BYTES : LENGTH_BYTES + length].decode()
