"""An officer opens what an organisation wrote: counted, and from then on looked after by it.

Lines made from codes are free to read. A text is opened by an act of its own, once a day and
officer, so that the trail says who read what, and nobody can read everything in one evening.
"""

from sqlmodel import col, select

from registry.domain.errors import NotAllowedError
from registry.domain.roles import Scope
from registry.identity.actor import Actor
from registry.identity.permissions import is_house
from registry.services.matches.assign_match import assign_match
from registry.services.matches.decline_match import UNSEEN_STATES
from registry.services.needs.count_text import ACT, TEXTS_A_DAY, count_text
from registry.services.needs.find_need import find_need
from registry.services.needs.view_need import TEXTS
from registry.storage.audit import subjects_today
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.needs import Need


def open_dossier(session: RegistrySession, actor: Actor, need_id: str) -> None:
    """Let an officer read the text of a need for the rest of the day.

    What is proposed for the need and has nobody yet is the officer's from now on.

    Raises:
        NotAllowedError: the actor is no officer.
        NotFoundError: there is no such need.
        LimitReachedError: the officer has opened as many others today as it may.
    """
    if not actor.is_officer:
        raise NotAllowedError
    need = find_need(session, actor, need_id).need
    count_text(session, actor, need.id)
    unheld = select(col(Match.id)).where(
        col(Match.need_id) == need.id,
        col(Match.state).in_(UNSEEN_STATES),
        col(Match.assigned_to_id).is_(None),
    )
    for match_id in session.exec(unheld.order_by(col(Match.id))).all():
        assign_match(session, actor, match_id, to=actor.account_id)


def opened_today(session: RegistrySession, actor: Actor) -> set[str]:
    """Return the ids of the needs whose text the actor opened today."""
    return subjects_today(session, actor.account_id, ACT)


def officer_may_read(session: RegistrySession, actor: Actor, need_id: str) -> bool:
    """Say whether the text of a need may be decrypted for an officer now.

    In a browser it may once it was opened today; a key's reading is counted where it happens.
    """
    if actor.scopes is not None:
        return actor.may(Scope.NEEDS_TEXT)
    return is_house(actor) or need_id in opened_today(session, actor)


def has_text(session: RegistrySession, need_id: str) -> bool:
    """Say whether there is any text to open, without opening it."""
    need = session.get_one(Need, need_id)
    return any(getattr(need, name) is not None for name in TEXTS)


def left_to_open(session: RegistrySession, actor: Actor) -> int:
    """Return how many further texts the actor may open today."""
    return max(TEXTS_A_DAY - len(opened_today(session, actor)), 0)
