"""Documents and queries for the tests of an index."""

import itertools

from search.index.protocol import Document, Filter, Kind, Query, Text, TextField

KEY = bytes(range(32))

_numbers = itertools.count(1)


def need(
    title="", summary="", *, language=None, number=None, kind=Kind.NEED, amount=None, **values
):
    texts = {TextField.TITLE: Text(title, language), TextField.SUMMARY: Text(summary, language)}
    held = {
        Filter(name): frozenset([value] if isinstance(value, str) else value)
        for name, value in values.items()
    }
    number = next(_numbers) if number is None else number
    return Document(kind, f"{number:032x}", texts, held, amount)


def asked(text="", *, kind=Kind.NEED, **rest):
    return Query(kind, text, **rest)


def accept(**values):
    return {
        Filter(name): frozenset([value] if isinstance(value, str) else value)
        for name, value in values.items()
    }


def ids_of(page):
    return [hit.id for hit in page.hits]
