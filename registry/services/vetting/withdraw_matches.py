"""A suspended party's matches end in the same transaction: nobody meets it from then on."""

from sqlmodel import col, select

from registry.domain.pipeline import ENDED_MATCHES
from registry.services.matches.move_match import end_match
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.organisations import Organisation
from search.codes import MatchState


def withdraw_matches_of(session: RegistrySession, party: Organisation | Donor) -> int:
    """Withdraw every match of a party that has not ended; return how many there were.

    The other side learns that the pairing is no longer there, not why.
    """
    owned = (
        col(Match.organisation_id) == party.id
        if isinstance(party, Organisation)
        else col(Match.donor_id) == party.id
    )
    statement = (
        select(Match).where(owned, col(Match.state).not_in(ENDED_MATCHES)).order_by(col(Match.id))
    )
    matches = session.exec(statement).all()
    for match in matches:
        match.facts_hash = None  # so that the pair is proposed anew once the suspension is lifted
        end_match(session, match, MatchState.WITHDRAWN)
    return len(matches)
