"""A donor deletes itself: its key first, then its rows."""

from registry.domain.errors import NotAllowedError
from registry.identity.actor import Actor
from registry.identity.permissions import may_change_party, owns_donor
from registry.services.deletion.remove_party import leave
from registry.services.donors.find_donor import find_donor
from registry.storage.accounts import has_account
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession


def delete_donor(session: RegistrySession, actor: Actor, donor_id: str) -> None:
    """Delete a donor with its accounts, offers and matches, for good; see `delete_organisation`.

    Raises:
        NotFoundError: there is none that the actor may know of.
        NotAllowedError: it acts by a key, or is an officer while the donor has an account.
    """
    donor, _audience = find_donor(session, actor, donor_id)
    signs_in = has_account(session, donor_id=donor_id)
    owns = owns_donor(actor, donor)
    if actor.scopes is not None or not may_change_party(actor, owns=owns, has_account=signs_in):
        raise NotAllowedError
    leave(session, donor)
    write_audit(session, actor.account_id, "donor_deleted", donor_id)
