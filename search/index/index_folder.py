"""The folder that an index lives in: one pointer, one lock, one subfolder that counts.

Whoosh's files hold pickles, and whoever may write them may run code as us. So the folder belongs
to its user alone (mode 0700), and nothing is taken from one that others may write into.
"""

import fcntl
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from search.index.protocol import IndexUnavailable

_POINTER = "current"
_LOCK = "lock"
_POINTER_FORM = re.compile(r"(index-[0-9a-f]{16}) (\d{1,18})")
_TRY_AGAIN = 0.02  # seconds


class Pointer(NamedTuple):
    """Which subfolder counts, and which of its generations was the last to be finished."""

    name: str
    generation: int


class IndexFolder:
    """The folder of an index, shared by one writer at a time and any number of readers."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, name: str) -> Path:
        return self._root / name

    def pointer(self) -> Pointer:
        """What counts now.

        Raises:
            IndexUnavailable: there is no index (`missing`), or it cannot be trusted (`broken`).
        """
        try:
            self._refuse_if_shared()
            written = (self._root / _POINTER).read_text(encoding="ascii")
        except FileNotFoundError:
            raise IndexUnavailable(
                "missing", "There is no search index yet; make one: registry index rebuild"
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise broken() from error
        found = _POINTER_FORM.fullmatch(written)
        if not found:
            raise broken()
        return Pointer(found[1], int(found[2]))

    def point_to(self, pointer: Pointer) -> None:
        """Let this count from now on, for every process, at one stroke."""
        beside = self._root / f"{_POINTER}.{secrets.token_hex(4)}"
        beside.write_text(f"{pointer.name} {pointer.generation}", encoding="ascii")
        beside.replace(self._root / _POINTER)

    def make_subfolder(self) -> str:
        """A new, empty subfolder's name; it counts once `point_to` says so."""
        name = f"index-{secrets.token_hex(8)}"
        self.path(name).mkdir(mode=0o700)
        return name

    def remove_subfolder(self, name: str) -> None:
        shutil.rmtree(self.path(name), ignore_errors=True)

    def remove_all_but(self, name: str) -> None:
        """Remove the subfolders that no longer count, and what killed writers left."""
        for each in self._root.iterdir():
            if each.name.startswith("index-") and each.name != name:
                shutil.rmtree(each, ignore_errors=True)
            elif each.name.startswith(f"{_POINTER}."):
                each.unlink(missing_ok=True)

    @contextmanager
    def writing(self, patience: float) -> Iterator[None]:
        """Hold the one lock of all writers, after waiting for at most `patience` seconds.

        The lock goes with the process that holds it, however that ends.

        Raises:
            IndexUnavailable: `busy` after the wait, or `broken` where others may write.
        """
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._refuse_if_shared()
        with (self._root / _LOCK).open("ab") as file:
            _wait_for(file.fileno(), patience)
            yield

    def _refuse_if_shared(self) -> None:
        found = self._root.stat()
        if found.st_uid != os.geteuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise IndexUnavailable(
                "broken",
                "Others may write into the folder of the search index; "
                "make it yours alone (chown, chmod 700), then: registry index rebuild",
            )
        if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            self._root.chmod(0o700)


def broken() -> IndexUnavailable:
    return IndexUnavailable(
        "broken", "The search index cannot be read; make it anew: registry index rebuild"
    )


def _wait_for(descriptor: int, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise IndexUnavailable(
                    "busy", "Another process writes the search index; try again in a minute."
                ) from None
            time.sleep(_TRY_AGAIN)
        else:
            return
