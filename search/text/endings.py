"""Cutting endings off words."""

from collections.abc import Container

_LONGEST = 7
_SHORTEST_STEM = 2


def cut_ending(word: str, endings: Container[str]) -> tuple[str, str]:
    """Stem and the longest ending that leaves two letters of it; the ending is "" if none does."""
    for length in range(min(_LONGEST, len(word) - _SHORTEST_STEM), 0, -1):
        if word[-length:] in endings:
            return word[:-length], word[-length:]
    return word, ""
