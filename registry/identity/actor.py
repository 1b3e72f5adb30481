"""Who acts: what a service needs to know of an account, a key, or the house itself."""

from dataclasses import dataclass

from registry.domain.errors import NotAllowedError
from registry.domain.roles import Role, Scope
from registry.storage.accounts import Account
from registry.storage.organisations import Organisation
from search.codes import RecordState, Vetting

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts. `scopes` is None for a person in a browser and a set for an API key.

    `is_hub` says whether the actor's own organisation is active and verified now: only then
    does it speak for those it hosts or registered.
    """

    account_id: str
    role: Role
    organisation_id: str | None = None
    donor_id: str | None = None
    scopes: frozenset[Scope] | None = None
    is_hub: bool = False

    @property
    def is_officer(self) -> bool:
        return self.role in (Role.OFFICER, Role.ADMIN)

    def may(self, scope: Scope) -> bool:
        """Say whether the key (if any) holds the scope; a person in a browser needs none."""
        return self.scopes is None or scope in self.scopes

    def require(self, scope: Scope) -> None:
        """Raise NotAllowedError where the key lacks the scope."""
        if not self.may(scope):
            raise NotAllowedError


HOUSE = Actor(account_id=SYSTEM, role=Role.OFFICER)
"""The operator at the command line, and the worker: acts for the house."""


def actor_of(
    account: Account,
    scopes: frozenset[Scope] | None = None,
    *,
    own: Organisation | None = None,
) -> Actor:
    """Make the actor of a signed-in account, or of its key with these scopes.

    `own` is the organisation that the account belongs to; without it nobody is spoken for.
    """
    return Actor(
        account_id=account.id,
        role=Role(account.role),
        organisation_id=account.organisation_id,
        donor_id=account.donor_id,
        scopes=scopes,
        is_hub=own is not None and is_hub(own.vetting, own.state),
    )


def is_hub(vetting: str | None, state: str | None) -> bool:
    """Say whether an organisation that stands so may host others and speak for them."""
    return vetting == Vetting.VERIFIED and state == RecordState.ACTIVE
