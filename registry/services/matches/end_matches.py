"""Ending matches whose need or offer is no longer there; what is not over goes on.

A match that ends here forgets which facts it was judged by, so that it is proposed anew when
need and offer are there again.
"""

from sqlmodel import col, select

from registry.identity.permissions import is_in_sight
from registry.services.matches.move_match import end_match
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import MATCHED_NEED_STATUSES, MatchState, NeedStatus, OfferStatus

_UNSEEN = (MatchState.PROPOSED, MatchState.SHORTLISTED)
_UNDER_WAY = (*_UNSEEN, MatchState.OFFERED, MatchState.INTERESTED, MatchState.CONSENTED)
_ALL_BUT_AWARDS = (*_UNDER_WAY, MatchState.INTRODUCED)


def end_matches_of_need(session: RegistrySession, need: Need) -> int:
    """End what a need that is closed, or whose organisation is out of sight, leaves behind.

    Introduced sides talk to each other already: only a party that is out of sight ends that.
    Returns how many matches ended.
    """
    organisation = session.get_one(Organisation, need.organisation_id)
    if not is_in_sight(organisation):
        return _end(session, need=need, states=_ALL_BUT_AWARDS, to=MatchState.WITHDRAWN)
    if need.status in MATCHED_NEED_STATUSES:
        return 0
    is_expired = need.status == NeedStatus.EXPIRED
    to = MatchState.EXPIRED if is_expired else MatchState.WITHDRAWN
    return _end(session, need=need, states=_UNDER_WAY, to=to)


def end_matches_of_offer(session: RegistrySession, offer: Offer) -> int:
    """End what an offer that is closed or paused, or whose donor is out of sight, leaves behind.

    A donor that said yes before its offer closed keeps its word; a paused offer only takes back
    what nobody has looked at. Returns how many matches ended.
    """
    donor = session.get_one(Donor, offer.donor_id)
    if not is_in_sight(donor):
        return _end(session, offer=offer, states=_ALL_BUT_AWARDS, to=MatchState.WITHDRAWN)
    if offer.status == OfferStatus.OPEN:
        return 0
    is_closed = offer.status == OfferStatus.CLOSED
    states = (*_UNSEEN, MatchState.OFFERED) if is_closed else (MatchState.PROPOSED,)
    return _end(session, offer=offer, states=states, to=MatchState.EXPIRED)


def _end(
    session: RegistrySession,
    *,
    need: Need | None = None,
    offer: Offer | None = None,
    states: tuple[MatchState, ...],
    to: MatchState,
) -> int:
    statement = select(Match).where(col(Match.state).in_(states)).order_by(col(Match.id))
    if need is not None:
        statement = statement.where(col(Match.need_id) == need.id)
    if offer is not None:
        statement = statement.where(col(Match.offer_id) == offer.id)
    ending = session.exec(statement).all()
    for match in ending:
        match.facts_hash = None
        end_match(session, match, to)
    return len(ending)
