"""Ids made before the insert, so that a ciphertext can be bound to its row."""

import re
import secrets

ID_PATTERN = re.compile(r"[0-9a-f]{32}")


def new_id() -> str:
    """Return 128 random bits as 32 hex digits."""
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Say whether the text could be an id made here."""
    return ID_PATTERN.fullmatch(text) is not None
