"""Giving the other side of a pairing one sealed envelope to read, and taking it back."""

from registry.domain.envelopes import kinds_given
from registry.domain.errors import NotAllowedError, NotFoundError
from registry.identity.actor import Actor
from registry.privacy.envelopes import seal_key
from registry.services.envelopes.exchange import Exchange, receivers_of, see_exchange
from registry.services.envelopes.seal_envelope import add_envelope_key, read_content_key
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.envelopes import (
    Envelope,
    delete_keys_given,
    find_envelope,
    find_envelope_key,
)


def give_envelope(
    session: RegistrySession, actor: Actor, match_id: str, kind: str, private: bytes | None
) -> None:
    """Seal an envelope's key to the accounts of the other side; done twice, it is done once.

    Args:
        session: a writing session.
        actor: an account of the envelope's owner, in a browser.
        match_id: the pairing on which it is given.
        kind: one of `kinds_given`.
        private: the actor's private key, which alone opens the envelope.

    Raises:
        NotFoundError: there is no such pairing or envelope, or its kind is not given here.
        NotAllowedError: the side said no yes (or not to somebody trusted), or its key is locked.
    """
    exchange = see_exchange(session, actor, match_id)
    envelope = _own_envelope(session, exchange, kind)
    if not exchange.may_give():
        raise NotAllowedError
    content_key = read_content_key(session, envelope, actor.account_id, private)
    if content_key is None:
        raise NotAllowedError
    for receiver in receivers_of(session, exchange):
        if find_envelope_key(session, envelope.id, receiver.account_id, match_id) is None:
            sealed = seal_key(content_key, receiver.public)
            add_envelope_key(session, envelope.id, receiver.account_id, match_id, sealed)
    session.flush()
    write_audit(session, actor.account_id, "envelope_given", match_id, kind)


def take_back_envelope(session: RegistrySession, actor: Actor, match_id: str, kind: str) -> None:
    """Let the other side read an envelope no more; what it read before stays read.

    Raises:
        NotFoundError: there is no such pairing or envelope, or its kind is not given here.
    """
    exchange = see_exchange(session, actor, match_id)
    envelope = _own_envelope(session, exchange, kind)
    delete_keys_given(session, envelope.id, match_id)
    write_audit(session, actor.account_id, "envelope_taken_back", match_id, kind)


def _own_envelope(session: RegistrySession, exchange: Exchange, kind: str) -> Envelope:
    envelope = find_envelope(session, exchange.party_id(exchange.side), kind)
    if envelope is None or kind not in kinds_given(exchange.side, exchange.instrument):
        raise NotFoundError
    return envelope
