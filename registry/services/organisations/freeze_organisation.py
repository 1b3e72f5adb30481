"""Freezing: at once nothing of an organisation is shown, matched, read or signed in to.

A holder does it, or whoever was given its freeze code, which does nothing else. Only an officer,
who can ask whether its people are free to speak, opens it again.
"""

import secrets

from sqlmodel import col, select

from registry.domain.errors import InvalidMoveError, NotAllowedError, NotFoundError
from registry.identity.actor import Actor
from registry.identity.passphrases import make_recovery_code, normal_code
from registry.identity.permissions import owns_organisation
from registry.services.organisations.find_organisation import find_organisation
from registry.services.topics import ORGANISATION_CHANGED
from registry.services.vetting.withdraw_matches import withdraw_matches_of
from registry.storage.accounts import accounts_of_organisation
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.envelopes import delete_given_keys
from registry.storage.organisations import Organisation
from registry.storage.outbox import put_outbox
from search.codes import RecordState

BY_CODE = "system"
"""Who used a freeze code is not known, and not asked."""

PURPOSE = "freeze code"


def freeze_organisation(session: RegistrySession, actor: Actor, organisation_id: str) -> None:
    """Freeze an organisation; of a frozen one nothing changes.

    Its sessions and pairings end, what it gave others to read is taken back, and nobody signs in
    for it until an officer opens it again.

    Raises:
        NotFoundError: there is none that the actor may know of.
        NotAllowedError: the actor is neither its own nor an officer, or acts by a key.
    """
    organisation, _audience = find_organisation(session, actor, organisation_id)
    is_theirs = owns_organisation(actor, organisation) or actor.is_officer
    if actor.scopes is not None or not is_theirs:
        raise NotAllowedError
    _freeze(session, organisation, actor.account_id)


def freeze_by_code(session: RegistrySession, code: str) -> bool:
    """Freeze the organisation whose freeze code this is; False where it is nobody's."""
    mark = session.vault.lookup(PURPOSE, normal_code(code))
    statement = select(Organisation).where(col(Organisation.freeze_code) == mark)
    organisation = session.exec(statement).first()
    if organisation is None:
        return False
    _freeze(session, organisation, BY_CODE)
    return True


def make_freeze_code(session: RegistrySession, actor: Actor) -> str:
    """Make the own organisation's freeze code, in place of the one there was; it is shown once.

    Raises:
        NotFoundError: the actor's account belongs to no organisation.
    """
    organisation, _audience = find_organisation(session, actor, actor.organisation_id or "")
    code = make_recovery_code()
    organisation.freeze_code = session.vault.lookup(PURPOSE, normal_code(code))
    session.add(organisation)
    session.flush()
    write_audit(session, actor.account_id, "freeze_code_made", organisation.id)
    return code


def unfreeze_organisation(session: RegistrySession, actor: Actor, organisation_id: str) -> None:
    """Open a frozen organisation again; its needs are matched anew, its pairings do not come back.

    Raises:
        NotAllowedError: the actor is no officer.
        NotFoundError: there is no such organisation.
        InvalidMoveError: it is not frozen.
    """
    if not actor.is_officer:
        raise NotAllowedError
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFoundError
    if organisation.state != RecordState.FROZEN:
        raise InvalidMoveError("organisation", organisation.state, RecordState.ACTIVE, ())
    _set_state(session, organisation, RecordState.ACTIVE)
    write_audit(session, actor.account_id, "organisation_unfrozen", organisation.id)


def _freeze(session: RegistrySession, organisation: Organisation, by: str) -> None:
    if organisation.state != RecordState.ACTIVE:
        return
    withdraw_matches_of(session, organisation)
    delete_given_keys(session, organisation.id)
    for account in accounts_of_organisation(session, organisation.id):
        account.fs_uniquifier = secrets.token_hex(32)
        session.add(account)
    _set_state(session, organisation, RecordState.FROZEN)
    write_audit(session, by, "organisation_frozen", organisation.id)


def _set_state(session: RegistrySession, organisation: Organisation, state: RecordState) -> None:
    organisation.state = state
    session.add(organisation)
    session.flush()
    put_outbox(session, ORGANISATION_CHANGED, organisation.id)
