"""The index in memory: the specification that other engines are held to, and a fake for tests.

Written to be read; every search looks at every document.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from search.index.keyed_documents import (
    Found,
    KeyedDocument,
    KeyedQuery,
    Place,
    rank_amount,
    rank_urgency,
    weigh,
)
from search.index.keyed_index import KeyedIndex
from search.index.protocol import Filter, Kind, Sort, TextField
from search.index.scoring import (
    DECIMALS,
    FIELD_WEIGHTS,
    TYPICAL_LENGTHS,
    inverse_frequency,
    length_norm,
    term_score,
)


def memory_index(index_key: bytes) -> KeyedIndex:
    """An empty search index that lives as long as this process."""
    return KeyedIndex(MemoryEngine(), index_key)


class MemoryEngine:
    """Keyed documents in a dictionary."""

    def __init__(self) -> None:
        self._documents: dict[str, KeyedDocument] = {}
        self._commits = 0

    def put(self, documents: Iterable[KeyedDocument]) -> None:
        self._documents |= {document.id: document for document in documents}
        self._commits += 1

    def remove(self, ids: Iterable[str]) -> None:
        for document_id in ids:
            self._documents.pop(document_id, None)
        self._commits += 1

    def rebuild(self, documents: Iterable[KeyedDocument]) -> int:
        self._documents = {document.id: document for document in documents}
        self._commits += 1
        return len(self._documents)

    def search(self, query: KeyedQuery) -> Found:
        scored = [
            (document, *self._score(document, query))
            for document in self._documents.values()
            if document.kind is query.kind
        ]
        candidates = [each for each in scored if each[2] or not query.words]
        hits = [each for each in candidates if _passes(each[0], query)]
        placed = [(_place(document, score, query), score, met) for document, score, met in hits]
        following = [hit for hit in placed if query.after is None or _is_after(hit[0], query.after)]
        following.sort(key=lambda hit: (hit[0].rank, hit[0].id))
        facets = {name: _count(candidates, query, name) for name in query.facets}
        return Found(tuple(following[: query.limit + 1]), len(hits), facets)

    def count(self, kind: Kind | None) -> int:
        return sum(1 for _ in self.ids(kind))

    def ids(self, kind: Kind | None) -> Iterator[str]:
        return iter(
            sorted(each.id for each in self._documents.values() if kind in (None, each.kind))
        )

    def version(self) -> str:
        return f"memory.{self._commits}"

    def _score(self, document: KeyedDocument, query: KeyedQuery) -> tuple[float, int]:
        """The score, and how many of the words were met."""
        met = [
            max(
                self._score_term(document, term, query) * weigh(term, query)
                for term in alternatives
            )
            for alternatives in query.words
            if any(term in held for term in alternatives for held in document.terms.values())
        ]
        return round(sum(met), DECIMALS), len(met)

    def _score_term(self, document: KeyedDocument, term: str, query: KeyedQuery) -> float:
        return sum(
            FIELD_WEIGHTS[name]
            * term_score(
                self._inverse(name, term) if query.access is None else 1.0,
                held[term],
                length_norm(
                    sum(held.values()),
                    self._average_length(name) if query.access is None else TYPICAL_LENGTHS[name],
                ),
            )
            for name, held in document.terms.items()
            if term in held
        )

    def _inverse(self, name: TextField, term: str) -> float:
        return inverse_frequency(len(self._documents), self._holding(name, term))

    def _holding(self, name: TextField, term: str) -> int:
        return sum(term in each.terms.get(name, {}) for each in self._documents.values())

    def _average_length(self, name: TextField) -> float:
        lengths = (sum(each.terms.get(name, {}).values()) for each in self._documents.values())
        return sum(lengths) / len(self._documents)


def _passes(document: KeyedDocument, query: KeyedQuery, but: Filter | None = None) -> bool:
    return (
        all(
            _held(document.values, name, accepted)
            for name, accepted in query.filters.items()
            if name is not but
        )
        and _amount_within(document.amount, query)
        and _accessible(document, query)
    )


def _held(values: Mapping[Filter, frozenset[str]], name: Filter, accepted: frozenset[str]) -> bool:
    return not values.get(name, frozenset()).isdisjoint(accepted)


def _amount_within(amount: int | None, query: KeyedQuery) -> bool:
    if query.amount_from is None and query.amount_to is None:
        return True
    return (
        amount is not None
        and (query.amount_from is None or query.amount_from <= amount)
        and (query.amount_to is None or amount <= query.amount_to)
    )


def _accessible(document: KeyedDocument, query: KeyedQuery) -> bool:
    return (
        query.access is None
        or _held(document.values, Filter.READERS, query.access.readers)
        or _held(document.values, Filter.OWNER, query.access.owners)
    )


def _place(document: KeyedDocument, score: float, query: KeyedQuery) -> Place:
    ranks: dict[Sort, Callable[[], float]] = {
        Sort.RELEVANCE: lambda: -score,
        Sort.LARGEST_AMOUNT: lambda: rank_amount(document.amount, query.sort),
        Sort.SMALLEST_AMOUNT: lambda: rank_amount(document.amount, query.sort),
        Sort.MOST_URGENT: lambda: rank_urgency(document.values.get(Filter.URGENCY, ())),
    }
    return Place(ranks[query.sort](), document.id)


def _is_after(place: Place, last: Place) -> bool:
    return (place.rank, place.id) > (last.rank, last.id)


def _count(
    candidates: list[tuple[KeyedDocument, float, int]], query: KeyedQuery, name: Filter
) -> dict[str, int]:
    passing = [document for document, *_ in candidates if _passes(document, query, but=name)]
    return dict(Counter(value for document in passing for value in document.values.get(name, ())))
