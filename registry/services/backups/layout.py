"""What a backup holds once it is decrypted: a line that says what it is, then the database."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from registry.domain.errors import RegistryError
from registry.privacy.age import Reader

FORMAT = "needs-registry-backup-1"
LONGEST_LINE = 64 * 1024
PART = 1024 * 1024


class BackupRefusedError(RegistryError):
    """A backup cannot be made or used; the message says why and what to do instead."""

    code = "backup_refused"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself: day, shape of the database, size and hash, rows per table.

    `seal` is made with a key of the key store, so that nobody else makes a backup up.
    """

    format: str
    day: str
    revision: str
    size: int
    sha256: str
    rows: Mapping[str, int]
    seal: str = ""

    def sealed(self, key: bytes) -> "Contents":
        """Return the same with its seal."""
        words = asdict(self) | {"seal": ""}
        message = json.dumps(words, sort_keys=True).encode()
        return Contents(**words | {"seal": hmac.digest(key, message, hashlib.sha256).hex()})

    def to_line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"


class Joined:
    """Reads the line first, then the database behind it."""

    def __init__(self, line: bytes, file: BinaryIO) -> None:
        self._line, self._file = line, file

    def read(self, size: int = -1, /) -> bytes:
        """Read at most so many bytes, as a file does."""
        if self._line:
            part = self._line if size < 0 else self._line[:size]
            self._line = self._line[len(part) :]
            return part
        return self._file.read(size)


class Splitter:
    """Takes what is decrypted apart: the line into `contents`, the rest into a file and a hash."""

    def __init__(self, file: BinaryIO | None = None) -> None:
        self._file = file
        self._begun = b""
        self._hash = hashlib.sha256()
        self._size = 0
        self._contents: Contents | None = None

    def write(self, part: bytes, /) -> int:
        """Take the next part."""
        length = len(part)
        if self._contents is None:
            part = self._read_line(bytes(part))
        self._hash.update(part)
        self._size += len(part)
        if self._file is not None:
            self._file.write(part)
        return length

    def flush(self) -> None:
        """Have nothing to do: the caller closes the file."""

    def check(self) -> Contents:
        """Return what the backup says of itself, once all of it was taken.

        Raises:
            BackupRefusedError: it is no backup, or the database in it is not the one it says.
        """
        contents = self._contents
        if contents is None:
            raise BackupRefusedError("This file is no backup of a registry")
        if (self._size, self._hash.hexdigest()) != (contents.size, contents.sha256):
            raise BackupRefusedError("The database in this backup is not the one that was put in")
        return contents

    def _read_line(self, part: bytes) -> bytes:
        self._begun += part
        line, end, rest = self._begun.partition(b"\n")
        if end:
            self._contents = read_contents(line)
            return rest
        if len(self._begun) > LONGEST_LINE:
            raise BackupRefusedError("This file is no backup of a registry")
        return b""


def read_contents(line: bytes) -> Contents:
    """Read the first line of a backup.

    Raises:
        BackupRefusedError: it is the line of something else, or of a later version.
    """
    try:
        words: dict[str, Any] = json.loads(line)
        contents = Contents(**words)
    except (ValueError, TypeError) as error:
        raise BackupRefusedError("This file is no backup of a registry") from error
    if contents.format != FORMAT:
        raise BackupRefusedError("This backup was made by another version of the registry")
    return contents


def hash_file(file: Reader) -> tuple[int, str]:
    """Return size and SHA-256 of what can be read."""
    size, digest = 0, hashlib.sha256()
    while part := file.read(PART):
        size += len(part)
        digest.update(part)
    return size, digest.hexdigest()
