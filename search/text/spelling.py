"""Slips in queries, mended before keying, because an index of keys knows no likeness.

Only a word that no word list and no vocabulary knows is mended, and only towards these: never
towards words of stored texts, which an answer would give away. What was typed is looked for too.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from search.text.folding import fold, is_cyrillic
from search.text.keyboard import SIGNS, in_cyrillic_layout, in_latin_layout
from search.text.lacinka import cyrillic_spellings
from search.text.languages import CYRILLIC, LATIN
from search.text.lexicon import is_form
from search.text.stop_words import STOP_WORDS
from search.text.transliteration import russian_and_ukrainian_spellings
from search.text.vocabulary.spellings import is_of_the_field, likest_word
from search.text.words import Word

_SHORTEST = 4
"""Letters: in shorter words a slip makes another word."""
_LONG = 8
"""From so many letters on two slips are mended."""
_MOST_MENDED = 6
"""Words of a query; who writes more that nobody knows asks in a language that is not ours."""


_KEY = f"[A-Za-z{re.escape(SIGNS)}]"
_RUN = re.compile(rf"(?<!\S)(?={_KEY}*[{re.escape(SIGNS)}]){_KEY}+(?!\S)")
"""Letters and at least one sign between spaces."""
_BY_USE = ("ru", "be", "uk")
_LETTERS = re.compile("[A-Za-z]+")


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

    Typed in another layout, written in Łacinka or in Latin letters for Russian or Ukrainian, or
    with one slip (two in a long word). A rare word of a lexicon alone (Polish arenda) may be a word
    of the field in Latin letters all the same.
    """
    if len(word) < _SHORTEST or not word.replace("'", "").isalpha():
        return ()
    if _is_known(word):
        return () if _is_ours(word) else tuple(_of_lacinka(word) or _transliterated(word))
    for find in (_other_layouts, _of_lacinka, _transliterated):
        if candidates := find(word):
            return tuple(dict.fromkeys(candidates))
    return tuple(dict.fromkeys(_near(word, languages)))


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


def _transliterated(word: str) -> list[str]:
    """Words of the field, else words of a lexicon where no Latin list knows what was typed."""
    spellings = russian_and_ukrainian_spellings(word)
    # A stem alone says little of how a word is written: помощ has that of помощь.
    ours = _first_known(spellings, _is_form_of_the_field) or _first_known(
        spellings, is_of_the_field
    )
    return ours if ours or _is_known(word) else _first_known(spellings, is_known_in)


def _is_form_of_the_field(word: str, language: str) -> bool:
    return is_form(word, language) and is_of_the_field(word, language)


def _first_known(
    spellings: Iterable[tuple[str, str]], is_listed: Callable[[str, str], bool]
) -> list[str]:
    """The likeliest spelling in each language that a list of it has."""
    found: dict[str, str] = {}
    for spelling, language in spellings:
        if language not in found and is_listed(spelling, language):
            found[language] = spelling
    return list(found.values())


def retype(text: str) -> tuple[str, dict[str, str]]:
    """The text with words in it that were typed by the keys of another layout, signs and all.

    `j,scr` is обыск where the comma's key is б. Only a run of letters and signs becomes a word
    that a list of be, ru or uk knows. Returns the text, and word -> what was typed for it.
    """
    typed: dict[str, str] = {}

    def read(found: re.Match[str]) -> str:
        meant = _retyped(found.group())
        if meant is None:
            return found.group()
        typed[meant] = found.group()
        return meant

    return _RUN.sub(read, text), typed


@lru_cache(maxsize=1_000)
def _retyped(run: str) -> str | None:
    # Short pieces are words of some list by chance (sr); whole ones of the field are none.
    are_words = all(_is_known(fold(each)) for each in _LETTERS.findall(run))
    is_meant = is_of_the_field if are_words else is_known_in
    for start, end in ((0, len(run)), _without_signs_around(run)):
        for language in _BY_USE:
            meant = fold(in_cyrillic_layout(run[start:end], language))
            if len(meant) >= _SHORTEST and meant.isalpha() and is_meant(meant, language):
                return meant
    return None


def _without_signs_around(run: str) -> tuple[int, int]:
    return len(run) - len(run.lstrip(SIGNS)), len(run.rstrip(SIGNS))


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
