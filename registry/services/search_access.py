"""Which documents of the index an actor may find at all."""

from sqlmodel import col, select

from registry.domain.disclosure import coarse_for_donor
from registry.domain.roles import Role, Scope
from registry.identity.actor import Actor
from registry.identity.permissions import is_trusted, owned_organisations
from registry.services.index_documents import MEMBERS
from registry.services.organisations.find_organisation import own_organisation
from registry.storage.database import RegistrySession
from registry.storage.organisations import Organisation
from search.codes import Reader
from search.index.protocol import Access, Kind


def check_words(actor: Actor, kind: Kind, text: str) -> None:
    """Let a partner or an officer's key look into the words of needs only where it may read them.

    Otherwise a search would tell, word by word, what stands in a text that it may not open.

    Raises:
        NotAllowedError: the key lacks `needs:text`; filters need no more than `needs:read`.
    """
    if text and kind is Kind.NEED and (actor.role is Role.PARTNER or actor.is_officer):
        actor.require(Scope.NEEDS_TEXT)


def access_of(session: RegistrySession, actor: Actor, kind: Kind) -> Access | None:
    """Return whose documents the actor finds; None for officers, who find all."""
    if actor.is_officer:
        return None
    return _to_needs(session, actor) if kind is Kind.NEED else _to_offers(session, actor)


def _to_needs(session: RegistrySession, actor: Actor) -> Access:
    readers = {str(Reader.PARTNERS)} if actor.role is Role.PARTNER else set()
    statement = select(col(Organisation.id)).where(owned_organisations(actor))
    return Access(readers=frozenset(readers), owners=frozenset(session.exec(statement)))


def _to_offers(session: RegistrySession, actor: Actor) -> Access:
    own = own_organisation(session, actor)
    reads = actor.role is Role.PARTNER or (own is not None and is_trusted(own))
    owners = {actor.donor_id} if actor.donor_id is not None else set()
    return Access(readers=frozenset({MEMBERS} if reads else ()), owners=frozenset(owners))


def tells_count(access: Access | None, count: int) -> int:
    """Return how many were found as may be told: exactly to officers, and of one's own records.

    Where records of others can be among them it is told in tens, and fewer than ten as none.
    """
    return count if access is None or not access.readers else coarse_for_donor(count)
