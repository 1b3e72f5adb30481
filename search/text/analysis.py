"""The terms of a text: what the index holds (after keying) and what a query is met by.

The same analysis serves documents, queries, snippets and scores, so that they always agree.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search.text.folding import fold, is_cyrillic
from search.text.lacinka import cyrillic_spellings
from search.text.languages import LANGUAGES, language_of_word, plausible_languages
from search.text.stems import LONGEST_ANALYSED_WORD, terms_of_word
from search.text.stop_words import STOP_WORDS
from search.text.vocabulary.concepts import Token, find_concepts
from search.text.words import Word, words_of

_LONG_ENOUGH_TO_CONTRADICT = 60


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word of a text with its stems, and the concepts that it or a phrase with it means.

    A concept is in `begun` of one word only: the first of its phrase.
    """

    word: Word
    stems: tuple[str, ...]
    concepts: tuple[str, ...]
    begun: tuple[str, ...]


def terms(text: str, language: str | None = None) -> list[str]:
    """The terms of a text in its order, repeated as often as they occur, without stop words.

    A word gives one term or several (its stem, the stem of its lemma, other readings); forms of
    one word share at least one. Words and phrases of the field's vocabulary give their concept
    besides. The same text and language always give the same terms; only the first 100,000
    characters count. `language` is one of LANGUAGES; for None or any other it is told from the
    letters, and so it is for a text of some length whose letters contradict it.
    """
    return [term for read in read_words(text, language) for term in (*read.stems, *read.begun)]


def possible_terms(text: str, language: str | None = None) -> list[str]:
    """The terms of a text, and the concepts that a few words have in any language they may be in.

    As a query is read: for a stated language, or a longer text, these are its `terms`.
    """
    found = terms(text, language)
    if language in LANGUAGES or len(text) >= _LONG_ENOUGH_TO_CONTRADICT:
        return found
    words = list(words_of(text))
    meant = [
        concept
        for each in plausible_languages(text)
        for read in read_in_language(words, each)
        for concept in read.begun
    ]
    return [*found, *dict.fromkeys(concept for concept in meant if concept not in found)]


def words_with_terms(
    text: str, language: str | None = None
) -> Iterator[tuple[Word, tuple[str, ...]]]:
    """Every word of the text with its terms; none for a stop word.

    Each word of a phrase that is a concept carries the concept.
    """
    for read in read_words(text, language):
        yield read.word, (*read.stems, *read.concepts)


def read_words(text: str, language: str | None = None) -> list[ReadWord]:
    """Every word of the text with its stems and concepts; see `terms` for the language.

    The second half of a hyphenated word also carries the whole written as one (e-mail, email).
    """
    chosen = _believable_language(text, language)
    return read_in_language(list(words_of(text)), chosen)


def read_in_language(words: list[Word], language: str) -> list[ReadWord]:
    """The words of a text that is known to be in one of LANGUAGES."""
    read_token = _read_lacinka if _is_in_lacinka(words, language) else _read_token
    tokens = [read_token(word, language) for word in words]
    meant = find_concepts(tokens, language)
    previous = ""
    read = []
    for place, (word, token) in enumerate(zip(words, tokens, strict=True)):
        stems = token.stems
        if word.hyphenated and previous:
            stems = (*stems, *_terms_of_compound(previous + token.folded))
        read.append(ReadWord(word, stems, meant.held.get(place, ()), meant.begun.get(place, ())))
        previous = token.folded
    return read


def _read_token(word: Word, language: str) -> Token:
    folded = fold(word.written)
    its_language = language_of_word(folded, language)
    stems = terms_of_word(folded, its_language) if folded else ()
    return Token(word.written, folded, stems, its_language)


def _is_in_lacinka(words: list[Word], language: str) -> bool:
    """Whether a text said to be Belarusian is in Latin letters, Łacinka or not."""
    latin = sum(not is_cyrillic(word.written) for word in words) if language == "be" else 0
    return latin * 2 > len(words)


def _read_lacinka(word: Word, language: str) -> Token:
    """A word that may be Belarusian in Latin letters: its stems as that, and as English."""
    token = _read_token(word, language)
    spellings = cyrillic_spellings(token.folded)
    if not STOP_WORDS["be"].isdisjoint(spellings):
        return token._replace(stems=())
    stems = [stem for each in spellings for stem in terms_of_word(each, "be")]
    return token._replace(stems=tuple(dict.fromkeys((*stems, *token.stems))))


def _terms_of_compound(joined: str) -> tuple[str, ...]:
    is_word = len(joined) <= LONGEST_ANALYSED_WORD and not joined.isdecimal()
    return (joined,) if is_word else ()


def _believable_language(text: str, stated: str | None) -> str:
    """The stated language, unless a text of some length is plainly in another one."""
    if stated in LANGUAGES and len(text) < _LONG_ENOUGH_TO_CONTRADICT:
        return stated
    plausible = plausible_languages(text)
    return stated if stated in plausible else plausible[0]
