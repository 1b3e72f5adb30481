"""How many texts of needs a partner opens a day: one at a time, counted, and no more than so many.

A key that is stolen, or a partner gone bad, must not be able to carry everything off at once.
"""

from registry.domain.errors import LimitReachedError
from registry.identity.actor import Actor
from registry.storage.audit import subjects_today, write_audit
from registry.storage.database import RegistrySession

TEXTS_A_DAY = 60
ACT = "need_text_read"


def count_text(session: RegistrySession, actor: Actor, need_id: str) -> None:
    """Write down that an account opened the text of a need; the same one counts once a day.

    Raises:
        LimitReachedError: the account has opened as many others today as it may.
    """
    opened = subjects_today(session, actor.account_id, ACT)
    if need_id in opened:
        return
    if len(opened) >= TEXTS_A_DAY:
        raise LimitReachedError(TEXTS_A_DAY, session.today)
    write_audit(session, actor.account_id, ACT, need_id)
