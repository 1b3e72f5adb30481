"""Searching needs and offers: the index gives ids, the database gives truth and permission.

What an actor may not see is left out in the index already, so that totals and counts tell
nothing of it, and once more by what the database says now.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from registry.domain.errors import FieldProblem, RecordRefusedError, SearchUnavailableError
from registry.identity.actor import Actor
from registry.services.index_documents import EVERYWHERE
from registry.services.paging import DEFAULT_LIMIT, check_limit
from registry.services.search_access import access_of, check_words, tells_count
from registry.services.search_lines import read_lines
from registry.storage.database import RegistrySession
from search.codes import is_group
from search.index.protocol import (
    CursorRefused,
    Filter,
    IndexUnavailable,
    Kind,
    Page,
    Query,
    Sort,
)
from search.text.query import QueryRefused, QueryWord, read_query

MOST_PAGES = 5
"""Pages of the index that one page of answers may take, where the index is behind."""

AMOUNTS = ("amount_from", "amount_to")
FILTERS = ("category", "country", "urgency", "status", *AMOUNTS)


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Some of what was found, best first.

    An item is the record's view with `score`, `matched` (how many of the query's `words` it
    meets) and, where the actor may read the text in a list, `snippets`: per field a list of
    `(text, marked)`. `facets`: filter -> value -> how many, as if that filter were not set.
    `total` and `facets` are in tens for everyone but officers, and but for one's own records.
    """

    items: list[dict[str, Any]]
    total: int
    words: int
    facets: dict[str, dict[str, int]]
    next_cursor: str | None
    mended: list[dict[str, Any]]
    """Per word that no list knows `{"written", "looked_for"}`: what was looked for as well.

    It comes from the open vocabulary and word lists, whatever the index holds.
    """


def search_records(
    session: RegistrySession,
    actor: Actor,
    kind: Kind,
    text: str = "",
    *,
    filters: Mapping[str, Any] | None = None,
    sort: Sort = Sort.RELEVANCE,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
    facets: Sequence[Filter] = (),
) -> SearchPage:
    """Find needs or offers by words and filters.

    Args:
        session: only read from.
        actor: decides what is found, and what of it is shown.
        kind: needs or offers.
        text: words, any of which may be met; empty finds all that the filters let through.
        filters: `category country urgency status` (a code or several), `amount_from amount_to`
            (hundredths of the base currency, both ends included).
        sort: by relevance where nothing is said.
        cursor: of the page before.
        limit: 1 to 100.
        facets: what to count by.

    Raises:
        NotAllowedError: a partner's key looks for words in needs without `needs:text`.
        RecordRefusedError: `q` cannot be looked for, or a limit or cursor that cannot be.
        SearchUnavailableError: the index is being rebuilt.
    """
    check_limit(limit)
    check_words(actor, kind, text)
    query = Query(
        kind=kind,
        text=text,
        filters=_filters(kind, filters or {}),
        access=access_of(session, actor, kind),
        sort=sort,
        cursor=cursor,
        limit=limit,
        facets=frozenset(facets),
        **{name: (filters or {}).get(name) for name in AMOUNTS},
    )
    words = _read_words(text)
    pages = _pages(session, actor, query, words)
    first, items = next(pages)
    following = first.next_cursor
    for page, more in pages:
        items += more
        following = page.next_cursor
    tell = partial(tells_count, query.access)
    return SearchPage(
        items,
        tell(first.total),
        first.words,
        _facets(first, tell),
        following,
        _mended_among(words),
    )


def _mended_among(words: Sequence[QueryWord]) -> list[dict[str, Any]]:
    return [
        {"written": word.written, "looked_for": list(word.mended)} for word in words if word.mended
    ]


def _pages(
    session: RegistrySession, actor: Actor, query: Query, words: Sequence[QueryWord]
) -> Iterator[tuple[Page, list[dict[str, Any]]]]:
    """Ask for page after page until what is shown fills one; mostly the first one does."""
    terms = frozenset(term for word in words for term in word.terms)
    missing = query.limit
    for _ in range(MOST_PAGES):
        page = _ask(session, query)
        items = read_lines(session, actor, query.kind, page.hits, terms)
        yield page, items
        missing -= len(items)
        if not missing or page.next_cursor is None:
            return
        query = replace(query, cursor=page.next_cursor, limit=missing, facets=frozenset())


def _facets(page: Page, tell: Callable[[int], int]) -> dict[str, dict[str, int]]:
    """Return the counts; offers that help everywhere count for every country that is named.

    A value of which nothing may be told is left out, as one that was not found is.
    """
    counts = {str(name): dict(values) for name, values in page.facets.items()}
    countries = counts.get(Filter.COUNTRY, {})
    everywhere = countries.pop(EVERYWHERE, 0)
    for country in countries:
        countries[country] += everywhere
    return {
        name: {value: told for value, count in values.items() if (told := tell(count))}
        for name, values in counts.items()
    }


def _ask(session: RegistrySession, query: Query) -> Page:
    try:
        return session.index.search(query)
    except QueryRefused as refused:
        raise RecordRefusedError([FieldProblem("q", refused.code)]) from refused
    except CursorRefused as refused:
        raise RecordRefusedError([FieldProblem("cursor", "bad_cursor")]) from refused
    except IndexUnavailable as unavailable:
        raise SearchUnavailableError from unavailable


def _read_words(text: str) -> tuple[QueryWord, ...]:
    try:
        return read_query(text)
    except QueryRefused as refused:
        raise RecordRefusedError([FieldProblem("q", refused.code)]) from refused


def _filters(kind: Kind, given: Mapping[str, Any]) -> dict[Filter, frozenset[str]]:
    """Return the filters as the index takes them; a whole group is a filter of its own."""
    wanted: dict[Filter, frozenset[str]] = {}
    for name in FILTERS:
        if name in AMOUNTS or not given.get(name):
            continue
        codes = frozenset([given[name]] if isinstance(given[name], str) else given[name])
        if name == "country" and kind is Kind.OFFER:
            codes |= {EVERYWHERE}
        if name == "category" and all(map(is_group, codes)):
            wanted[Filter.GROUP] = codes
        else:
            wanted[Filter(name)] = codes
    return wanted
