"""Opening an XLSX file that somebody sent: bounded, and with its texts on disk.

openpyxl streams the rows of a sheet, but keeps every text of the workbook in memory; a file of
100,000 needs would be held whole. Here the texts go to a scratch database instead.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from registry.privacy.key_store import NONCE_BYTES

MOST_PARTS = 1_000
LARGEST_PART = 512 * 1024 * 1024
LARGEST_REST = 16 * 1024 * 1024
"""Bytes, unpacked: of a sheet or the table of texts, which are streamed; of any other part."""

UNREADABLE = (
    *(BadZipFile, InvalidFileException, ParseError, OSError, EOFError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, NotImplementedError),
)
"""What openpyxl raises, deep inside, on a file that is no workbook or a broken one."""


class WorkbookRefused(Exception):  # noqa: N818 - named as what happened to the workbook
    """The file cannot be read as a workbook; `code` is one of `FILE_MESSAGES`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class StoredTexts:
    """The shared texts of a workbook, by number, in a scratch database that SQLite deletes.

    They may be guarded ones, so what reaches the disk is encrypted under a key that only this
    process has and forgets.
    """

    def __init__(self) -> None:
        self._lock = AESGCM(AESGCM.generate_key(256))
        # An empty name: a temporary file, in memory while it is small, gone with the connection.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("CREATE TABLE shared (number INTEGER PRIMARY KEY, text BLOB)")

    def fill(self, texts: Iterator[str]) -> None:
        """Store the texts in their order, once; a number is the nonce of its text."""
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT INTO shared VALUES (?, ?)",
            (
                (number, self._lock.encrypt(_nonce(number), text.encode(), None))
                for number, text in enumerate(texts)
            ),
        )
        self._database.execute("COMMIT")

    def __getitem__(self, number: int) -> str:
        row = self._database.execute(
            "SELECT text FROM shared WHERE number = ?", (number,)
        ).fetchone()
        if row is None:
            raise IndexError(number)
        return self._lock.decrypt(_nonce(number), row[0], None).decode()

    def close(self) -> None:
        self._database.close()


class _Reader(ExcelReader):
    """openpyxl's reader, with the texts stored elsewhere and nothing read that is not needed."""

    shared_strings: Any
    package: Any

    def read_strings(self) -> None:
        self.shared_strings = StoredTexts()
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings.fill(_read_texts(source))

    def read_properties(self) -> None:
        """Author and the like: not ours to know."""

    read_custom = read_theme = read_properties


def _nonce(number: int) -> bytes:
    return number.to_bytes(NONCE_BYTES)


@contextmanager
def open_first_sheet(path: Path) -> Iterator[tuple[Any, int]]:
    """Open the first sheet of a workbook, to be read row by row; how many rows it says it has.

    Raises:
        WorkbookRefused: it is no workbook, or unpacks to too much.
    """
    _check_size(path)
    reader = None
    try:
        reader = _Reader(str(path), read_only=True, keep_links=False)
        reader.read()
        sheet = reader.wb.worksheets[0]
        # What the file says of its own size may be wrong: it serves the progress bar only.
        stated = sheet.max_row or 0
        sheet.reset_dimensions()
    except UNREADABLE as error:
        _close(reader)
        raise WorkbookRefused("bad_workbook") from error
    try:
        yield sheet, stated
    finally:
        _close(reader)


def _close(reader: _Reader | None) -> None:
    if reader is None:
        return
    reader.archive.close()
    if isinstance(reader.shared_strings, StoredTexts):
        reader.shared_strings.close()


def _check_size(path: Path) -> None:
    """Refuse a file that unpacks to too much; zipfile reads no more than a part's stated size."""
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError) as error:
        raise WorkbookRefused("bad_workbook") from error
    streamed = ("xl/worksheets/", "xl/sharedStrings")
    too_large = any(
        part.file_size > (LARGEST_PART if part.filename.startswith(streamed) else LARGEST_REST)
        for part in parts
    )
    if too_large or len(parts) > MOST_PARTS:
        raise WorkbookRefused("workbook_too_large")


def _read_texts(source: Any) -> Iterator[str]:
    """Yield the shared texts, forgetting each part of the document once it was read."""
    events = iterparse(source, events=("start", "end"))
    root = None
    for event, node in events:
        if root is None:
            root = node
        elif event == "end" and node.tag == f"{{{SHEET_MAIN_NS}}}si":
            # As openpyxl does: an escaped underscore stands for itself.
            text: Any = Text.from_tree(node)
            yield text.content.replace("x005F_", "")
            root.clear()
