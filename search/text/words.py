"""Where the words of a text stand."""

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_TEXT = 100_000
"""Characters of a text that are read; a need or an offer has some thousands."""

# A letter or digit, then letters, digits, marks and invisible characters, and an apostrophe where
# a letter follows it. Digits in groups of three ("10 000", "1.500") are one number.
_INNER = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
_WORD = re.compile(
    r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?![\w])"
    rf"|[^\W_](?:[^\W_{_INNER}]|[{_INNER}]|['’ʼ‘`´](?=[^\W_]))*"
)
_GROUPING = re.compile(r"[ .,\u00a0\u202f]")
_HYPHENS = frozenset("-‐‑–")


class Word(NamedTuple):
    """A word as it stands in a text: `text[start:end]`, and whether a hyphen binds it to the last.

    `written` is the same without the spaces or points inside a grouped number.
    """

    written: str
    start: int
    end: int
    hyphenated: bool


def words_of(text: str) -> Iterator[Word]:
    """The words of the first LONGEST_TEXT characters, in order; time grows with the length only."""
    previous_end = -1
    for found in _WORD.finditer(text, 0, LONGEST_TEXT):
        start, end = found.span()
        written = found.group()
        if written[0].isdigit():
            written = _GROUPING.sub("", written)
        hyphenated = start == previous_end + 1 and text[previous_end] in _HYPHENS
        yield Word(written, start, end, hyphenated)
        previous_end = end
