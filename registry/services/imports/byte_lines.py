"""Lines of a file, one at a time and none longer than what a record can need."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

LONGEST_LINE = 2 * 1024 * 1024
"""Bytes; ten times what the longest record fills."""

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class ByteLine:
    """One line with its end; `body` is None where it was too long to be read."""

    number: int
    body: bytes | None
    read: int


def read_lines(file: BinaryIO) -> Iterator[ByteLine]:
    """Yield the lines of a file, counted from 1, without the byte order mark some begin with."""
    number = read = 0
    while piece := file.readline(LONGEST_LINE + 1):
        number += 1
        read += len(piece)
        too_long = len(piece) > LONGEST_LINE
        if too_long:
            read += _skip_line(file, piece)
        elif number == 1:
            piece = piece.removeprefix(_MARK)
        yield ByteLine(number, None if too_long else piece, read)


def _skip_line(file: BinaryIO, piece: bytes) -> int:
    skipped = 0
    while piece and not piece.endswith(b"\n"):
        piece = file.readline(LONGEST_LINE)
        skipped += len(piece)
    return skipped
