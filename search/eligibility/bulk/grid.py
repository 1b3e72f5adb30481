"""All needs beside all offers: who is eligible, where it is open, and which rules stand in the way.

Two bits are kept of a pair; which rules it fails is worked out when asked for, offer by offer, so
that a hundred million pairs take no more than 25 MB.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from search.codes import Outcome, PairOutcome
from search.eligibility.bulk.bits import Places, Row, count, empty_row, is_on, places_in, unpack
from search.eligibility.bulk.judging import Judging
from search.eligibility.bulk.sides import Asking, Giving
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Settings

Mask = NDArray[np.uint32]
"""Per need the rules that hold of it: bit `i` stands for the rule `codes[i]` of the grid."""
MOST_RULES = 32


class GridOutdated(RuntimeError):  # noqa: N818 - named as what happened to the grid
    """The sides have changed since they were judged; judge them again."""


def judge_all(
    asking: Sequence[tuple[NeedFacts, OrganisationFacts]],
    offers: Sequence[OfferFacts],
    on: date,
    settings: Settings | None = None,
    *,
    left_out: Sequence[Collection[str]] | None = None,
) -> "Grid":
    """Judge every need beside every offer on a day (UTC).

    Need `i` and offer `j` of the grid are those of the sequences. `left_out` names per offer the
    rules that its programme does not apply. Raises ValueError for a rule that is never left out.
    """
    needs = Asking(settings)
    for need, organisation in asking:
        needs.add(need, organisation)
    giving = Giving(needs)
    for offer, codes in zip(offers, left_out or [()] * len(offers), strict=True):
        giving.add(offer, codes)
    return judge_grid(Judging(needs, giving, on))


def judge_grid(judging: Judging) -> "Grid":
    """Judge every need beside every offer as the two sides stand now."""
    shape = (judging.giving.places.many, judging.asking.places.words)
    eligible, opens = np.zeros(shape, dtype=np.uint64), np.zeros(shape, dtype=np.uint64)
    for offer in judging.offers():
        eligible[offer], opens[offer] = judging.judge_offer(offer, among_many=True)
    return Grid(judging, eligible, opens)


class Grid:
    """The outcome of every pair. Needs and offers are named by their places.

    Rows are packed: bit `i % 64` of word `i // 64` stands for need `i` (see `bits.places_in`).
    """

    def __init__(
        self, judging: Judging, eligible: NDArray[np.uint64], opens: NDArray[np.uint64]
    ) -> None:
        self.judging = judging
        self._eligible, self._open = eligible, opens
        self._alive = judging.asking.alive.copy()
        self._versions = (judging.asking.version, judging.giving.version)
        self.codes = judging.codes
        self.needs = judging.asking.places.many
        self.offers = judging.giving.places.many
        if len(self.codes) > MOST_RULES:
            raise ValueError(f"A mask holds {MOST_RULES} rules; widen it for {len(self.codes)}.")

    def eligible(self, offer: int) -> Row:
        """Return the needs that every rule lets pass."""
        row: Row = self._eligible[offer]
        return row

    def open(self, offer: int) -> Row:
        """Return the needs that no rule refuses, and some rule needs information about."""
        row: Row = self._open[offer]
        return row

    def refused(self, offer: int) -> Row:
        """Return the needs that some rule refuses."""
        return self._alive & ~(self.eligible(offer) | self.open(offer))

    def eligible_needs(self, offer: int) -> Places:
        """Return the places of the eligible needs, ascending."""
        return places_in(self._eligible[offer])

    def open_needs(self, offer: int) -> Places:
        """Return the places of the needs that are still open, ascending."""
        return places_in(self._open[offer])

    def outcome(self, need: int, offer: int) -> PairOutcome:
        """Return what all rules together say of a pair."""
        if is_on(self._eligible[offer], need):
            return PairOutcome.ELIGIBLE
        if is_on(self._open[offer], need):
            return PairOutcome.NEEDS_INFORMATION
        return PairOutcome.NOT_ELIGIBLE

    def rule_outcome(self, need: int, offer: int, code: str) -> Outcome:
        """Return what one rule says of a pair; a rule left out says that it is not in force."""
        self._check_versions()
        counts = code in self.judging.in_force
        if not counts or code in self.judging.giving.left_out[offer]:
            return Outcome.NOT_IN_FORCE
        fails, opens = self.judging.rows_of(code, offer)
        if _is_set(fails, need):
            return Outcome.NOT_MET
        return Outcome.NEEDS_INFORMATION if _is_set(opens, need) else Outcome.MET

    def failed_rules(self, need: int, offer: int) -> tuple[str, ...]:
        """Return the codes of the rules that refuse a pair, in the order of the catalogue."""
        return tuple(code for code, row in self._failing(offer) if is_on(row, need))

    def open_rules(self, need: int, offer: int) -> tuple[str, ...]:
        """Return the codes of the rules that need information about a pair."""
        return tuple(code for code, row in self._opening(offer) if is_on(row, need))

    def fail_mask(self, offer: int) -> Mask:
        """Return for every need the rules that refuse it."""
        return self._mask(self._failing(offer))

    def open_mask(self, offer: int) -> Mask:
        """Return for every need the rules that need information about it."""
        return self._mask(self._opening(offer))

    def fails_only(self, offer: int, code: str) -> Places:
        """Return the needs that one rule alone refuses, ascending."""
        once, rows = self._refused_once(offer)
        row = rows.get(code)
        return places_in(empty_row(len(once)) if row is None else once & row)

    def count_eligible(self) -> NDArray[np.int64]:
        """Count the eligible needs of every offer."""
        return np.array([count(row) for row in self._eligible], dtype=np.int64)

    def count_open(self) -> NDArray[np.int64]:
        """Count the open needs of every offer."""
        return np.array([count(row) for row in self._open], dtype=np.int64)

    def count_fails(self) -> NDArray[np.int64]:
        """Count per offer and rule the needs that the rule refuses, alone or with others."""
        return self._count(only=False)

    def count_fails_only(self) -> NDArray[np.int64]:
        """Count per offer and rule the needs that this rule alone refuses."""
        return self._count(only=True)

    def _count(self, *, only: bool) -> NDArray[np.int64]:
        counts = np.zeros((self.offers, len(self.codes)), dtype=np.int64)
        columns = {code: place for place, code in enumerate(self.codes)}
        for offer in self.judging.offers():
            once, rows = self._refused_once(offer)
            for code, row in rows.items():
                counts[offer, columns[code]] = count(once & row if only else row)
        return counts

    def _refused_once(self, offer: int) -> tuple[Row, dict[str, Row]]:
        """Return the needs that just one rule refuses, and the row of every rule that refuses."""
        rows = dict(self._failing(offer))
        once, twice = empty_row(len(self._alive)), empty_row(len(self._alive))
        for row in rows.values():
            twice |= once & row
            once |= row
        return once & ~twice, rows

    def _failing(self, offer: int) -> Iterator[tuple[str, Row]]:
        return self._rows(offer, 0)

    def _opening(self, offer: int) -> Iterator[tuple[str, Row]]:
        return self._rows(offer, 1)

    def _rows(self, offer: int, side: int) -> Iterator[tuple[str, Row]]:
        self._check_versions()
        for code in self.codes:
            row = self.judging.rows_of(code, offer)[side]
            if row is not None:
                yield code, row

    def _mask(self, rows: Iterator[tuple[str, Row]]) -> Mask:
        mask = np.zeros(len(self._alive) * 64, dtype=np.uint32)
        for code, row in rows:
            bit = np.uint32(1 << self.codes.index(code))
            mask |= unpack(row) * bit
        return mask[: self.needs]

    def _check_versions(self) -> None:
        now = (self.judging.asking.version, self.judging.giving.version)
        if now != self._versions:
            raise GridOutdated("Needs or offers have changed since; judge them again.")


def _is_set(row: Row | None, place: int) -> bool:
    return row is not None and is_on(row, place)
