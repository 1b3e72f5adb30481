"""Moving a match from state to state, whoever decides it, and ending one without anybody's no."""

from registry.domain.envelopes import MAY_GIVE
from registry.domain.errors import InvalidMoveError
from registry.domain.pipeline import ENDED_MATCHES, Mover, check_move
from registry.identity.actor import SYSTEM
from registry.services.matches.write_review import Signature, write_review
from registry.services.topics import MATCH_CHANGED
from registry.storage.database import RegistrySession
from registry.storage.envelopes import delete_keys_of_match
from registry.storage.matches import Match
from registry.storage.outbox import put_outbox
from search.codes import MatchState, ReasonCode, ReviewKind

WORKER_SIGNS = Signature(account_id=SYSTEM, role=Mover.WORKER)


def move_match(session: RegistrySession, match: Match, to: MatchState, by: Mover) -> None:
    """Put a match into a state that can follow, and remember from when on each side sees it.

    What the sides gave each other to read is taken back where it ends or begins anew.

    Raises:
        InvalidMoveError: the state cannot follow for this mover.
    """
    check_move("match", match.state, to, by)
    match.state = to
    match.moved_on = session.today
    if to is MatchState.PROPOSED:
        match.offered_on = match.interested_on = None
    elif to is MatchState.OFFERED:
        match.offered_on = session.today
    elif to is MatchState.INTERESTED:
        match.interested_on = session.today
    if to not in MAY_GIVE[Mover.DONOR]:
        delete_keys_of_match(session, match.id)
    put_outbox(session, MATCH_CHANGED, match.id)


def end_match(session: RegistrySession, match: Match, to: MatchState) -> None:
    """End a match because of days or of another record: its history says it is not there any more.

    Args:
        session: the transaction of what brought it about.
        match: one that has not ended; `introduced` ones can only be withdrawn.
        to: `expired` or `withdrawn`.

    Raises:
        InvalidMoveError: it has ended already, or cannot end like this.
    """
    if match.state in ENDED_MATCHES:
        raise InvalidMoveError("match", match.state, to, ())
    move_match(session, match, to, Mover.WORKER)
    write_review(
        session,
        match,
        ReviewKind.DECLINE,
        WORKER_SIGNS,
        reason_code=ReasonCode.NO_LONGER_AVAILABLE,
    )
