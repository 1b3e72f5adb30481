"""An organisation deletes itself: its key first, then its rows."""

from registry.domain.errors import NotAllowedError
from registry.identity.actor import Actor
from registry.identity.permissions import may_change_party, owns_organisation
from registry.services.deletion.remove_party import leave
from registry.services.organisations.find_organisation import find_organisation
from registry.storage.accounts import has_account
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession


def delete_organisation(session: RegistrySession, actor: Actor, organisation_id: str) -> None:
    """Delete an organisation with its accounts, needs, matches, notes and facts, for good.

    Its data key is destroyed at once and for every copy: what a backup holds of it cannot be
    read any more, even where the transaction of this call is rolled back afterwards; the worker
    then removes the rows. Whoever acts for it is signed out by this.

    Raises:
        NotFoundError: there is none that the actor may know of.
        NotAllowedError: it acts by a key, or is an officer while the organisation has an account.
    """
    organisation, _audience = find_organisation(session, actor, organisation_id)
    owns = owns_organisation(actor, organisation)
    signs_in = has_account(session, organisation_id=organisation_id)
    if actor.scopes is not None or not may_change_party(actor, owns=owns, has_account=signs_in):
        raise NotAllowedError
    leave(session, organisation)
    write_audit(session, actor.account_id, "organisation_deleted", organisation_id)
