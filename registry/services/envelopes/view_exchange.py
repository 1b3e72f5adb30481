"""What the two sides of a pairing let each other read, as one of them sees it."""

from typing import Any

from registry.domain.envelopes import kinds_given
from registry.identity.actor import Actor
from registry.services.envelopes.exchange import Exchange, receivers_of, see_exchange
from registry.services.envelopes.seal_envelope import read_content_key, read_envelope
from registry.storage.database import RegistrySession
from registry.storage.envelopes import Envelope, envelopes_of, find_envelope_key, is_given
from search.codes import EnvelopeKind


def view_exchange(
    session: RegistrySession, actor: Actor, match_id: str, private: bytes | None
) -> dict[str, Any]:
    """Return what each side of a pairing may read of the other, as one side sees it.

    Returns:
        `{"may_give", "trusted", "reachable", "unlocked", "mine", "theirs"}`. `mine` are lines
        `{"kind", "written", "given"}`, for what the reader's side can give here; `theirs` lines
        `{"kind", "text"}` for what was given to the reader and may be shown, `text` None where
        its private key is not at hand. `reachable` says whether anybody of the other side could
        open something.

    Raises:
        NotFoundError: see `see_exchange`.
    """
    exchange = see_exchange(session, actor, match_id)
    written = envelopes_of(session, exchange.party_id(exchange.side))
    return {
        "may_give": exchange.may_give(),
        "trusted": exchange.is_trusted(exchange.other),
        "reachable": bool(receivers_of(session, exchange)),
        "unlocked": private is not None,
        "mine": [
            _my_line(session, exchange, kind, written.get(kind))
            for kind in kinds_given(exchange.side, exchange.instrument)
        ],
        "theirs": _their_lines(session, actor, exchange, private),
    }


def _my_line(
    session: RegistrySession, exchange: Exchange, kind: EnvelopeKind, envelope: Envelope | None
) -> dict[str, Any]:
    given = envelope is not None and is_given(session, envelope.id, exchange.match.id)
    return {"kind": kind, "written": envelope is not None, "given": given}


def _their_lines(
    session: RegistrySession, actor: Actor, exchange: Exchange, private: bytes | None
) -> list[dict[str, Any]]:
    if not exchange.may_read():
        return []
    written = envelopes_of(session, exchange.party_id(exchange.other))
    lines = []
    for kind in kinds_given(exchange.other, exchange.instrument):
        envelope = written.get(kind)
        if envelope and find_envelope_key(
            session, envelope.id, actor.account_id, exchange.match.id
        ):
            key = read_content_key(
                session, envelope, actor.account_id, private, match_id=exchange.match.id
            )
            text = read_envelope(session, envelope, key) if key else None
            lines.append({"kind": kind, "text": text})
    return lines
