"""Files encrypted with age: to a public key that stands here, for a private one that does not."""

from typing import Protocol

import pyrage

from registry.domain.errors import RegistryError


class Reader(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Writer(Protocol):
    def write(self, part: bytes, /) -> int: ...


class AgeError(RegistryError):
    """A key is none of age's, or a file is not whole, or not for this key; the message says it."""

    code = "age_refused"


def read_recipient(text: str) -> pyrage.x25519.Recipient:
    """Read a public key, `age1...`.

    Raises:
        AgeError: it is none.
    """
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise AgeError("This is no age public key: it begins with age1") from error


def read_identities(text: str) -> list[pyrage.x25519.Identity]:
    """Read the private keys of a file as `age-keygen` writes it.

    Raises:
        AgeError: there is none in it.
    """
    lines = (line.strip() for line in text.splitlines())
    keys = [line for line in lines if line and not line.startswith("#")]
    try:
        found = [pyrage.x25519.Identity.from_str(key) for key in keys]
    except pyrage.IdentityError as error:
        raise AgeError("There is something else than age private keys in this file") from error
    if not found:
        raise AgeError("There is no age private key in this file")
    return found


def encrypt(reader: Reader, writer: Writer, recipient: pyrage.x25519.Recipient) -> None:
    """Encrypt all that can be read, part by part."""
    pyrage.encrypt_io(reader, writer, [recipient])


def decrypt(reader: Reader, writer: Writer, identities: list[pyrage.x25519.Identity]) -> None:
    """Decrypt a whole file, part by part; each part is checked before it is written.

    Raises:
        AgeError: it was altered or cut off, or is for another key. What was written before that
            must not be used.
    """
    try:
        pyrage.decrypt_io(reader, writer, identities)
    except (pyrage.DecryptError, OSError) as error:
        raise AgeError(
            "This file cannot be decrypted with this key: it is for another one, or it was "
            "altered or cut off on the way"
        ) from error
