"""What an organisation or a donor sealed of itself: reading it back, writing it anew."""

from typing import Any

from registry.domain.envelopes import KINDS
from registry.domain.errors import ConflictError, NotAllowedError, NotFoundError
from registry.domain.identifiers import new_id
from registry.domain.pipeline import Mover
from registry.identity.actor import Actor
from registry.services.envelopes.seal_envelope import (
    read_content_key,
    read_envelope,
    seal_envelope,
)
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.envelopes import (
    AccountKey,
    Envelope,
    count_given,
    envelopes_of,
    key_pairs_of,
)
from search.codes import EnvelopeKind


def list_own_envelopes(
    session: RegistrySession, actor: Actor, private: bytes | None
) -> list[dict[str, Any]]:
    """Return what the actor's own party has sealed, a line for each kind that it can.

    Each: `{"kind", "version", "written", "text", "given"}`. `version` is None and `written`
    false where nothing stands there; `text` is None where it does not open: without the private
    key, or because it was sealed before the account had the one it has. `given` counts the
    pairings on which the other side may read it.

    Raises:
        NotFoundError: the actor belongs to no organisation and no donor.
    """
    side, party_id = own_side(actor)
    written = envelopes_of(session, party_id)
    return [_view(session, actor, kind, written.get(kind), private) for kind in KINDS[side]]


def write_own_envelope(
    session: RegistrySession, actor: Actor, kind: str, text: str | None, version: int | None
) -> None:
    """Seal a text in place of what stands there; None takes it away, from whom it was given too.

    Whoever was given it can read the new text as well, until it is taken back.

    Raises:
        NotFoundError: the actor's side has no envelope of this kind.
        ConflictError: somebody wrote it since the page of this version was made.
        NotAllowedError: the actor's account has no key pair that it could be sealed to.
    """
    side, party_id = own_side(actor)
    if kind not in KINDS[side]:
        raise NotFoundError
    envelope = envelopes_of(session, party_id).get(kind)
    stands = envelope.version if envelope else None
    if stands != version:
        raise ConflictError("envelope", stands or 0)
    if text is not None:
        _seal(session, actor, envelope or _new_envelope(side, party_id, kind), text)
    elif envelope is not None:
        session.delete(envelope)
        session.flush()
    act = "envelope_written" if text is not None else "envelope_emptied"
    write_audit(session, actor.account_id, act, party_id, kind)


def own_side(actor: Actor) -> tuple[Mover, str]:
    """Return which side of pairings the actor's own party is, and its id.

    Raises:
        NotFoundError: it belongs to none.
    """
    if actor.organisation_id is not None:
        return Mover.ORGANISATION, actor.organisation_id
    if actor.donor_id is not None:
        return Mover.DONOR, actor.donor_id
    raise NotFoundError


def _view(
    session: RegistrySession,
    actor: Actor,
    kind: EnvelopeKind,
    envelope: Envelope | None,
    private: bytes | None,
) -> dict[str, Any]:
    if envelope is None:
        return {"kind": kind, "version": None, "written": False, "text": None, "given": 0}
    key = read_content_key(session, envelope, actor.account_id, private)
    return {
        "kind": kind,
        "version": envelope.version,
        "written": True,
        "text": read_envelope(session, envelope, key) if key else None,
        "given": count_given(session, envelope.id),
    }


def _new_envelope(side: Mover, party_id: str, kind: str) -> Envelope:
    if side is Mover.ORGANISATION:
        return Envelope(id=new_id(), kind=kind, organisation_id=party_id)
    return Envelope(id=new_id(), kind=kind, donor_id=party_id)


def _seal(session: RegistrySession, actor: Actor, envelope: Envelope, text: str) -> None:
    owners = key_pairs_of(
        session, organisation_id=envelope.organisation_id, donor_id=envelope.donor_id
    )
    if session.get(AccountKey, actor.account_id) not in owners:
        raise NotAllowedError
    seal_envelope(session, envelope, text, owners)
