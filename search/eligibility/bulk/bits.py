"""Rows of bits: bit `i` of a row stands for the need in place `i`, 64 to a word."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Row: TypeAlias = NDArray[np.uint64]
Flags: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.intp]

WORD = 64
FEW = 256
"""So few bits are switched on one by one."""


def words_for(places: int) -> int:
    """Return how many words hold so many places."""
    return -(-places // WORD)


def empty_row(words: int) -> Row:
    return np.zeros(words, dtype=np.uint64)


def pack(flags: Flags, words: int) -> Row:
    """Pack one flag per place into a row of so many words; places beyond the flags are off."""
    row = np.zeros(words * 8, dtype=np.uint8)
    packed = np.packbits(flags, bitorder="little")
    row[: len(packed)] = packed
    return row.view(np.uint64)


def unpack(row: Row) -> Flags:
    """Return one flag per place of the row's words."""
    return np.unpackbits(row.view(np.uint8), bitorder="little").view(np.bool_)


def places_in(row: Row) -> Places:
    """Return the places whose bit is on, ascending."""
    return np.flatnonzero(unpack(row))


def row_of(places: Sequence[int] | Places, words: int) -> Row:
    """Return a row in which just these places (each named once) are on."""
    named = np.asarray(places, dtype=np.intp)
    if len(named) <= FEW:
        row = empty_row(words)
        flip(row, named)
        return row
    flags = np.zeros(words * WORD, dtype=np.bool_)
    flags[named] = True
    return pack(flags, words)


def count(row: Row) -> int:
    """Count the bits that are on."""
    return int(np.bitwise_count(row).sum(dtype=np.int64))


def is_on(row: Row, place: int) -> bool:
    return bool(int(row[place // WORD]) >> place % WORD & 1)


def switch(row: Row, place: int, on: bool) -> None:
    """Switch one bit of a row on or off, in place."""
    bit = np.uint64(1 << place % WORD)
    word = place // WORD
    row[word] = row[word] | bit if on else row[word] & ~bit


def flip(row: Row, places: Places) -> None:
    """Flip the bits of these places (each named once), in place."""
    octets = row.view(np.uint8)
    bits = np.left_shift(np.uint8(1), (places & 7).astype(np.uint8))
    np.bitwise_xor.at(octets, places >> 3, bits)
