"""Which of the six languages a text is in, from its letters and its smallest words."""

import re
from functools import lru_cache

from search.text.folding import fold, is_cyrillic
from search.text.lacinka import is_lacinka
from search.text.stop_words import STOP_WORDS
from search.text.words import words_of

CYRILLIC = ("be", "ru", "uk")
LATIN = ("en", "pl", "lt")
LANGUAGES = CYRILLIC + LATIN

_SAMPLE = 4_000
"""Characters looked at; a text in two languages is judged by how it begins."""

# Letters that a language has and the others of its script have not; ё and ґ are gone by folding.
_OWN_LETTERS = {
    "be": re.compile("ў|шч|дз|цц|ьц"),
    "uk": re.compile("[їє]|ти(?![а-я])"),
    "ru": re.compile("[ъ]|ть|тс"),
    "pl": re.compile("[łńśźżćó]|sz|cz|rz|dz"),
    "lt": re.compile("[ėįųūšž]|ai(?![a-z])"),
}
# Letters that a language lacks though its neighbours have them.
_FOREIGN_LETTERS = {
    "be": re.compile("[ищъїє]"),
    "uk": re.compile("[ыэъў]"),
    "ru": re.compile("[іўїє]"),
    "en": re.compile("[^a-z']"),
    "pl": re.compile("[ėįųūšžčqvx]"),
    "lt": re.compile("[łńśźżćówqx]"),
}


def detect_language(text: str) -> str:
    """The likeliest of LANGUAGES; `ru` for Cyrillic and `en` for Latin where nothing tells."""
    return plausible_languages(text)[0]


def tell_language(stated: str | None, *texts: str) -> str:
    """The stated language where it is one of LANGUAGES, else the likeliest of the texts together.

    A title alone is often too short to tell.
    """
    return stated if stated in LANGUAGES else detect_language("\n".join(texts))


def plausible_languages(text: str) -> tuple[str, ...]:
    """The languages that the text may be in, likeliest first; more than one for a few words."""
    sample = [fold(word.written) for word in words_of(text[:_SAMPLE])]
    cyrillic = [word for word in sample if is_cyrillic(word)]
    latin = [word for word in sample if not is_cyrillic(word)]
    if sum(map(len, cyrillic)) >= sum(map(len, latin)) and cyrillic:
        return _ranked(tuple(cyrillic), ("ru", "be", "uk"))
    if is_lacinka(latin):
        return ("be",)
    return _ranked(tuple(latin), LATIN)


def language_of_word(word: str, language: str) -> str:
    """The language to analyse a folded word in, inside a text of the given language.

    A Latin word inside a Cyrillic text is read as English, a Cyrillic one inside a Latin text by
    its own letters.
    """
    if is_cyrillic(word):
        return language if language in CYRILLIC else _language_of_stray(word)
    return language if language in LATIN else "en"


@lru_cache(maxsize=4_096)
def _language_of_stray(word: str) -> str:
    return _ranked((word,), ("ru", "be", "uk"))[0]


def _ranked(sample: tuple[str, ...], candidates: tuple[str, ...]) -> tuple[str, ...]:
    """Candidates by evidence; those against which much more speaks than for the best are left."""
    weights = {language: _evidence(sample, language) for language in candidates}
    best = max(weights.values())
    margin = 2 + len(sample) // 20
    kept = [language for language in candidates if weights[language] > best - margin]
    return tuple(sorted(kept, key=lambda language: -weights[language]))


def _evidence(sample: tuple[str, ...], language: str) -> int:
    stop_words = STOP_WORDS[language]
    joined = " ".join(sample)
    small = sum(2 for word in sample if word in stop_words)
    own = _OWN_LETTERS.get(language)
    return (
        small
        + (len(own.findall(joined)) if own else 0)
        - 2 * len(_FOREIGN_LETTERS[language].findall(joined.replace(" ", "")))
    )
