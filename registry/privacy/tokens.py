"""Tokens: short texts that travel through other people's hands and come back.

They are sealed, so that they neither tell what they hold nor can be made up. Others hold nothing
but open what is kept here: without them the row is as good as empty.
"""

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from registry.privacy.key_store import NONCE_BYTES, KeyStore


def close_token(keys: KeyStore, purpose: str, text: str) -> str:
    """Return a token of URL-safe characters that only `open_token` of the same purpose opens."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    body = AESGCM(keys.purpose_key("tokens")).encrypt(nonce, text.encode(), purpose.encode())
    return base64.urlsafe_b64encode(nonce + body).decode().rstrip("=")


def open_token(keys: KeyStore, purpose: str, token: str) -> str | None:
    """Return what a token holds; None where it is not one of ours, or of another purpose."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        nonce, body = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
        key = AESGCM(keys.purpose_key("tokens"))
        return key.decrypt(nonce, body, purpose.encode()).decode()
    except (binascii.Error, ValueError, InvalidTag):
        return None


def close_with(token: str, purpose: str, content: Mapping[str, Any]) -> bytes:
    """Encrypt plain values so that only who has the token, which is kept nowhere, reads them."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _key_of(token, purpose).encrypt(nonce, json.dumps(dict(content)).encode(), None)


def open_with(token: str, purpose: str, body: bytes) -> dict[str, Any] | None:
    """Return what was closed with this token for this purpose; None where it was another."""
    try:
        plain = _key_of(token, purpose).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], None)
    except InvalidTag:
        return None
    content: dict[str, Any] = json.loads(plain)
    return content


def _key_of(token: str, purpose: str) -> AESGCM:
    return AESGCM(hashlib.sha256(f"{purpose}|{token}".encode()).digest())
