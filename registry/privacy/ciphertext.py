"""A guarded value at rest: opaque bytes that never print what they hold."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """What `vault.write` leaves in a row; only `vault.read` opens it."""

    body: bytes

    def __repr__(self) -> str:
        return "<guarded>"

    __str__ = __repr__
