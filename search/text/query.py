"""Reading what a person typed into a search field."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.text.analysis import ReadWord, read_in_language
from search.text.folding import fold
from search.text.languages import LANGUAGES, plausible_languages
from search.text.spelling import mend_words, retype
from search.text.vocabulary.concepts import is_concept
from search.text.words import Word, words_of

LONGEST_QUERY = 500
"""Characters."""
MOST_WORDS = 32

# Whoosh and its kind would look for stored words beginning so; ours are keyed and have no order.
_WILDCARD = re.compile(r"[^\W_]+[*?]+[^\W_]|[^\W_]\*|\*[^\W_]|[^\W_]~\d*(?=\s|$)")
_REGEX = re.compile(r"^\s*/.+/\s*$")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class QueryRefused(ValueError):  # noqa: N818 - the field's word for it
    """A query that is not looked for; `code` is stable, the message says what to do instead.

    Codes: query_too_long, query_too_many_words, query_control_characters,
    query_wildcards, query_without_words.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word that was asked for, and the terms any of which meets it.

    Each word of a phrase that is a concept has the concept among its terms. `meanings` are those
    of the terms that are not the word as it was written; `mended` is what an unknown word was
    probably meant to be, and is looked for too (instead, where the keys of another layout gave
    signs: `j,scr` is no word).
    """

    written: str
    terms: tuple[str, ...]
    meanings: frozenset[str] = frozenset()
    mended: tuple[str, ...] = ()


def read_query(text: str, language: str | None = None) -> tuple[QueryWord, ...]:
    """The words of a query, each once, stop words left out; () for an empty query.

    Quotation marks are allowed and mean their words: the index keeps no order of words. Where the
    language is not given and the letters leave it open, a word is met in any that it may be in.

    Raises:
        QueryRefused: too long, wildcards or fuzzy operators, control characters, or nothing left
            to look for but stop words.
    """
    _refuse_what_cannot_be_found(text)
    text, typed = retype(text)
    languages = (language,) if language in LANGUAGES else plausible_languages(text)
    words = list(words_of(text))
    if len(words) > MOST_WORDS:
        raise QueryRefused("query_too_many_words", f"Use at most {MOST_WORDS} words.")
    readings = [read_in_language(words, each) for each in languages]
    mended = mend_words(words, languages)
    mended_readings = [
        read_in_language(_replace(words, each), language)
        for each in mended
        for language in _languages_of_mended(each, languages)
    ]
    by_stem: dict[str, QueryWord] = {}
    for place, word in enumerate(words):
        found = _alternatives([read[place] for read in readings], _compounds(words, place))
        besides = _alternatives([read[place] for read in mended_readings], [])
        if found:
            added = [term for term in besides if term not in found]
            meanings = frozenset([*filter(is_concept, found), *added])
            by_stem.setdefault(
                found[0],
                QueryWord(
                    typed.get(word.written, word.written),
                    (*found, *added),
                    meanings,
                    _meant(word, place, mended, typed),
                ),
            )
    if words and not by_stem:
        raise QueryRefused(
            "query_without_words", "These words are in every text; add one that says what you need."
        )
    return tuple(by_stem.values())


def _meant(
    word: Word, place: int, mended: list[dict[int, str]], typed: dict[str, str]
) -> tuple[str, ...]:
    retyped = (word.written,) if word.written in typed else ()
    return (*retyped, *dict.fromkeys(each[place] for each in mended if place in each))


def _refuse_what_cannot_be_found(text: str) -> None:
    if len(text) > LONGEST_QUERY:
        raise QueryRefused("query_too_long", f"Use at most {LONGEST_QUERY} characters.")
    if _CONTROL.search(text):
        raise QueryRefused("query_control_characters", "Type the words anew; some are unreadable.")
    if _WILDCARD.search(text) or _REGEX.match(text):
        raise QueryRefused(
            "query_wildcards",
            "Write whole words, in any form: parts of words (*, ?, ~) cannot be looked for.",
        )


def _languages_of_mended(mended: dict[int, str], languages: Sequence[str]) -> tuple[str, ...]:
    """Those of the query, and those of the words meant: a wrong letter misleads about both."""
    meant = plausible_languages(" ".join(mended.values()))
    return tuple(dict.fromkeys((*languages, *meant)))


def _replace(words: list[Word], by_place: dict[int, str]) -> list[Word]:
    return [
        word._replace(written=by_place.get(place, word.written)) for place, word in enumerate(words)
    ]


def _compounds(words: list[Word], place: int) -> list[str]:
    """What a word makes together with one that a hyphen binds it to."""
    word = fold(words[place].written)
    joined = []
    if words[place].hyphenated:
        joined.append(fold(words[place - 1].written) + word)
    if place + 1 < len(words) and words[place + 1].hyphenated:
        joined.append(word + fold(words[place + 1].written))
    return joined


def _alternatives(readings: list[ReadWord], compounds: list[str]) -> tuple[str, ...]:
    """Any of a word's stems, compounds and concepts meets it; concepts come last."""
    stems = [stem for read in readings for stem in read.stems]
    concepts = [concept for read in readings for concept in read.concepts]
    return tuple(dict.fromkeys([*stems, *compounds, *concepts]))
