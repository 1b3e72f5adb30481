"""The audit trail page by page, and whether its chain is whole."""

from typing import Any

from sqlmodel import col, select

from registry.domain.errors import NotAllowedError
from registry.domain.identifiers import is_id
from registry.domain.roles import Role
from registry.identity.actor import SYSTEM, Actor
from registry.services.matches.write_review import short_of
from registry.services.paging import ListPage, Order, list_page
from registry.storage.audit import AuditEntry, verify_audit
from registry.storage.database import RegistrySession

ON_A_PAGE = 50
NEWEST = Order("trail", col(AuditEntry.id), descending=True)


def list_trail(
    session: RegistrySession,
    actor: Actor,
    *,
    subject: str | None = None,
    cursor: str | None = None,
    limit: int = ON_A_PAGE,
) -> ListPage:
    """List what was done, newest first, to one record or to all.

    An entry: `{"number", "day", "by" (short id; None: the house itself), "act", "subject" (id),
    "detail" (a code, the short id of whom something was handed to, or None)}`. Every id is
    opaque; nothing that somebody wrote stands here.

    Raises:
        NotAllowedError: the actor is no auditor.
        RecordRefusedError: cursor or limit cannot be used.
    """
    _require_auditor(actor)
    wanted = [col(AuditEntry.subject) == subject] if subject else []
    number: Any = col(AuditEntry.id)
    return list_page(
        session,
        select(AuditEntry).where(*wanted),
        NEWEST,
        number,
        cursor=cursor,
        limit=limit,
        view=_view_entry,
    )


def check_trail(session: RegistrySession, actor: Actor) -> int | None:
    """Walk the whole chain; return the number of the entry where it breaks, None where none.

    Raises:
        NotAllowedError: the actor is no auditor.
    """
    _require_auditor(actor)
    return verify_audit(session)


def _view_entry(entry: AuditEntry) -> dict[str, Any]:
    return {
        "number": entry.id,
        "day": entry.day,
        "by": None if entry.actor == SYSTEM else short_of(entry.actor),
        "act": entry.act,
        "subject": entry.subject,
        "detail": short_of(entry.detail) if is_id(entry.detail or "") else entry.detail,
    }


def _require_auditor(actor: Actor) -> None:
    if actor.role not in (Role.AUDITOR, Role.ADMIN):
        raise NotAllowedError
