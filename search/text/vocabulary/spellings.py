"""The single words of the vocabulary, to tell slips from words."""

from functools import lru_cache
from typing import NamedTuple

from search.text.folding import fold
from search.text.languages import language_of_word
from search.text.likeness import count_slips, letters_of
from search.text.stems import terms_of_word
from search.text.vocabulary.entries import read_entries
from search.text.words import words_of

_SHORTEST = 4
"""Letters: in shorter words a slip makes another word."""


class _Spellings(NamedTuple):
    """Words in their order with the bits of their letters, by length, and the stems of all."""

    by_length: dict[int, tuple[tuple[str, int], ...]]
    stems: frozenset[str]


def is_of_the_field(word: str, language: str) -> bool:
    """Whether a folded word is one of the vocabulary's, in any form."""
    stems = terms_of_word(word, language_of_word(word, language))
    return not _spellings(language).stems.isdisjoint(stems)


def likest_word(word: str, language: str, most: int) -> str | None:
    """The vocabulary's word with the fewest slips from a folded one, at most so many.

    Of several as near the first by the alphabet; of forms the one that was written down.
    """
    bits = letters_of(word)
    near = [
        (slips, each)
        for length in range(len(word) - most, len(word) + most + 1)
        for each, its_bits in _spellings(language).by_length.get(length, ())
        if (bits ^ its_bits).bit_count() <= 2 * most
        and (slips := count_slips(word, each, most)) is not None
    ]
    return min(near)[1] if near else None


@lru_cache(maxsize=8)
def _spellings(language: str) -> _Spellings:
    words = sorted(
        {
            fold(word.written)
            for phrases in read_entries(language).values()
            for phrase in phrases
            for word in words_of(phrase)
        }
    )
    by_length: dict[int, tuple[tuple[str, int], ...]] = {}
    for word in words:
        if len(word) >= _SHORTEST:
            by_length[len(word)] = (*by_length.get(len(word), ()), (word, letters_of(word)))
    stems = (terms_of_word(word, language_of_word(word, language)) for word in words)
    return _Spellings(by_length, frozenset(stem for found in stems for stem in found))
