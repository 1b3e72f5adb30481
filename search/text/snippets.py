"""Pieces of a text around the words that were asked for, with these marked.

Made from decrypted text that the reader was already found to be allowed to read.
"""

from collections.abc import Collection
from typing import NamedTuple

from search.text.analysis import words_with_terms

LONGEST_SNIPPET = 240
"""Characters, the marks of omission not counted."""
OMISSION = "…"


class Segment(NamedTuple):
    """A piece of plain text and whether it is one of the words that were asked for."""

    text: str
    marked: bool


def snippets(
    text: str,
    query_terms: Collection[str],
    language: str | None = None,
    *,
    longest: int = LONGEST_SNIPPET,
) -> list[Segment]:
    """The stretch of the text that holds most of the asked words, cut at words, as segments.

    Joined, the segments are a part of the text (with "…" where something was left out); they are
    text, never markup, and have to be escaped as such. Without a match: how the text begins.
    `query_terms` are plain terms, as of `read_query(...)[n].terms`.
    """
    spans, boundaries = _read(text, frozenset(query_terms), language)
    start, end = _stretch(text, spans, boundaries, longest)
    segments = _mark(
        text, [span for span in spans if start <= span[0] and span[1] <= end], start, end
    )
    before = [Segment(OMISSION, marked=False)] if start else []
    after = [Segment(OMISSION, marked=False)] if end < len(text.rstrip()) else []
    return before + segments + after


def _read(
    text: str, query_terms: frozenset[str], language: str | None
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where the matching words stand, and where all words stand."""
    matching, every = [], []
    for word, found in words_with_terms(text, language):
        every.append((word.start, word.end))
        if not query_terms.isdisjoint(found):
            matching.append((word.start, word.end))
    return matching, every


def _stretch(
    text: str, spans: list[tuple[int, int]], words: list[tuple[int, int]], longest: int
) -> tuple[int, int]:
    if len(text) <= longest:
        return 0, len(text)
    first, last = _densest(spans, longest) if spans else (0, 0)
    # A third of what is left over goes before the first match: a sentence needs its beginning.
    wanted = max(0, first - max(0, longest - (last - first)) // 3)
    start = next((begin for begin, _ in words if begin >= wanted), wanted) if wanted else 0
    start = min(start, first) if spans else start
    ends = [finish for _, finish in words if start < finish <= start + longest]
    end = max(ends, default=min(len(text), start + longest))
    return start, len(text) if end == words[-1][1] and len(text) - start <= longest else end


def _densest(spans: list[tuple[int, int]], longest: int) -> tuple[int, int]:
    """Start and end of the most matches that fit into the length; the first such stretch."""
    best, best_count, left = spans[0], 0, 0
    for right, (_, end) in enumerate(spans):
        while left < right and end - spans[left][0] > longest:
            left += 1
        if right - left + 1 > best_count:
            best, best_count = (spans[left][0], end), right - left + 1
    return best


def _mark(text: str, spans: list[tuple[int, int]], start: int, end: int) -> list[Segment]:
    segments, at = [], start
    for begin, finish in spans:
        segments += [
            Segment(text[at:begin], marked=False),
            Segment(text[begin:finish], marked=True),
        ]
        at = finish
    segments.append(Segment(text[at:end], marked=False))
    return [segment for segment in segments if segment.text]
