"""What a search index takes and gives; every engine keeps to this.

An index is a disposable cache. It answers with ids; the database has the truth, and whether a
reader may see a record is decided there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

ID_DIGITS = 32
LARGEST_AMOUNT = 2**53
"""EUR cents; what a cursor carries exactly."""
MOST_HITS = 100


class Kind(StrEnum):
    NEED = "need"
    OFFER = "offer"


class TextField(StrEnum):
    TITLE = "title"
    SUMMARY = "summary"


class Filter(StrEnum):
    """What documents are filtered and counted by; a document may hold several values of each."""

    CATEGORY = "category"
    GROUP = "group"
    COUNTRY = "country"
    URGENCY = "urgency"
    STATUS = "status"
    READERS = "readers"
    OWNER = "owner"


class Sort(StrEnum):
    RELEVANCE = "relevance"
    LARGEST_AMOUNT = "largest_amount"
    SMALLEST_AMOUNT = "smallest_amount"
    MOST_URGENT = "most_urgent"


class IndexUnavailable(Exception):  # noqa: N818 - the field's word for it
    """The index cannot answer now; `reason` is `missing`, `broken` or `busy`.

    Missing and broken ask for a rebuild from the database; busy asks to wait.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class CursorRefused(ValueError):  # noqa: N818 - the field's word for it
    """A cursor that this index did not give for this very query; `code` is `cursor_refused`."""

    code = "cursor_refused"


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text in a language (ISO 639-1; None where it is not known)."""

    text: str = field(repr=False)
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A need or an offer as the index sees it.

    `id` is 32 hexadecimal digits. `values` are what filters compare; "readers" and "owner" (the id
    of the organisation or donor) are what `Access` compares. `amount` is in EUR cents, None where
    it is not known: then no range of amounts holds it.
    """

    kind: Kind
    id: str
    texts: Mapping[TextField, Text] = field(default_factory=dict, repr=False)
    values: Mapping[Filter, frozenset[str]] = field(default_factory=dict)
    amount: int | None = None

    def __post_init__(self) -> None:
        """Refuse what no engine could keep."""
        if len(self.id) != ID_DIGITS or not set(self.id) <= set("0123456789abcdef"):
            raise ValueError("A document's id is 32 hexadecimal digits.")
        if self.amount is not None and not 0 <= self.amount <= LARGEST_AMOUNT:
            raise ValueError(f"A document's amount lies from 0 to {LARGEST_AMOUNT} EUR cents.")


@dataclass(frozen=True, slots=True)
class Access:
    """Documents that one of these readers may read, or that one of these owners has."""

    readers: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: any of the words, all of the filters.

    A filter is met by a document that holds one of the accepted values; an empty set accepts
    nothing. The range of amounts is in EUR cents, both ends included. `access` None sees all.
    """

    kind: Kind
    text: str = field(default="", repr=False)
    language: str | None = None
    filters: Mapping[Filter, frozenset[str]] = field(default_factory=dict)
    amount_from: int | None = None
    amount_to: int | None = None
    access: Access | None = None
    sort: Sort = Sort.RELEVANCE
    limit: int = 25
    cursor: str | None = None
    facets: frozenset[Filter] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a page of no or too many hits."""
        if not 1 <= self.limit <= MOST_HITS:
            raise ValueError(f"A page holds 1 to {MOST_HITS} hits.")


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found.

    `score` is 0 for a query without words; `matched` is how many of the query's words it met.
    """

    id: str
    score: float
    matched: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the hits in their order, and what holds for all of them.

    A facet counts the hits per value as if its own filter were not set, so that it shows what
    choosing another value would give. `next_cursor` is None on the last page. `words` is how many
    words of the query counted.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[Filter, Mapping[str, int]]
    next_cursor: str | None
    words: int = 0


class SearchIndex(Protocol):
    """An index of needs and offers. Every method may raise IndexUnavailable.

    `put`, `remove`, `clear` and `rebuild` are each one commit: whole or not at all, and seen by
    every process as soon as they return. One process at a time writes; another one waits.
    """

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, in place of those of the same id; of two with one id the last counts."""
        ...

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out; ids that are not there are passed over."""
        ...

    def clear(self) -> None:
        """Become an empty index, also where there was none or a broken one."""
        ...

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Become an index of exactly these documents; how many.

        Readers keep the old one until the new one is whole. The documents are read one by one.
        """
        ...

    def search(self, query: Query) -> Page:
        """A page of hits, best first, equal ones by id.

        Raises:
            QueryRefused: the text cannot be looked for (search.text.query).
            CursorRefused: the cursor belongs to another query, or was made up.
        """
        ...

    def count(self, kind: Kind | None = None) -> int:
        """How many documents there are."""
        ...

    def ids(self, kind: Kind | None = None) -> Iterator[str]:
        """The ids of all documents, in their order."""
        ...

    def version(self) -> str:
        """A name for what the index holds; another one after every commit, in every process.

        Whoever fills the index notes it beside what was filled in: a version other than the noted
        one (after a crash of the machine, say) means that the index has to be rebuilt.
        """
        ...
