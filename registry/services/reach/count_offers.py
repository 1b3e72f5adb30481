"""How many needs an offer reaches, or would reach that is still being written.

All are judged beside every open need, whatever was proposed: of long lists only the best pairs
are. Drafts are judged as if they were open, by the terms that are stored when the day is counted,
whatever is tried out during the day.
"""

from collections.abc import Iterator
from itertools import groupby, islice

import numpy as np
from sqlmodel import col, select

from registry.services.reach.count_reach import Counted
from registry.services.reach.day_book import DayBook, Pulse
from registry.services.reach.who_counts import WhoCounts, excludes_anybody
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.offers import Offer
from search.codes import OfferStatus

MOST_DRAFTS = 3
"""Drafts of one donor that are counted, the newest first."""


def count_offers(counted: Counted, day: DayBook, who: WhoCounts, pulse: Pulse) -> None:
    """Add to a count what the open offers reach of which numbers are told."""
    for offer_id, place in day.places.items():
        pulse()
        if offer_id in who.told:
            _count(counted, day, (offer_id, who.told[offer_id]), place)


def count_drafts(
    session: RegistrySession,
    counted: Counted,
    day: DayBook,
    verified: frozenset[str],
    pulse: Pulse,
) -> None:
    """Add to a count what the drafts of verified donors would reach."""
    for offer, donor in _drafts(session, verified):
        pulse()
        place = day.add_offer(offer, donor)
        if place is not None:
            _count(counted, day, (offer.id, donor.id), place)


def _count(counted: Counted, day: DayBook, of: tuple[str, str], place: int) -> None:
    offer_id, donor_id = of
    reached = counted.donors[donor_id].offers[offer_id]  # there, so that none is told as none
    for need in np.flatnonzero(day.field.eligible(place)).tolist():
        reached.add(day.parties[need])


def _drafts(session: RegistrySession, verified: frozenset[str]) -> Iterator[tuple[Offer, Donor]]:
    statement = (
        select(Offer, Donor)
        .join(Donor, col(Donor.id) == col(Offer.donor_id))
        .where(col(Offer.status) == OfferStatus.DRAFT, col(Donor.id).in_(verified))
        .order_by(col(Donor.id), col(Offer.created_on).desc(), col(Offer.id))
    )
    for _, drafts in groupby(session.exec(statement).all(), lambda each: each[1].id):
        telling = (each for each in drafts if not excludes_anybody(session, each[0]))
        yield from islice(telling, MOST_DRAFTS)
