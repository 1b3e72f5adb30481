"""A suspended party's matches end in the same transaction: nobody meets it from then on."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, select

from registry.domain.pipeline import ENDED_MATCHES
from registry.services.matches.move_match import end_match
from registry.services.topics import ORGANISATION_CHANGED
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.organisations import Organisation
from registry.storage.outbox import put_outbox
from search.codes import MatchState, Vetting


def withdraw_matches_of(session: RegistrySession, party: Organisation | Donor) -> int:
    """Withdraw every match of a party that has not ended; return how many there were.

    With those of a hub go the ones of organisations that only its word let through, as far as
    they were offered already: what nobody was shown stays with the officers, and so does what
    the worker proposes anew. The other side learns that the pairing is no longer there, not why.
    """
    if isinstance(party, Donor):
        return len(_withdraw(session, col(Match.donor_id) == party.id))
    hosted = select(Organisation.id).where(
        col(Organisation.hosted_by_id) == party.id, col(Organisation.vetting) == Vetting.UNVERIFIED
    )
    of_hosted = and_(col(Match.organisation_id).in_(hosted), col(Match.offered_on).is_not(None))
    own = _withdraw(session, col(Match.organisation_id) == party.id)
    others = _withdraw(session, of_hosted)
    for organisation_id in sorted({match.organisation_id for match in others}):
        put_outbox(session, ORGANISATION_CHANGED, organisation_id)
    return len(own) + len(others)


def _withdraw(session: RegistrySession, concerned: ColumnElement[bool]) -> Sequence[Match]:
    statement = (
        select(Match)
        .where(concerned, col(Match.state).not_in(ENDED_MATCHES))
        .order_by(col(Match.id))
    )
    matches = session.exec(statement).all()
    for match in matches:
        match.facts_hash = None  # so that the pair is proposed anew once the suspension is lifted
        end_match(session, match, MatchState.WITHDRAWN)
    return matches
