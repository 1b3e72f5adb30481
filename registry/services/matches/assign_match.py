"""Which officer looks after a match: taken on, handed over, or let go."""

from typing import Any

from sqlmodel import col, select

from registry.domain.errors import FieldProblem, NotAllowedError, NotFoundError, RecordRefusedError
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.services.matches.decline_match import UNSEEN_STATES
from registry.services.matches.note_match import note_match
from registry.services.matches.review_match import standing_of
from registry.services.matches.see_match import check_page_version, see_match
from registry.services.matches.write_review import short_of
from registry.services.topics import MATCH_CHANGED
from registry.storage.accounts import Account
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.outbox import put_outbox


def assign_match(
    session: RegistrySession,
    actor: Actor,
    match_id: str,
    *,
    to: str | None,
    note: str | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """Hand a match to an officer's account, `to`; None lets it go.

    Returns:
        Where the match stands, `{"id", "version", "state"}`.

    Raises:
        NotAllowedError: the actor is no officer.
        RecordRefusedError: `to` is no officer's account that is open.
        NotFoundError, ConflictError: see `begin_review`.
    """
    _check_officer(actor)
    match = see_match(session, actor, match_id).match
    check_page_version("match", match.version, version)
    _check_receiver(session, to)
    _assign(session, actor, match, to)
    if note:
        return note_match(session, actor, match_id, note=note)
    return standing_of(match)


def assign_need(session: RegistrySession, actor: Actor, need_id: str, *, to: str | None) -> int:
    """Hand everything that was proposed for a need to one officer; return how many changed hands.

    Raises:
        NotAllowedError: the actor is no officer.
        RecordRefusedError: `to` is no officer's account that is open.
        NotFoundError: nothing waits there for an officer.
    """
    _check_officer(actor)
    _check_receiver(session, to)
    statement = (
        select(Match)
        .where(col(Match.need_id) == need_id, col(Match.state).in_(UNSEEN_STATES))
        .order_by(col(Match.id))
    )
    waiting = session.exec(statement).all()
    if not waiting:
        raise NotFoundError
    changed = [match for match in waiting if match.assigned_to_id != to]
    for match in changed:
        _assign(session, actor, match, to)
    return len(changed)


def list_officers(session: RegistrySession, actor: Actor) -> list[dict[str, Any]]:
    """List who can be handed a match: `{"id", "short", "is_me"}`, oneself first.

    Raises:
        NotAllowedError: the actor is no officer.
    """
    _check_officer(actor)
    statement = select(Account).where(col(Account.role).in_(_RECEIVERS), col(Account.active))
    officers = [
        {"id": each.id, "short": short_of(each.id), "is_me": each.id == actor.account_id}
        for each in session.exec(statement)
    ]
    return sorted(officers, key=lambda each: (not each["is_me"], each["id"]))


def _assign(session: RegistrySession, actor: Actor, match: Match, to: str | None) -> None:
    if match.assigned_to_id == to:
        return
    match.assigned_to_id = to
    session.add(match)
    session.flush()
    write_audit(session, actor.account_id, "match_assigned", match.id, to or "nobody")
    put_outbox(session, MATCH_CHANGED, match.id)


def _check_officer(actor: Actor) -> None:
    if not actor.is_officer:
        raise NotAllowedError


def _check_receiver(session: RegistrySession, to: str | None) -> None:
    receiver = session.get(Account, to) if to else None
    if to and (receiver is None or not receiver.active or receiver.role not in _RECEIVERS):
        raise RecordRefusedError([FieldProblem("to", "not_an_officer")])


_RECEIVERS = (Role.OFFICER, Role.ADMIN)
