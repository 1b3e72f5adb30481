"""How many needs an offer would reach that is still being written.

Drafts are no part of any match, so they are judged here beside every open need, as if they were
open: by the terms that are stored when the day is counted, whatever is tried out during the day.
"""

from collections.abc import Callable, Iterator
from itertools import groupby, islice

from sqlmodel import col, select

from registry.domain.errors import KeyGoneError
from registry.services.matches.match_run import MatchRun
from registry.services.reach.count_reach import Counted
from registry.services.reach.store_reach import verified_donors
from registry.services.reach.who_counts import excludes_anybody, trusted_organisations
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import OfferStatus, PairOutcome
from search.eligibility.engine import assess_pair

MOST_DRAFTS = 3
"""Drafts of one donor that are counted, the newest first."""


def count_drafts(
    session: RegistrySession, counted: Counted, pulse: Callable[[], None] = lambda: None
) -> None:
    """Add to a count what the drafts of verified donors would reach."""
    drafts = list(_drafts(session))
    if not drafts:
        return
    run, trusted = MatchRun(session, pulse), trusted_organisations(session)
    needs = [each for each in run.needs if each[1].id in trusted]
    for offer in drafts:
        donor = session.get_one(Donor, offer.donor_id)
        reached = counted.donors[donor.id].offers[offer.id]
        for need, organisation in needs:
            pulse()
            if _fits(run, need, organisation, offer, donor):
                reached.add(trusted[organisation.id])


def _drafts(session: RegistrySession) -> Iterator[Offer]:
    """Yield the drafts to count, taken out of the session, as if they were open."""
    statement = (
        select(Offer)
        .where(
            col(Offer.status) == OfferStatus.DRAFT,
            col(Offer.donor_id).in_(verified_donors(session)),
        )
        .order_by(col(Offer.donor_id), col(Offer.created_on).desc(), col(Offer.id))
    )
    for _, drafts in groupby(session.exec(statement).all(), lambda offer: offer.donor_id):
        telling = (offer for offer in drafts if not excludes_anybody(session, offer))
        for offer in islice(telling, MOST_DRAFTS):
            session.expunge(offer)
            offer.status = OfferStatus.OPEN
            yield offer


def _fits(
    run: MatchRun, need: Need, organisation: Organisation, offer: Offer, donor: Donor
) -> bool:
    try:
        if not run.may_fit(need, organisation, offer, donor):
            return False
        pair = run.pair_of(need, organisation, offer, donor)
    except KeyGoneError:
        return False  # one of the two deleted itself; the rows follow
    return assess_pair(pair).outcome is PairOutcome.ELIGIBLE
