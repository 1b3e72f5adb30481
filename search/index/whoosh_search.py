"""Answering a keyed query from segments.

Whoosh keeps the postings; scores are added up here, because its own collectors cannot page by
(score, id) and visit every document once per filter and facet.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from heapq import nsmallest
from operator import and_
from typing import NamedTuple

from search.index.keyed_documents import (
    Found,
    KeyedQuery,
    Place,
    rank_amount,
    rank_urgency,
    weigh,
)
from search.index.protocol import Filter, Sort, TextField
from search.index.scoring import (
    DECIMALS,
    FIELD_WEIGHTS,
    K1,
    TYPICAL_LENGTHS,
    inverse_frequency,
    length_norm,
)
from search.index.whoosh_segment import Segment, bits_of, flags_of

_Hit = tuple[Place, float, int]


class _Scores(NamedTuple):
    """Per document that met a word: its score, and how many words it met."""

    score: dict[int, float]
    met: dict[int, int]


def find(query: KeyedQuery, segments: Sequence[Segment]) -> Found:
    """The hits of a query over all segments."""
    weights = _Weights(query, segments)
    total = 0
    following: list[_Hit] = []
    facets: dict[Filter, dict[str, int]] = {name: {} for name in query.facets}
    for segment in segments:
        scores = _score(query, segment, weights) if query.words else None
        base = _base_bits(query, segment, scores)
        filters = {
            name: segment.holding(name.value, accepted) for name, accepted in query.filters.items()
        }
        hits = reduce(and_, filters.values(), base)
        total += hits.bit_count()
        _count_facets(facets, segment, base, filters)
        following += _first(query, _hits(query, segment, hits, scores))
    return Found(tuple(_first(query, following)), total, facets)


class _Weights:
    """Inverse frequencies of terms and average lengths of fields.

    They depend on the whole index where the asker may find all of it, and else on nothing.
    """

    def __init__(self, query: KeyedQuery, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._query = query
        self._documents = sum(segment.contents.size for segment in segments)
        self.average = self._averages() if query.access is None else TYPICAL_LENGTHS
        self._holding: dict[tuple[TextField, str], dict[Segment, int]] = {
            (name, term): self._count(name, term)
            for word in query.words
            for term in word
            for name in TextField
        }

    def inverse(self, name: TextField, term: str) -> float:
        """How telling the term is, and how surely it is what was asked for."""
        if self._query.access is not None:
            return weigh(term, self._query)
        holding = sum(self._holding[name, term].values())
        return inverse_frequency(self._documents, holding) * weigh(term, self._query)

    def _averages(self) -> dict[TextField, float]:
        return {
            name: sum(segment.reader.field_length(name.value) for segment in self._segments)
            / max(self._documents, 1)
            for name in TextField
        }

    def are_in(self, segment: Segment, name: TextField, term: str) -> bool:
        """Whether a document of the segment holds the term in the field."""
        return segment in self._holding[name, term]

    def _count(self, name: TextField, term: str) -> dict[Segment, int]:
        counts = ((segment, segment.frequency(name, term)) for segment in self._segments)
        return {segment: count for segment, count in counts if count}


def _score(query: KeyedQuery, segment: Segment, weights: _Weights) -> _Scores:
    score: dict[int, float] = {}
    met: dict[int, int] = {}
    for word in query.words:
        for number, best in _score_word(word, segment, weights).items():
            score[number] = score.get(number, 0.0) + best
            met[number] = met.get(number, 0) + 1
    return _Scores(score, met)


def _score_word(word: tuple[str, ...], segment: Segment, weights: _Weights) -> dict[int, float]:
    """Per document the score of the best of a word's terms."""
    best: dict[int, float] = {}
    for term in word:
        of_term: dict[int, float] = {}
        for name in FIELD_WEIGHTS:
            if weights.are_in(segment, name, term):
                _add_postings(of_term, segment, name, term, weights)
        if not best:
            best = of_term
        else:
            for number, score in of_term.items():
                if score > best.get(number, 0.0):
                    best[number] = score
    return best


def _add_postings(
    scores: dict[int, float], segment: Segment, name: TextField, term: str, weights: _Weights
) -> None:
    """Add the weighted term score of scoring.py for every document that holds the term.

    This loop is most of a search's time, so the formula is written out in it.
    """
    postings = segment.postings(name, term)
    lengths = segment.contents.lengths(name)
    norms: dict[int, float] = {}
    average = weights.average[name]
    factor = FIELD_WEIGHTS[name] * weights.inverse(name, term) * (K1 + 1)
    while postings.is_active():
        number = postings.id()
        frequency = postings.weight()
        length = lengths[number]
        norm = norms.get(length)
        if norm is None:
            norm = norms[length] = length_norm(length, average)
        scores[number] = scores.get(number, 0.0) + factor * frequency / (frequency + norm)
        postings.next()


def _base_bits(query: KeyedQuery, segment: Segment, scores: _Scores | None) -> int:
    """The documents that all but the filters let pass."""
    bits = segment.of_kind(query.kind.value)
    if scores is not None:
        bits &= bits_of(scores.score, segment.contents.size)
    if query.amount_from is not None or query.amount_to is not None:
        bits &= segment.contents.amount_bits(query.amount_from, query.amount_to)
    if query.access is not None:
        readable = segment.holding(Filter.READERS.value, query.access.readers)
        bits &= readable | segment.holding(Filter.OWNER.value, query.access.owners)
    return bits


def _count_facets(
    facets: dict[Filter, dict[str, int]], segment: Segment, base: int, filters: dict[Filter, int]
) -> None:
    for name, counts in facets.items():
        others = (bits for other, bits in filters.items() if other is not name)
        narrowed = reduce(and_, others, base)
        for value in segment.contents.values(name.value) if narrowed else ():
            holding = (narrowed & segment.contents.bits(name.value, value)).bit_count()
            if holding:
                counts[value] = counts.get(value, 0) + holding


def _hits(query: KeyedQuery, segment: Segment, hits: int, scores: _Scores | None) -> Iterator[_Hit]:
    """The hits that come after the place where the page before ended."""
    flags = flags_of(hits, segment.contents.size)
    candidates = (
        scores.score if scores else (number for number, flag in enumerate(flags) if flag == "1")
    )
    after = (query.after.rank, query.after.id) if query.after else None
    ids = segment.contents.ids
    for number in candidates:
        if flags[number] != "1":
            continue
        score = round(scores.score[number], DECIMALS) if scores else 0.0
        rank = _rank(query.sort, segment, number, score)
        if after is None or (rank, ids[number]) > after:
            yield Place(rank, ids[number]), score, scores.met[number] if scores else 0


def _rank(sort: Sort, segment: Segment, number: int, score: float) -> float:
    if sort is Sort.RELEVANCE:
        return -score
    if sort is Sort.MOST_URGENT:
        name = Filter.URGENCY.value
        held = (
            value
            for value in segment.contents.values(name)
            if segment.contents.bits(name, value) >> number & 1
        )
        return rank_urgency(held)
    return rank_amount(segment.contents.amounts[number], sort)


def _first(query: KeyedQuery, hits: Iterable[_Hit]) -> list[_Hit]:
    return nsmallest(query.limit + 1, hits, key=lambda hit: (hit[0].rank, hit[0].id))
