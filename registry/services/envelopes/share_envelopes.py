"""A new account of an organisation or a donor is given the keys that another one holds."""

from registry.domain.errors import NotAllowedError
from registry.identity.actor import Actor
from registry.privacy.envelopes import open_key, seal_key
from registry.services.envelopes.seal_envelope import add_envelope_key
from registry.storage.accounts import Account
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.envelopes import AccountKey, find_envelope_key, keys_held_by


def share_envelopes(
    session: RegistrySession, actor: Actor, with_account: Account, private: bytes | None
) -> int:
    """Seal every key that the actor's account holds to another account of the same party.

    Those are the party's own envelopes, and what others gave it on pairings.

    Args:
        session: a writing session.
        actor: a holder, in a browser.
        with_account: another account of the same organisation or donor, with a key pair.
        private: the actor's private key; without it nothing can be shared.

    Returns:
        How many keys were added.

    Raises:
        NotAllowedError: the account belongs to somebody else, or to nobody.
    """
    ours = (actor.organisation_id, actor.donor_id)
    if ours == (None, None) or ours != (with_account.organisation_id, with_account.donor_id):
        raise NotAllowedError
    pair = session.get_one(AccountKey, with_account.id)
    added = 0
    for held in keys_held_by(session, actor.account_id):
        key = open_key(held.sealed_key, private) if private else None
        there = find_envelope_key(session, held.envelope_id, with_account.id, held.match_id)
        if key is not None and there is None:
            sealed = seal_key(key, pair.public)
            add_envelope_key(session, held.envelope_id, with_account.id, held.match_id, sealed)
            added += 1
    session.flush()
    write_audit(session, actor.account_id, "envelopes_shared", with_account.id)
    return added
