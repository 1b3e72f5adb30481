"""Tokens: short texts that travel through other people's hands and come back.

They are sealed, so that they neither tell what they hold nor can be made up.
"""

import base64
import binascii
import secrets

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
