"""Text affinity for many pairs at once, equal to `search.matching.affinity` pair by pair.

A word counts once though it has several terms, so texts are no plain vectors of terms. Two sparse
products say it exactly: (words x terms) by (terms x texts) tells which words meet which texts,
and (texts x words) by that, with the letters of the words, how many letters are shared one way.
Both ways are reckoned, and the smaller counts.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from search.matching.affinity import LONGEST_TEXT, TellingWords, affinity_of_letters
from search.matching.bulk.best import best_of_rows
from search.matching.bulk.numbered import Numbered
from search.matching.bulk.rows import Positions, Rows, grown
from search.matching.bulk.steps import STEPS

NO_TEXT = -1
"""Stands for an affinity where a side has no telling text."""

_NEEDS_AT_ONCE = 4096

Letters = NDArray[np.int16]
_Word = tuple[tuple[str, ...], int]


class TextSide:
    """The telling words of the texts of one side, by position."""

    def __init__(self, terms: Numbered[str]) -> None:
        """Share `terms` with the side that this one is compared with."""
        self._terms = terms
        self._words: Numbered[_Word] = Numbered()
        self._letters: Letters = np.zeros(0, np.int16)
        self._terms_of_words = Rows()
        self._words_of_texts = Rows()
        self._terms_of_texts = Rows()
        self._tells: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._meeting: csr_matrix | None = None

    def put(self, position: int, words: TellingWords | None) -> None:
        """Set or replace the text at a position; None removes it."""
        held = [self._hold(each) for each in words.letters.items()] if words else []
        for number in self._words_of_texts.read(position):
            self._release(number)
        self._words_of_texts.put(position, held)
        self._terms_of_texts.put(position, self._number_terms(held))
        self._tells = grown(self._tells, position + 1)
        self._tells[position] = words is not None

    def tells(self, positions: Positions) -> NDArray[np.bool_]:
        """Say for each position whether there is a text that tells something."""
        self._tells = grown(self._tells, int(positions.max(initial=-1)) + 1)
        return self._tells[positions]

    def count_letters(self, positions: Positions, other: "TextSide", others: Positions) -> Letters:
        """Return positions x others: letters of the words here that meet a term there."""
        words, bounds = self._words_of_texts.gather(positions)
        counted = csr_matrix(
            (self._letters[words], words, bounds), shape=(len(positions), len(self._words))
        )
        shared = counted @ self._find_meetings(other, others)
        found: Letters = shared.toarray()
        return found

    def _find_meetings(self, other: "TextSide", others: Positions) -> csr_matrix:
        """Return words x others: 1 where a term of the word stands in the text over there."""
        meeting = self._words_by_terms() @ other._texts_by_terms(others).T  # noqa: SLF001 - its like
        meeting.data[:] = 1
        return meeting

    def _words_by_terms(self) -> csr_matrix:
        if self._meeting is None or self._meeting.shape[1] != len(self._terms):
            terms, bounds = self._terms_of_words.gather(np.arange(len(self._words)))
            self._meeting = _ones(terms, bounds, len(self._terms))
        return self._meeting

    def _texts_by_terms(self, positions: Positions) -> csr_matrix:
        return _ones(*self._terms_of_texts.gather(positions), len(self._terms))

    def _number_terms(self, words: list[int]) -> list[int]:
        return sorted({term for word in words for term in self._terms_of_words.read(word)})

    def _hold(self, word: _Word) -> int:
        number = self._words.hold(word)
        if not self._terms_of_words.read(number):
            self._letters = grown(self._letters, number + 1)
            self._letters[number] = word[1]
            self._terms_of_words.put(number, [self._terms.hold(term) for term in word[0]])
            self._meeting = None
        return number

    def _release(self, number: int) -> None:
        if self._words.release(number) is None:
            return
        for term in self._terms_of_words.read(number):
            self._terms.release(term)
        self._terms_of_words.put(number, [])
        self._meeting = None


def _ones(columns: NDArray[np.int32], bounds: Positions, width: int) -> csr_matrix:
    return csr_matrix(
        (np.ones(len(columns), np.int16), columns, bounds), shape=(len(bounds) - 1, width)
    )


class TextBook:
    """The texts of needs and offers by position, to be compared many at once."""

    def __init__(self) -> None:
        terms: Numbered[str] = Numbered()
        self.needs = TextSide(terms)
        self.offers = TextSide(terms)

    def compare(self, needs: Positions, offers: Positions) -> Letters:
        """Return needs x offers: the affinity in ten-thousandths, NO_TEXT where a side has none."""
        there = self.needs.count_letters(needs, self.offers, offers)
        back = self.offers.count_letters(offers, self.needs, needs).T
        found = _affinities()[np.minimum(there, back)]
        found[~self.needs.tells(needs)] = NO_TEXT
        found[:, ~self.offers.tells(offers)] = NO_TEXT
        return found

    def closest_offers(
        self, needs: Positions, offers: Positions, k: int
    ) -> tuple[Positions, Letters]:
        """Return needs x k: the places in `offers` that are closest by text, and their affinity.

        Best first, equal ones in the order of `offers`. Only offers that share a word are named:
        the rest of a row is -1 and NO_TEXT.
        """
        places = np.empty((len(needs), k), np.int64)
        values = np.empty((len(needs), k), np.int16)
        for begin in range(0, len(needs), _NEEDS_AT_ONCE):
            these = slice(begin, begin + _NEEDS_AT_ONCE)
            compared = self.compare(needs[these], offers)
            places[these], values[these] = best_of_rows(compared, k, least=1)
        return places, values


@lru_cache(maxsize=1)
def _affinities() -> Letters:
    """Return the affinity by shared letters: a text has no more of them than characters."""
    found = [round(affinity_of_letters(each) * STEPS) for each in range(LONGEST_TEXT + 1)]
    return np.array(found, np.int16)
