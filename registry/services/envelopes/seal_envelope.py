"""Sealing an envelope to its readers, and opening it with the key of one of them."""

import base64
from collections.abc import Collection, Iterable

from registry.domain.identifiers import new_id
from registry.privacy.envelopes import open_key, open_text, seal_text
from registry.storage.database import RegistrySession
from registry.storage.envelopes import (
    AccountKey,
    Envelope,
    EnvelopeKey,
    find_envelope_key,
    keys_of_envelope,
)


def seal_envelope(
    session: RegistrySession, envelope: Envelope, text: str, owners: Collection[AccountKey]
) -> None:
    """Seal a text anew to the accounts of its owner and to whom it was given."""
    before = keys_of_envelope(session, envelope.id)
    given = [(each.account_id, each.match_id) for each in before if each.match_id]
    readers: list[tuple[str, str | None]] = [(each.account_id, None) for each in owners]
    readers += given
    publics = {each.account_id: each.public for each in owners}
    for account_id, _ in given:
        publics[account_id] = session.get_one(AccountKey, account_id).public
    keys = seal_into(session, envelope, text, publics.values())
    session.add(envelope)
    for each in before:
        session.delete(each)
    session.flush()
    for account_id, match_id in readers:
        add_envelope_key(session, envelope.id, account_id, match_id, keys[publics[account_id]])
    session.flush()


def seal_into(
    session: RegistrySession, envelope: Envelope, text: str, readers: Iterable[bytes]
) -> dict[bytes, bytes]:
    """Write a text into an envelope, sealed anew; return its key as sealed to each public key.

    Raises:
        KeyGoneError: its owner was deleted.
    """
    sealed = seal_text(text, envelope.bound, readers)
    session.vault.write(envelope, "body", base64.b64encode(sealed.body).decode())
    return sealed.keys


def add_envelope_key(
    session: RegistrySession,
    envelope_id: str,
    account_id: str,
    match_id: str | None,
    sealed_key: bytes,
) -> None:
    """Keep the content key of an envelope as it was sealed to an account."""
    session.add(
        EnvelopeKey(
            id=new_id(),
            envelope_id=envelope_id,
            account_id=account_id,
            match_id=match_id,
            sealed_key=sealed_key,
        )
    )


def read_content_key(
    session: RegistrySession,
    envelope: Envelope,
    account_id: str,
    private: bytes | None,
    *,
    match_id: str | None = None,
) -> bytes | None:
    """Return an envelope's content key; None where the account holds no key that opens it."""
    held = find_envelope_key(session, envelope.id, account_id, match_id)
    return open_key(held.sealed_key, private) if held is not None and private else None


def read_envelope(session: RegistrySession, envelope: Envelope, content_key: bytes) -> str | None:
    """Return what an envelope holds; None where the key is not its own.

    Raises:
        KeyGoneError: its owner was deleted.
    """
    kept = session.vault.read(envelope, "body") or ""
    return open_text(base64.b64decode(kept), envelope.bound, content_key)
