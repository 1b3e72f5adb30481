"""The key pair of an account: its private half is kept only under what its owner knows.

X25519. The private half lies in the database twice: encrypted under a key that Argon2id derives
from the passphrase, and again under one derived from the recovery code. Neither is kept
anywhere, so nothing that the house holds opens it.
Layout of a wrapped key: rounds (4 bytes), memory in KiB (4), salt (16), nonce and ciphertext.
"""

from dataclasses import dataclass
from threading import Lock
from typing import Literal

import nacl.utils
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.pwhash import argon2id
from nacl.secret import Aead

NUMBER_BYTES = 4
KIB = 1024

_ONE_AT_A_TIME = Lock()
"""Many who sign in at once must not take the memory of all of them at once."""

Under = Literal["passphrase", "recovery code"]
"""What a private key is wrapped under."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What deriving a key takes: rounds over so many KiB of memory."""

    rounds: int
    memory_kib: int


COST = Cost(rounds=3, memory_kib=64 * KIB)
"""What new keys are wrapped with; the cost stands in what was wrapped, so it can be raised."""


@dataclass(frozen=True, slots=True)
class NewPair:
    """A key pair that was just made: the private half for now, and as it is kept."""

    private: bytes
    public: bytes
    by_passphrase: bytes
    by_recovery: bytes

    def __repr__(self) -> str:
        return "<key pair>"


def make_pair(passphrase: str, recovery_code: str) -> NewPair:
    """Make a key pair and wrap its private half under both secrets; slow on purpose."""
    private, public = make_key()
    return NewPair(
        private=private,
        public=public,
        by_passphrase=wrap_key(private, passphrase, "passphrase"),
        by_recovery=wrap_key(private, recovery_code, "recovery code"),
    )


def make_key() -> tuple[bytes, bytes]:
    """Make a key pair: its private and its public half, 32 bytes each."""
    private = PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def wrap_key(private: bytes, secret: str, under: Under) -> bytes:
    """Encrypt a private key under a secret, with a salt of its own; slow on purpose."""
    salt = nacl.utils.random(argon2id.SALTBYTES)
    body = _box(secret, salt, COST).encrypt(private, under.encode())
    numbers = (COST.rounds, COST.memory_kib)
    return b"".join(each.to_bytes(NUMBER_BYTES) for each in numbers) + salt + bytes(body)


def unwrap_key(wrapped: bytes, secret: str, under: Under) -> bytes | None:
    """Return the private key; None where the secret is not the right one. Slow on purpose."""
    rounds, memory = (
        int.from_bytes(wrapped[start : start + NUMBER_BYTES]) for start in (0, NUMBER_BYTES)
    )
    begin = 2 * NUMBER_BYTES
    salt, body = wrapped[begin : begin + argon2id.SALTBYTES], wrapped[begin + argon2id.SALTBYTES :]
    try:
        return _box(secret, salt, Cost(rounds, memory)).decrypt(body, under.encode())
    except CryptoError:
        return None


def unwrap_nothing(secret: str) -> None:
    """Take as long as `unwrap_key`, so that nobody sees by the time whether an account is there."""
    _box(secret, bytes(argon2id.SALTBYTES), COST)


def _box(secret: str, salt: bytes, cost: Cost) -> Aead:
    with _ONE_AT_A_TIME:
        derived = argon2id.kdf(
            Aead.KEY_SIZE,
            secret.encode(),
            salt,
            opslimit=cost.rounds,
            memlimit=cost.memory_kib * KIB,
        )
    return Aead(derived)
