"""Awards of one offer for all needs as rows of bits, by order of size instead of one by one.

What a need asks for, converted into an offer's denomination, is sorted once; the needs that an
offer's bounds refuse are then rows that lie ready. Needs with a share or a limit of their own
beside this offer (part of a group, fewer months, a capped category) are measured one by one.
"""

from collections.abc import Callable

import numpy as np

from search.eligibility.bulk.amounts import NeedAmounts, OfferAmounts
from search.eligibility.bulk.awards import EVERYTHING, AwardColumns
from search.eligibility.bulk.bits import Flags, Places, Row, pack, places_in, row_of, unpack
from search.eligibility.bulk.ranges import RangeIndex
from search.eligibility.bulk.tables import NOT_MET, OPEN, Outcomes

Rows = tuple[Row | None, Row | None]
"""Where a rule is not met, and where it needs information; None for nowhere."""
MOST_KEPT = 256


class View:
    """All needs as an offer sees them that pays in one denomination and takes all items."""

    def __init__(self, awards: AwardColumns, alive: Row, family: int, denomination: int) -> None:
        every = np.arange(len(alive) * 64)
        found = awards.measure_in(every, family, denomination, EVERYTHING)
        words = len(alive)
        fits = found.fits & unpack(alive)
        asks, minds = fits & found.knows_asked, fits & found.knows_minimum
        self.asked = RangeIndex(found.asked, asks, words)
        self.minimum = RangeIndex(found.minimum, minds, words)
        hopeless = (found.asked <= 0) | (found.knows_minimum & (found.minimum > found.asked))
        self.fails = pack(~found.fits | (found.knows_asked & hopeless), words) & alive
        self.opens = pack(found.lacks_rate | ~found.knows_asked, words) & alive
        self.minds = pack(minds, words) & alive
        self.may_be_less = pack(asks & ~found.knows_minimum, words) & alive
        self.is_vast = pack(found.is_vast, words) & alive
        self.found = found


class AwardRows:
    """The rows of `amount_within_range`, offer by offer, for the needs as they stand."""

    def __init__(
        self,
        awards: AwardColumns,
        needs: NeedAmounts,
        offers: OfferAmounts,
        alive: Row,
        check: Callable[[int, int], int],
    ) -> None:
        self._awards, self._needs, self._offers = awards, needs, offers
        self._alive, self._check = alive, check
        self._views: dict[tuple[int, int], View] = {}
        self._kept: dict[tuple[str, int | bytes], Row] = {}

    def rows(self, offer: int, wanted: Row) -> Rows:
        """Judge all needs beside an offer; only the bits of `wanted` needs can be relied on."""
        of = self._offers.of
        least, highest = int(of["least"][offer]), int(of["highest"][offer])
        is_vast = bool(of["is_vast"][offer])
        if not is_vast and (highest <= 0 or least > highest):
            return self._alive, None
        view = self._view(offer)
        fails: Row = view.fails | (view.minds & ~view.minimum.up_to(highest))
        if least > 0:
            fails |= view.asked.below(least)
        opens: Row = (view.opens | (view.may_be_less & ~view.asked.up_to(highest))) & ~fails
        apart: Row = self._alive if is_vast else self._find_apart(offer, view)
        return self._correct(offer, fails, opens, apart & wanted)

    def _correct(self, offer: int, fails: Row, opens: Row, apart: Row) -> Rows:
        """Judge the needs that stand apart one by one."""
        places = places_in(apart)
        if len(places):
            outcomes = self.outcomes_at(offer, places)
            fails &= ~apart
            opens &= ~apart
            fails |= row_of(places[outcomes == NOT_MET], len(apart))
            opens |= row_of(places[outcomes == OPEN], len(apart))
        return fails, opens

    def outcomes_at(self, offer: int, places: Places) -> Outcomes:
        """Judge the needs at these places beside an offer, one by one."""
        asked = self._view(offer).found.at(places)
        in_part = np.flatnonzero(self._awards.find_in_part(places, self._offers.of["taken"][offer]))
        if len(in_part):
            asked.put(in_part, self._awards.measure(places[in_part], offer))
        return self._awards.weigh(places, offer, asked, self._check)

    def _view(self, offer: int) -> View:
        of = self._offers.of
        family, denomination = int(of["family"][offer]), int(of["denomination"][offer])
        if (family, denomination) not in self._views:
            view = View(self._awards, self._alive, family, denomination)
            self._views[family, denomination] = view
        return self._views[family, denomination]

    def _find_apart(self, offer: int, view: View) -> Row:
        of = self._offers.of
        taken, months = int(of["taken"][offer]), int(of["months"][offer])
        apart = view.is_vast | self._keep("taken", taken, lambda: self._find_in_part(taken))
        if months >= 0:
            longer = self._keep("months", months, lambda: self._needs.of["months"] > months)
            apart |= longer
        capped = self._offers.is_capped(offer)
        if capped.any():
            apart |= self._keep("caps", capped.tobytes(), lambda: capped[self._categories()])
        return apart

    def _find_in_part(self, taken: int) -> Flags:
        flags = np.zeros(len(self._alive) * 64, dtype=np.bool_)
        places = self._broken_down()
        flags[places[self._awards.find_in_part(places, taken)]] = True
        return flags

    def _broken_down(self) -> Places:
        row = self._keep("groups", 0, lambda: self._needs.of["is_broken_down"])
        return places_in(row)

    def _categories(self) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
        categories: np.ndarray[tuple[int], np.dtype[np.int16]] = self._needs.of["category"]
        return categories

    def _keep(self, kind: str, key: int | bytes, find: Callable[[], Flags]) -> Row:
        """Return a row that depends on this key alone; the rows of rare keys are found anew."""
        if (kind, key) not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            words = len(self._alive)
            self._kept[kind, key] = pack(find()[: words * 64], words) & self._alive
        return self._kept[kind, key]
