"""Finding the concepts of the field in the words of a text.

A concept is met by its words in any form (a shared stem is enough) and by its phrases: the same
words, one after the other. It becomes a term like any other, in a namespace that no word reaches.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from search.text.folding import fold
from search.text.languages import language_of_word
from search.text.stems import terms_of_word
from search.text.vocabulary.entries import read_entries
from search.text.words import words_of

PREFIX = "concept:"
"""No word has a colon in it."""

_SHORTEST_SMALL_ACRONYM = 3
"""Letters: an acronym of two counts in capitals only, for "it" and "un" are words."""


class Token(NamedTuple):
    """A word of a text: as written, folded, its stems, and the language it was analysed in."""

    written: str
    folded: str
    stems: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Meant:
    """The concepts of a text, by the place of a word: those begun there, those it is part of."""

    begun: dict[int, tuple[str, ...]] = field(default_factory=dict)
    held: dict[int, tuple[str, ...]] = field(default_factory=dict)


class _Phrase(NamedTuple):
    """Per word of a phrase the keys any of which meets it, and the concept that it means."""

    words: tuple[frozenset[str], ...]
    concept: str
    over_small_words: bool


class _Vocabulary(NamedTuple):
    """Concepts by a word as it stands, by the stem of a word; phrases by a key of the first."""

    exact: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[_Phrase, ...]]


def is_concept(term: str) -> bool:
    """Whether the term stands for a meaning rather than for a word."""
    return term.startswith(PREFIX)


def find_concepts(tokens: Sequence[Token], language: str) -> Meant:
    """The concepts of a text in the given language; a word counts in its own language too.

    A phrase and the words in it each count; one concept counts once over the same words.
    """
    keys = [_keys_of(token) for token in tokens]
    small = [len(each) == 1 for each in keys]
    meant = Meant()
    for start, token in enumerate(tokens):
        for concept, places in _begin(keys, small, start, _vocabulary(language)):
            _note(meant, concept, places)
        if token.language != language:
            for concept, places in _begin(keys, small, start, _vocabulary(token.language)):
                _note(meant, concept, places)
    return meant


def _begin(
    keys: list[tuple[str, ...]], small: list[bool], start: int, vocabulary: _Vocabulary
) -> Iterable[tuple[str, list[int]]]:
    """The concepts that begin at a word, phrases first, with the places of their words."""
    for key in keys[start]:
        for phrase in vocabulary.phrases.get(key, ()):
            places = _follow(phrase, keys, small, start)
            if places:
                yield phrase.concept, [place for place in places if not small[place]] or places
    for concept in _meanings_of_word(keys[start], vocabulary):
        yield concept, [start]


def _meanings_of_word(keys: tuple[str, ...], vocabulary: _Vocabulary) -> Iterable[str]:
    """What a single word means: as it stands in the vocabulary, or else by its stems.

    So a form that is written down (prison) does not mean what its kin does (prisoner).
    """
    written_down = [concept for key in keys for concept in vocabulary.exact.get(key, ())]
    return written_down or [concept for key in keys for concept in vocabulary.words.get(key, ())]


def _follow(
    phrase: _Phrase, keys: list[tuple[str, ...]], small: list[bool], start: int
) -> list[int]:
    """The places of the words of a phrase that begins at `start`; none where it does not."""
    places, place = [start], start + 1
    for word in phrase.words[1:]:
        while (
            phrase.over_small_words
            and place < len(keys)
            and small[place]
            and word.isdisjoint(keys[place])
        ):
            place += 1
        if place == len(keys) or word.isdisjoint(keys[place]):
            return []
        places.append(place)
        place += 1
    return places


def _note(meant: Meant, concept: str, places: list[int]) -> None:
    if not places or concept in meant.held.get(places[0], ()):
        return
    meant.begun[places[0]] = (*meant.begun.get(places[0], ()), concept)
    for place in places:
        if concept not in meant.held.get(place, ()):
            meant.held[place] = (*meant.held.get(place, ()), concept)


def _keys_of(token: Token) -> tuple[str, ...]:
    """What meets a token: its stems, itself as an acronym, itself as it stands.

    A small word has but the last.
    """
    as_acronym = _is_capitals(token.written) or (
        len(token.folded) >= _SHORTEST_SMALL_ACRONYM and token.stems
    )
    acronym = (_acronym(token.folded),) if as_acronym else ()
    return (*token.stems, *acronym, _as_it_stands(token.folded))


def _is_capitals(written: str) -> bool:
    return len(written) > 1 and written.isupper()


def _acronym(folded: str) -> str:
    return f"={folded}"


def _as_it_stands(folded: str) -> str:
    return f"-{folded}"


@lru_cache(maxsize=8)
def _vocabulary(language: str) -> _Vocabulary:
    exact: dict[str, dict[str, None]] = defaultdict(dict)
    words: dict[str, dict[str, None]] = defaultdict(dict)
    phrases: dict[str, list[_Phrase]] = defaultdict(list)
    for concept, written in read_entries(language).items():
        for each in written:
            phrase = _read_phrase(each, PREFIX + concept, language)
            if len(phrase.words) == 1:
                exact[_key_as_written(each)].setdefault(phrase.concept)
            for key in phrase.words[0]:
                if len(phrase.words) == 1:
                    words[key].setdefault(phrase.concept)
                else:
                    phrases[key].append(phrase)
    return _Vocabulary(
        {key: tuple(concepts) for key, concepts in exact.items()},
        {key: tuple(concepts) for key, concepts in words.items()},
        {key: tuple(found) for key, found in phrases.items()},
    )


def _key_as_written(word: str) -> str:
    return _acronym(fold(word)) if _is_capitals(word) else _as_it_stands(fold(word))


def _read_phrase(written: str, concept: str, language: str) -> _Phrase:
    """A phrase of several words skips its small ones; a single word needs those around it."""
    elements = [_read_word(word.written, language) for word in words_of(written)]
    telling = tuple(keys for keys, tells in elements if tells)
    if len(telling) > 1:
        return _Phrase(telling, concept, over_small_words=True)
    return _Phrase(tuple(keys for keys, _ in elements), concept, over_small_words=False)


def _read_word(written: str, language: str) -> tuple[frozenset[str], bool]:
    """The keys that meet a word of the vocabulary, and whether it is more than a small word."""
    folded = fold(written)
    if _is_capitals(written):
        return frozenset([_acronym(folded)]), True
    stems = terms_of_word(folded, language_of_word(folded, language))
    return frozenset(stems or [_as_it_stands(folded)]), bool(stems)
