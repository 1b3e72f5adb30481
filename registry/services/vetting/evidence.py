"""What a decision on trust rests on: sealed to the officers, opened one by one and counted."""

from sqlmodel import col, select

from registry.domain.envelopes import EVIDENCE
from registry.domain.errors import LimitReachedError, NotAllowedError, NotFoundError
from registry.domain.identifiers import new_id
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.privacy.envelopes import seal_key
from registry.services.envelopes.seal_envelope import (
    add_envelope_key,
    read_content_key,
    read_envelope,
    seal_envelope,
)
from registry.services.vetting.set_vetting import find_party
from registry.storage.accounts import Account
from registry.storage.audit import subjects_today, write_audit
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.envelopes import AccountKey, Envelope, find_envelope, keys_of_envelope
from registry.storage.organisations import Organisation

EVIDENCE_A_DAY = 10
"""How many parties' evidence one officer may open in a day."""

ACT = "evidence_read"


def has_evidence(session: RegistrySession, party_id: str) -> bool:
    """Say whether anything was sealed about a party, without opening it."""
    return find_envelope(session, party_id, EVIDENCE) is not None


def seal_evidence(
    session: RegistrySession, actor: Actor, record: str, party_id: str, text: str
) -> None:
    """Seal what an officer found to all officers, in place of what was sealed before.

    Raises:
        NotAllowedError: the actor is no officer, or there is no officer's key to seal it to.
        NotFoundError: there is no such party.
    """
    party = _find_for_officer(session, actor, record, party_id)
    officers = _officers(session)
    if not officers:
        raise NotAllowedError
    envelope = find_envelope(session, party.id, EVIDENCE) or Envelope(id=new_id(), kind=EVIDENCE)
    if isinstance(party, Donor):
        envelope.donor_id = party.id
    else:
        envelope.organisation_id = party.id
    seal_envelope(session, envelope, text, officers)
    write_audit(session, actor.account_id, "evidence_sealed", party.id)


def open_evidence(
    session: RegistrySession, actor: Actor, record: str, party_id: str, private: bytes | None
) -> str | None:
    """Return what was sealed about a party; None where it does not open to this officer.

    Whoever opens it seals it on to officers who came later.

    Raises:
        NotAllowedError: the actor is no officer.
        NotFoundError: there is no such party, or nothing was sealed about it.
        LimitReachedError: the officer opened that of as many others today as it may.
    """
    party = _find_for_officer(session, actor, record, party_id)
    envelope = find_envelope(session, party.id, EVIDENCE)
    if envelope is None:
        raise NotFoundError
    opened = subjects_today(session, actor.account_id, ACT)
    if party.id not in opened and len(opened) >= EVIDENCE_A_DAY:
        raise LimitReachedError(EVIDENCE_A_DAY, session.today)
    key = read_content_key(session, envelope, actor.account_id, private)
    if key is None:
        return None
    write_audit(session, actor.account_id, ACT, party.id)
    _seal_on(session, envelope, key)
    return read_envelope(session, envelope, key)


def _find_for_officer(
    session: RegistrySession, actor: Actor, record: str, party_id: str
) -> Organisation | Donor:
    if not actor.is_officer:
        raise NotAllowedError
    return find_party(session, record, party_id)


def _officers(session: RegistrySession) -> list[AccountKey]:
    statement = (
        select(AccountKey)
        .join(Account, col(Account.id) == col(AccountKey.account_id))
        .where(col(Account.role).in_((Role.OFFICER, Role.ADMIN)), col(Account.active))
    )
    return list(session.exec(statement))


def _seal_on(session: RegistrySession, envelope: Envelope, key: bytes) -> None:
    held = {each.account_id for each in keys_of_envelope(session, envelope.id)}
    for officer in _officers(session):
        if officer.account_id not in held:
            sealed = seal_key(key, officer.public)
            add_envelope_key(session, envelope.id, officer.account_id, None, sealed)
    session.flush()
