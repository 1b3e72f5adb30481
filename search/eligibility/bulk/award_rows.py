"""Awards of one offer for all needs as rows of bits, by order of size instead of one by one.

What a need asks for, converted into an offer's denomination, is sorted once; the needs that an
offer's bounds refuse are then rows that lie ready. Needs that are asked otherwise beside this
offer (a part of a group, a capped category, amounts too large) are measured one by one.
"""

from collections.abc import Callable

import numpy as np

from search.eligibility.bulk.amounts import NeedAmounts, OfferAmounts
from search.eligibility.bulk.awards import EVERYTHING, AwardColumns
from search.eligibility.bulk.bits import Flags, Places, Row, pack, places_in, row_of, unpack
from search.eligibility.bulk.ranges import RangeIndex
from search.eligibility.bulk.tables import NOT_MET, OPEN

Rows = tuple[Row | None, Row | None]
"""Where a rule is not met, and where it needs information; None for nowhere."""
MOST_KEPT = 256
MOST_VIEWS = 4


class View:
    """All needs as an offer sees them that takes all items.

    It pays in one denomination for so many months (-1: as many as are needed). Where it pays for
    fewer months than a need covers, the share for those counts as what is asked for.
    """

    def __init__(
        self, awards: AwardColumns, alive: Row, family: int, denomination: int, months: int
    ) -> None:
        every, words = np.arange(len(alive) * 64), len(alive)
        found = awards.measure_in(every, family, denomination, EVERYTHING)
        share, is_longer = awards.share(every, months, found)
        most = np.where(is_longer, share, found.asked)
        fits = found.fits & unpack(alive)
        asks, minds = fits & found.knows_asked, fits & found.knows_minimum
        hopeless = (most <= 0) | (found.knows_minimum & (found.minimum > most))
        is_in_doubt = asks & ~found.knows_minimum
        opens = found.lacks_rate | ~found.knows_asked | (is_in_doubt & is_longer)
        self.most = RangeIndex(most, asks, words)
        self.minimum = RangeIndex(found.minimum, minds, words)
        self.fails: Row = pack(~found.fits | (found.knows_asked & hopeless), words) & alive
        self.opens: Row = pack(opens, words) & alive
        self.minds = pack(minds, words)
        self.is_in_doubt = pack(is_in_doubt, words)
        self.is_vast: Row = pack(found.is_vast, words) & alive


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
        self._views: dict[tuple[int, int, int], View] = {}
        self._kept: dict[tuple[str, int | bytes], Row] = {}
        self._broken_down = places_in(alive)[needs.of["is_broken_down"][places_in(alive)]]

    def rows(self, offer: int) -> Rows:
        """Return where no award is possible beside an offer, and where that is not known."""
        of = self._offers.of
        least, highest = int(of["least"][offer]), int(of["highest"][offer])
        is_vast = bool(of["is_vast"][offer])
        if not is_vast and (highest <= 0 or least > highest):
            return self._alive, None
        view = self._view(offer)
        fails: Row = view.fails | (view.minds & ~view.minimum.up_to(highest))
        if least > 0:
            fails |= view.most.below(least)
        opens: Row = (view.opens | (view.is_in_doubt & ~view.most.up_to(highest))) & ~fails
        apart: Row = self._alive if is_vast else self._find_apart(offer, view)
        return self._correct(offer, fails, opens, apart)

    def _correct(self, offer: int, fails: Row, opens: Row, apart: Row) -> Rows:
        """Judge the needs that stand apart one by one."""
        places = places_in(apart)
        if len(places):
            outcomes = self._awards.judge(places, offer, self._check)
            fails &= ~apart
            opens &= ~apart
            fails |= row_of(places[outcomes == NOT_MET], len(apart))
            opens |= row_of(places[outcomes == OPEN], len(apart))
        return fails, opens if opens.any() else None

    def _view(self, offer: int) -> View:
        names = ("family", "denomination", "months")
        family, denomination, months = (int(self._offers.of[name][offer]) for name in names)
        key = (family, denomination, months)
        if key not in self._views:
            if len(self._views) >= MOST_VIEWS:
                self._views.clear()
            self._views[key] = View(self._awards, self._alive, *key)
        return self._views[key]

    def _find_apart(self, offer: int, view: View) -> Row:
        taken = int(self._offers.of["taken"][offer])
        apart: Row = view.is_vast | self._keep("taken", taken, lambda: self._find_in_part(taken))
        capped = self._offers.is_capped(offer)
        if capped.any():
            apart |= self._keep("caps", capped.tobytes(), lambda: self._find_capped(capped))
        return apart

    def _find_in_part(self, taken: int) -> Places:
        return self._broken_down[self._awards.find_in_part(self._broken_down, taken)]

    def _find_capped(self, capped: Flags) -> Places:
        places = places_in(self._alive)
        return places[capped[self._needs.of["category"][places]]]

    def _keep(self, kind: str, key: int | bytes, find: Callable[[], Places]) -> Row:
        """Return a row that depends on this key alone; too many of them are found anew."""
        if (kind, key) not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[kind, key] = row_of(find(), len(self._alive))
        return self._kept[kind, key]
