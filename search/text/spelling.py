"""Slips in queries, mended before keying, because an index of keys knows no likeness.

Only a word that no word list and no vocabulary knows is mended, and only towards these: never
towards words of stored texts, which an answer would give away. What was typed is looked for too.
"""

from collections.abc import Sequence
from functools import lru_cache

from search.text.folding import fold, is_cyrillic
from search.text.keyboard import in_cyrillic_layout, in_latin_layout
from search.text.lacinka import cyrillic_spellings
from search.text.languages import CYRILLIC, LATIN
from search.text.lexicon import is_form
from search.text.stop_words import STOP_WORDS
from search.text.vocabulary.spellings import is_of_the_field, likest_word
from search.text.words import Word

_SHORTEST = 4
"""Letters: in shorter words a slip makes another word."""
_LONG = 8
"""From so many letters on two slips are mended."""
_MOST_MENDED = 6
"""Words of a query; who writes more that nobody knows asks in a language that is not ours."""


def mend_words(words: Sequence[Word], languages: Sequence[str]) -> list[dict[int, str]]:
    """The words to look for besides: per reading of the query place -> word, none without slips."""
    mended: dict[int, tuple[str, ...]] = {}
    for place, word in enumerate(words):
        found = mend_word(fold(word.written), tuple(languages))
        if found:
            mended[place] = found
        if len(mended) == _MOST_MENDED:
            break
    most = max(map(len, mended.values()), default=0)
    return [
        {place: found[min(reading, len(found) - 1)] for place, found in mended.items()}
        for reading in range(most)
    ]


@lru_cache(maxsize=5_000)
def mend_word(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The words that a folded one was meant to be, likeliest first; () for a word that is known.

    Typed in another layout, written in Łacinka, or with one slip (two in a long word). A rare word
    of a lexicon alone (Polish arenda) may be a word of the field in Łacinka all the same.
    """
    if len(word) < _SHORTEST or not word.replace("'", "").isalpha():
        return ()
    if _is_known(word):
        return () if _is_ours(word) else tuple(_of_lacinka(word))
    for candidates in (_other_layouts(word), _of_lacinka(word), _near(word, languages)):
        if candidates:
            return tuple(dict.fromkeys(candidates))
    return ()


def is_known_in(word: str, language: str) -> bool:
    """Whether a folded word is one of the language, as far as lists tell."""
    return (
        word in STOP_WORDS[language] or is_form(word, language) or is_of_the_field(word, language)
    )


def _is_known(word: str) -> bool:
    return any(is_known_in(word, each) for each in _of_its_script(word))


def _is_ours(word: str) -> bool:
    """Whether a known word is a small one or one of the vocabulary, so that nothing else is."""
    return any(
        word in STOP_WORDS[each] or is_of_the_field(word, each) for each in _of_its_script(word)
    )


def _of_its_script(word: str) -> tuple[str, ...]:
    return CYRILLIC if is_cyrillic(word) else LATIN


def _other_layouts(word: str) -> list[str]:
    if is_cyrillic(word):
        typed = ((each, language) for each in in_latin_layout(word) for language in LATIN)
    else:
        typed = ((in_cyrillic_layout(word, language), language) for language in CYRILLIC)
    return [each for each, language in typed if is_known_in(fold(each), language)]


def _of_lacinka(word: str) -> list[str]:
    return [each for each in cyrillic_spellings(word) if is_of_the_field(each, "be")]


def _near(word: str, languages: tuple[str, ...]) -> list[str]:
    """Near words of the languages asked for, else of the others: a slip may mislead about them."""
    same_script = _of_its_script(word)
    asked = [each for each in languages if each in same_script]
    others = [each for each in same_script if each not in asked]
    for most in (1, 2) if len(word) >= _LONG else (1,):
        for group in (asked, others):
            found = [near for each in group if (near := likest_word(word, each, most))]
            if found:
                return found
    return []
