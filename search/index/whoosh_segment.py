"""A segment of a Whoosh index as sets of documents: bit n stands for document n.

Filters, facets and ranges are then single operations on integers, without a step per document.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from whoosh.reading import TermNotFound

from search.index.protocol import TextField
from search.index.whoosh_schema import AMOUNT, ID, KIND, UNKNOWN_AMOUNT


class SegmentContents:
    """What never changes in a segment, read when first needed and kept for later searches."""

    def __init__(self, reader: Any) -> None:
        self.size: int = reader.doc_count_all()
        self._reader = reader
        self._bits: dict[tuple[str, str], int] = {}
        self._values: dict[str, tuple[str, ...]] = {}
        self._lengths: dict[TextField, list[int]] = {}

    def read_through(self, reader: Any) -> None:
        """Read what is still to be read through this reader of the same segment."""
        self._reader = reader

    @cached_property
    def ids(self) -> list[str]:
        column = self._reader.column_reader(ID)
        return [column[number] for number in range(self.size)]

    @cached_property
    def amounts(self) -> list[int | None]:
        """EUR cents per document."""
        column = self._reader.column_reader(AMOUNT)
        stored = (column[number] for number in range(self.size))
        return [None if amount == UNKNOWN_AMOUNT else amount for amount in stored]

    def lengths(self, name: TextField) -> list[int]:
        """Terms in the field, per document."""
        if name not in self._lengths:
            length_of = self._reader.doc_field_length
            self._lengths[name] = [
                length_of(number, name.value) or 0 for number in range(self.size)
            ]
        return self._lengths[name]

    def values(self, name: str) -> tuple[str, ...]:
        """The values that documents hold in a field."""
        if name not in self._values:
            self._values[name] = tuple(
                value.decode("utf-8", "surrogatepass") for value in self._reader.lexicon(name)
            )
        return self._values[name]

    def bits(self, name: str, value: str) -> int:
        """The documents that hold a value in a field."""
        if (name, value) not in self._bits:
            try:
                holding = self._reader.postings(
                    name, value.encode("utf-8", "surrogatepass")
                ).all_ids()
            except TermNotFound:
                # Not kept: what is asked for may be anything.
                return 0
            self._bits[name, value] = bits_of(holding, self.size)
        return self._bits[name, value]

    def amount_bits(self, lowest: int | None, highest: int | None) -> int:
        """The documents with a known amount within the range, its ends included."""
        known = self._by_amount
        start = 0 if lowest is None else bisect_left(known, (lowest, -1))
        end = len(known) if highest is None else bisect_right(known, (highest, self.size))
        return bits_of((number for _, number in known[start:end]), self.size)

    @cached_property
    def _by_amount(self) -> list[tuple[int, int]]:
        return sorted(
            (amount, number) for number, amount in enumerate(self.amounts) if amount is not None
        )


class Segment:
    """A segment at one generation: its contents, and which of its documents are not deleted."""

    def __init__(self, reader: Any, contents: SegmentContents) -> None:
        self.contents = contents
        self.reader = reader
        deleted = bits_of(reader.segment().deleted_docs(), contents.size)
        self.live = ((1 << contents.size) - 1) & ~deleted
        # The reader's own postings leave deleted documents out one by one; `live` does it at once.
        self._terms = reader.codec().terms_reader(reader.storage(), reader.segment())

    def close(self) -> None:
        """Close what this opened beside the reader."""
        self._terms.close()

    def frequency(self, name: TextField, term: str) -> int:
        """How many documents hold a term in a text field, deleted ones too."""
        try:
            return int(self._terms.doc_frequency(name.value, term.encode()))
        except KeyError:
            return 0

    def postings(self, name: TextField, term: str) -> Any:
        """The documents that hold a term, deleted ones too, with its frequency as their weight."""
        format_ = self.reader.schema[name.value].format
        return self._terms.matcher(name.value, term.encode(), format_)

    def of_kind(self, kind: str) -> int:
        """The documents of a kind that are not deleted."""
        return self.live & self.contents.bits(KIND, kind)

    def holding(self, name: str, values: Iterable[str]) -> int:
        """The documents that hold one of the values, deleted ones too."""
        found = 0
        for value in values:
            found |= self.contents.bits(name, value)
        return found


def bits_of(numbers: Iterable[int], size: int) -> int:
    """The set of these document numbers as an integer."""
    flags = bytearray(size // 8 + 1)
    for number in numbers:
        flags[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(flags, "little")


def flags_of(bits: int, size: int) -> str:
    """The set as text: "1" at the place of each document in it, "0" elsewhere."""
    return f"{bits:0{size}b}"[::-1] if size else ""
