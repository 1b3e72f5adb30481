"""Whether somebody answers for organisations that it may not speak for at present."""

from sqlmodel import col, select

from registry.identity.actor import Actor
from registry.identity.permissions import in_the_care_of, speaks_for_others
from registry.storage.database import RegistrySession
from registry.storage.organisations import Organisation
from search.codes import RecordState


def has_lost_its_voice(session: RegistrySession, actor: Actor) -> bool:
    """Say whether the actor hosts or registered organisations and may not speak for them now.

    Its pages say so: otherwise it would look for them, and think that they are gone.
    """
    if speaks_for_others(actor):
        return False
    theirs = in_the_care_of(actor), col(Organisation.state) != RecordState.DELETED
    return session.exec(select(col(Organisation.id)).where(*theirs).limit(1)).first() is not None
