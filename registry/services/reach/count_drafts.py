"""How many needs an offer would reach that is still being written.

Drafts are no part of any match, so they are judged here beside every open need, as if they were
open: by the terms that are stored when the day is counted, whatever is tried out during the day.
"""

from collections.abc import Callable, Iterator
from itertools import groupby, islice

import numpy as np
from sqlmodel import col, select

from registry.services.reach.count_reach import Counted
from registry.services.reach.day_book import DayBook
from registry.services.reach.who_counts import excludes_anybody
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.offers import Offer
from search.codes import OfferStatus

MOST_DRAFTS = 3
"""Drafts of one donor that are counted, the newest first."""


def count_drafts(
    session: RegistrySession,
    counted: Counted,
    day: DayBook,
    verified: frozenset[str],
    pulse: Callable[[], None] = lambda: None,
) -> None:
    """Add to a count what the drafts of verified donors would reach."""
    for offer, donor in _drafts(session, verified):
        pulse()
        reached, place = counted.donors[donor.id].offers[offer.id], day.add_offer(offer, donor)
        if place is not None:
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
