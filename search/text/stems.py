"""The stems of one word: its terms before any meaning is looked up."""

from functools import lru_cache
from threading import Lock

import snowballstemmer

from search.text import belarusian, ukrainian
from search.text.folding import fold, fold_lithuanian_stress
from search.text.lexicon import lemma
from search.text.other_forms import other_forms
from search.text.stop_words import STOP_WORDS

LONGEST_ANALYSED_WORD = 40
"""A longer word is a term as it stands: no language has endings to cut from it."""

_SNOWBALL = {
    "ru": snowballstemmer.stemmer("russian"),
    "pl": snowballstemmer.stemmer("polish"),
    "lt": snowballstemmer.stemmer("lithuanian"),
    "en": snowballstemmer.stemmer("english"),
}
# A stemmer keeps the word it works on in itself; threads must take turns.
_SNOWBALL_LOCK = Lock()


@lru_cache(maxsize=50_000)
def terms_of_word(word: str, language: str) -> tuple[str, ...]:
    """The terms of one folded word in one of LANGUAGES; none for a stop word or a lone letter."""
    if word.isdecimal():
        return (word,)
    if len(word) == 1 or word in STOP_WORDS[language]:
        return ()
    if len(word) > LONGEST_ANALYSED_WORD or not any(map(str.isalpha, word)):
        return (word,)
    return _stems_and_lemma_stems(word, language)


def _stems_and_lemma_stems(word: str, language: str) -> tuple[str, ...]:
    plain = fold_lithuanian_stress(word) if language == "lt" else word.removesuffix("'s")
    found = _stems(plain, language)
    for form in other_forms(plain, language):
        found += _stems(form, language)
    its_lemma = lemma(plain, language)
    if its_lemma:
        found += _stems(fold(its_lemma), language)
    return tuple(dict.fromkeys(found))


def _stems(word: str, language: str) -> tuple[str, ...]:
    if language == "be":
        return belarusian.stems(word)
    if language == "uk":
        return ukrainian.stems(word)
    with _SNOWBALL_LOCK:
        return (_SNOWBALL[language].stemWord(word),)
