"""What would change if a donor took one limit of an offer away, or an organisation one of its own.

For a donor three numbers, each a part of the one before; others' offers count in them only by what
those say in public, so that no offer that it cannot read shows. For an organisation the donors
whose offers would fit. Counted for everybody who may be told, once a day.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from registry.services.reach.count_reach import Counted
from registry.services.reach.day_book import DayBook, Pulse
from registry.services.reach.limits import limits_of, limits_of_needs
from registry.services.reach.tally import MEASURES, key_of, relaxed_key
from registry.services.reach.who_counts import WhoCounts
from search.matching.bulk.relaxing import Rival


def count_relaxed(
    counted: Counted, day: DayBook, who: WhoCounts, verified: frozenset[str], pulse: Pulse
) -> None:
    """Add to a count what relaxing would change, for verified donors and for organisations."""
    own: dict[str, list[str]] = defaultdict(list)
    for offer_id in day.places.keys() & who.told.keys():
        own[who.told[offer_id]].append(offer_id)
    for donor_id in own.keys() & verified:
        for offer_id in own[donor_id]:
            _count_offer(counted, day, offer_id, list(_rivals(day, offer_id, own[donor_id])), pulse)
    _count_needs(counted, day, who, pulse)


def _rivals(day: DayBook, offer_id: str, own: list[str]) -> Iterable[Rival]:
    """Yield the donor's own other offers, and the public ones of others as the public sees them."""
    yield from ((day.field, day.places[each]) for each in own if each != offer_id)
    for place, each in day.public.book.offer_ids.items():
        if day.donors.get(each) != day.donors[offer_id]:
            yield day.public, place


def _count_offer(
    counted: Counted, day: DayBook, offer_id: str, rivals: list[Rival], pulse: Pulse
) -> None:
    place, tally = day.places[offer_id], counted.donors[day.donors[offer_id]]
    for code in limits_of(day.field.book.giving.facts[place]):
        pulse()
        gain = day.relaxing.count(place, code, rivals)
        for measure in MEASURES:
            crowd = tally.relaxed[relaxed_key(offer_id, code, measure)]
            for need in getattr(gain, measure).tolist():
                crowd.add(day.parties[need])


def _count_needs(counted: Counted, day: DayBook, who: WhoCounts, pulse: Pulse) -> None:
    """Count per need and rule the donors that would come in, apart for offers in sight."""
    for code in limits_of_needs():
        pulse()
        hidden, in_sight = (_count_donors(day, who, code, seen=seen) for seen in (False, True))
        for need in np.flatnonzero(hidden + in_sight).tolist():
            tally, key = counted.organisations[day.owners[need]], key_of(day.need_ids[need], code)
            tally.limits[key], tally.limits_in_sight[key] = int(hidden[need]), int(in_sight[need])


def _count_donors(day: DayBook, who: WhoCounts, code: str, *, seen: bool) -> NDArray[np.int64]:
    found = np.zeros(len(day.owners), np.int64)
    offers = [each for each in day.places if (each in who.in_sight) is seen]
    for _, of_donor in groupby(sorted(offers, key=day.donors.__getitem__), day.donors.get):
        kept_away = [day.field.kept_away(day.places[each], code) for each in of_donor]
        found += np.logical_or.reduce(kept_away)
    return found
