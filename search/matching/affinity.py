"""How much two texts have in common: 0 to 1 by the words of both that tell something.

Deterministic and without a corpus, so that a stored score can be replayed: a shared word counts
the more the longer it is, and words that stand in every need and every offer count nothing.
Nobody is refused by it; it only ranks. Letters are counted in whole numbers, so that the same
holds for all pairs at once (`search.matching.bulk.texts`) in whatever order they are added.
"""

from dataclasses import dataclass
from functools import lru_cache

from search.text.analysis import terms, words_with_terms

HALF_WAY = 2.5
"""So many shared words of full weight make an affinity of one half."""
FULL_WEIGHT_LETTERS = 7
LONGEST_TEXT = 8_000
"""Characters of a side that are compared."""

_EVERYWHERE = """
support help need needs organisation organization project grant fund funding money work works
people team month months year years costs cost small able use used give given can offer offers
падтрымка дапамога патрэба патрэбна патрэбны арганізацыя праект грант сродкі грошы праца людзі
каманда месяц месяцы месяцаў год года гады кошт выдаткі даем прапанова
поддержка помощь нужда потребность нужен нужна нужно организация проект грант средства деньги
работа люди команда месяц месяца месяцев год года лет расходы стоимость даем предложение
"""


@dataclass(frozen=True, slots=True)
class TellingWords:
    """The words of a text that tell something: terms of a word -> how many letters it counts."""

    letters: dict[tuple[str, ...], int]
    terms: frozenset[str]

    def __repr__(self) -> str:
        return "<TellingWords>"


def read_words(text: str, language: str | None = None) -> TellingWords | None:
    """Analyse a text once, to be compared with many; None where nothing in it tells.

    A word that is written in several forms counts once, by the longest of them.
    """
    letters: dict[tuple[str, ...], int] = {}
    for word, found in words_with_terms(text[:LONGEST_TEXT], language):
        if found and not _common_terms().intersection(found):
            counted = min(len(word.written), FULL_WEIGHT_LETTERS)
            letters[found] = max(counted, letters.get(found, 0))
    held = frozenset(term for each in letters for term in each)
    return TellingWords(letters, held) if letters else None


def affinity(first: TellingWords | None, second: TellingWords | None) -> float | None:
    """Compare two analysed texts; the same both ways. None where one side has none."""
    if first is None or second is None:
        return None
    return affinity_of_letters(min(_shared(first, second), _shared(second, first)))


def affinity_of_letters(shared: int) -> float:
    """Turn letters of shared words into 0 to 1: one half at HALF_WAY words of full weight."""
    return round(shared / (shared + HALF_WAY * FULL_WEIGHT_LETTERS), 4)


def compare(first: str, second: str) -> float | None:
    """Compare two texts; see `affinity`."""
    return affinity(read_words(first), read_words(second))


def _shared(one: TellingWords, other: TellingWords) -> int:
    return sum(count for found, count in one.letters.items() if not other.terms.isdisjoint(found))


@lru_cache(maxsize=1)
def _common_terms() -> frozenset[str]:
    """Analyse the common words one by one, lest neighbours make a phrase; a line is a language."""
    lines = zip(_EVERYWHERE.strip().splitlines(), ("en", "en", "be", "be", "ru", "ru"), strict=True)
    return frozenset(
        term for line, language in lines for word in line.split() for term in terms(word, language)
    )
