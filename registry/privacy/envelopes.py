"""Sealed envelopes: a text that only the accounts it was sealed to can open.

A content key of its own, new with every writing, encrypts the padded text
(XChaCha20-Poly1305, bound to whose envelope it is and of which kind). The content key is sealed
to the public key of each reader; sealing needs no secret, opening the reader's private key.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

import nacl.utils
from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead

BLOCK_BYTES = 1024
"""A text is padded to a multiple of this: nearly all of them look equally long."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An envelope that was just sealed: its body, and its content key per public key."""

    body: bytes
    keys: dict[bytes, bytes]

    def __repr__(self) -> str:
        return "<sealed>"


def seal_text(text: str, bound: str, readers: Iterable[bytes]) -> Sealed:
    """Seal a text to the public keys of its readers; `bound` says whose it is and which kind."""
    content_key = nacl.utils.random(Aead.KEY_SIZE)
    plain = json.dumps({"text": text}, ensure_ascii=False).encode()
    body = Aead(content_key).encrypt(sodium_pad(plain, BLOCK_BYTES), bound.encode())
    return Sealed(bytes(body), {each: seal_key(content_key, each) for each in readers})


def seal_key(content_key: bytes, public: bytes) -> bytes:
    """Seal a content key so that only the owner of a public key opens it."""
    return bytes(SealedBox(PublicKey(public)).encrypt(content_key))


def open_key(sealed_key: bytes, private: bytes) -> bytes | None:
    """Return a content key that was sealed to this private key's public half; None otherwise."""
    try:
        return bytes(SealedBox(PrivateKey(private)).decrypt(sealed_key))
    except CryptoError:
        return None


def open_text(body: bytes, bound: str, content_key: bytes) -> str | None:
    """Return the text of an envelope; None where key or envelope are not those of each other."""
    try:
        padded = Aead(content_key).decrypt(body, bound.encode())
    except CryptoError:
        return None
    text: str = json.loads(sodium_unpad(padded, BLOCK_BYTES))["text"]
    return text
