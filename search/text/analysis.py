"""The terms of a text: what the index holds (after keying) and what a query is met by.

The same analysis serves documents, queries, snippets and scores, so that they always agree.
"""

from collections.abc import Iterator
from functools import lru_cache
from threading import Lock

import snowballstemmer

from search.text import belarusian, ukrainian
from search.text.folding import fold, fold_lithuanian_stress
from search.text.languages import LANGUAGES, language_of_word, plausible_languages
from search.text.lexicon import lemma
from search.text.other_forms import other_forms
from search.text.stop_words import STOP_WORDS
from search.text.words import Word, words_of

LONGEST_ANALYSED_WORD = 40
"""A longer word is a term as it stands: no language has endings to cut from it."""
_LONG_ENOUGH_TO_CONTRADICT = 60

_SNOWBALL = {
    "ru": snowballstemmer.stemmer("russian"),
    "pl": snowballstemmer.stemmer("polish"),
    "lt": snowballstemmer.stemmer("lithuanian"),
    "en": snowballstemmer.stemmer("english"),
}
# A stemmer keeps the word it works on in itself; threads must take turns.
_SNOWBALL_LOCK = Lock()


def terms(text: str, language: str | None = None) -> list[str]:
    """The terms of a text in its order, repeated as often as they occur, without stop words.

    A word gives one term or several (its stem, the stem of its lemma, other readings); forms of
    one word share at least one. The same text and language always give the same terms; only the
    first 100,000 characters count. `language` is one of LANGUAGES; for None or any other it is
    told from the letters, and so it is for a text of some length whose letters contradict it.
    """
    return [term for _, found in words_with_terms(text, language) for term in found]


def words_with_terms(
    text: str, language: str | None = None
) -> Iterator[tuple[Word, tuple[str, ...]]]:
    """Every word of the text with its terms; none for a stop word.

    The second half of a hyphenated word also carries the whole written as one (e-mail, email).
    """
    chosen = _believable_language(text, language)
    previous = ""
    for word in words_of(text):
        folded = fold(word.written)
        found = terms_of_word(folded, language_of_word(folded, chosen)) if folded else ()
        if word.hyphenated and previous:
            found = (*found, *_terms_of_compound(previous + folded))
        yield word, found
        previous = folded


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


def _terms_of_compound(joined: str) -> tuple[str, ...]:
    is_word = len(joined) <= LONGEST_ANALYSED_WORD and not joined.isdecimal()
    return (joined,) if is_word else ()


def _believable_language(text: str, stated: str | None) -> str:
    """The stated language, unless a text of some length is plainly in another one."""
    if stated in LANGUAGES and len(text) < _LONG_ENOUGH_TO_CONTRADICT:
        return stated
    plausible = plausible_languages(text)
    return stated if stated in plausible else plausible[0]
