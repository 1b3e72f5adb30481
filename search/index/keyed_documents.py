"""Documents and queries after analysis and keying: all that an engine ever sees of a text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from search.codes import URGENCY_ORDER
from search.index.protocol import (
    Access,
    Document,
    Filter,
    Kind,
    Query,
    Sort,
    TextField,
)
from search.index.scoring import MEANING_WEIGHT
from search.text.keyed import KeyedTerms
from search.text.query import read_query

_LAST = float("inf")
_URGENCY = {urgency.value: place for place, urgency in enumerate(reversed(URGENCY_ORDER))}


@dataclass(frozen=True, slots=True)
class KeyedDocument:
    """A document with, per text field, how often each keyed term occurs."""

    kind: Kind
    id: str
    terms: Mapping[TextField, Mapping[str, int]]
    values: Mapping[Filter, frozenset[str]]
    amount: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hit stands in the order: by rank, least first, and then by id."""

    rank: float
    id: str


@dataclass(frozen=True, slots=True)
class KeyedQuery:
    """A query whose words are alternatives of keyed terms; `after` is the last hit seen.

    Those in `meanings` are weighed by MEANING_WEIGHT.
    """

    kind: Kind
    words: tuple[tuple[str, ...], ...]
    filters: Mapping[Filter, frozenset[str]]
    amount_from: int | None
    amount_to: int | None
    access: Access | None
    sort: Sort
    limit: int
    after: Place | None
    facets: frozenset[Filter]
    meanings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine found: hits as (place, score, words met), at most one more than the limit."""

    hits: tuple[tuple[Place, float, int], ...]
    total: int
    facets: Mapping[Filter, Mapping[str, int]]


class Engine(Protocol):
    """What `KeyedIndex` needs of an engine; for the meaning of each see `SearchIndex`.

    In `put` no two documents have the same id.
    """

    def put(self, documents: Iterable[KeyedDocument]) -> None: ...
    def remove(self, ids: Iterable[str]) -> None: ...
    def rebuild(self, documents: Iterable[KeyedDocument]) -> int: ...
    def search(self, query: KeyedQuery) -> Found: ...
    def count(self, kind: Kind | None) -> int: ...
    def ids(self, kind: Kind | None) -> Iterator[str]: ...
    def version(self) -> str: ...


def key_document(document: Document, keyed: KeyedTerms) -> KeyedDocument:
    """The document with its texts as keyed terms."""
    terms = {
        name: Counter(keyed.keys(text.text, text.language))
        for name, text in document.texts.items()
        if text.text
    }
    return KeyedDocument(document.kind, document.id, terms, document.values, document.amount)


def key_query(query: Query, after: Place | None, keyed: KeyedTerms) -> KeyedQuery:
    """The query with its words as keyed terms.

    Raises:
        QueryRefused: the text cannot be looked for.
    """
    read = read_query(query.text, query.language)
    return KeyedQuery(
        kind=query.kind,
        words=tuple(tuple(map(keyed.key, word.terms)) for word in read),
        filters=query.filters,
        amount_from=query.amount_from,
        amount_to=query.amount_to,
        access=query.access,
        sort=query.sort,
        limit=query.limit,
        after=after,
        facets=query.facets,
        meanings=frozenset(keyed.key(term) for word in read for term in word.meanings),
    )


def weigh(term: str, query: KeyedQuery) -> float:
    """What the score of a keyed term counts for in a query."""
    return MEANING_WEIGHT if term in query.meanings else 1.0


def rank_amount(amount: int | None, sort: Sort) -> float:
    """The rank of a document by its amount; unknown ones last."""
    if amount is None:
        return _LAST
    return float(-amount if sort is Sort.LARGEST_AMOUNT else amount)


def rank_urgency(values: Iterable[str]) -> float:
    """The rank of a document by its most urgent value; without one last."""
    return float(min((_URGENCY[value] for value in values if value in _URGENCY), default=_LAST))
