"""The search index over an engine: plain text goes in here, and no further."""

from collections.abc import Iterable, Iterator

from search.index.cursors import Cursors
from search.index.keyed_documents import Engine, key_document, key_query
from search.index.protocol import Document, Hit, Kind, Page, Query
from search.text.keyed import KeyedTerms


class KeyedIndex:
    """A `SearchIndex`: analyses and keys texts, reads and writes cursors, and asks the engine."""

    def __init__(self, engine: Engine, index_key: bytes) -> None:
        """Take an engine and the index key, 32 random bytes."""
        self._engine = engine
        self._keyed = KeyedTerms(index_key)
        self._cursors = Cursors(index_key)

    def put(self, documents: Iterable[Document]) -> None:
        by_id = {document.id: document for document in documents}
        if by_id:
            self._engine.put(key_document(document, self._keyed) for document in by_id.values())

    def remove(self, ids: Iterable[str]) -> None:
        distinct = sorted(set(ids))
        if distinct:
            self._engine.remove(distinct)

    def clear(self) -> None:
        self._engine.rebuild(())

    def rebuild(self, documents: Iterable[Document]) -> int:
        return self._engine.rebuild(key_document(document, self._keyed) for document in documents)

    def search(self, query: Query) -> Page:
        keyed = key_query(query, self._cursors.read(query), self._keyed)
        found = self._engine.search(keyed)
        shown = found.hits[: query.limit]
        more = len(found.hits) > query.limit
        return Page(
            hits=tuple(Hit(place.id, score, matched) for place, score, matched in shown),
            total=found.total,
            facets=found.facets,
            next_cursor=self._cursors.write(shown[-1][0], query) if more else None,
            words=len(keyed.words),
        )

    def count(self, kind: Kind | None = None) -> int:
        return self._engine.count(kind)

    def ids(self, kind: Kind | None = None) -> Iterator[str]:
        return self._engine.ids(kind)

    def version(self) -> str:
        return self._engine.version()
