"""A pairing as one of its two sides gives and reads: who it is, and what may pass."""

from dataclasses import dataclass

from registry.domain.envelopes import MAY_GIVE, MAY_READ
from registry.domain.errors import NotFoundError
from registry.domain.pipeline import Mover
from registry.identity.actor import Actor, is_hub
from registry.identity.permissions import is_in_sight
from registry.services.envelopes.own_envelopes import own_side
from registry.services.matches.see_match import see_match
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.envelopes import AccountKey, key_pairs_of
from registry.storage.matches import Match
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import Vetting

_OTHER = {Mover.DONOR: Mover.ORGANISATION, Mover.ORGANISATION: Mover.DONOR}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One side of a pairing, and what may pass between it and the other."""

    match: Match
    side: Mover
    instrument: str
    in_sight: bool
    """Neither of the two is frozen, deleted or suspended."""
    donor_verified: bool

    @property
    def other(self) -> Mover:
        return _OTHER[self.side]

    def party_id(self, side: Mover) -> str:
        """Return the id of the organisation or the donor of this pairing."""
        return self.match.donor_id if side is Mover.DONOR else self.match.organisation_id

    def may_give(self) -> bool:
        """Say whether the side said yes, and to somebody who may be told."""
        return self.is_trusted(self.other) and self.match.state in MAY_GIVE[self.side]

    def may_read(self) -> bool:
        """Say whether what the other side gave is shown to this one."""
        return self.is_trusted(self.side) and self.match.state in MAY_READ

    def is_trusted(self, reader: Mover) -> bool:
        """Say whether one side may be told who the other one is, whatever state it is in."""
        return self.in_sight and (reader is Mover.ORGANISATION or self.donor_verified)


def see_exchange(session: RegistrySession, actor: Actor, match_id: str) -> Exchange:
    """Return the exchange of a pairing for one of its two sides.

    Raises:
        NotFoundError: the actor sees no such match, or looks at it as an officer.
    """
    seen = see_match(session, actor, match_id)
    match = seen.match
    side, _ = own_side(actor)
    organisation = session.get_one(Organisation, match.organisation_id)
    donor = session.get_one(Donor, match.donor_id)
    if side is not seen.part:
        raise NotFoundError
    return Exchange(
        match,
        side,
        instrument=session.get_one(Offer, match.offer_id).instrument,
        in_sight=is_in_sight(organisation) and is_in_sight(donor),
        donor_verified=donor.vetting == Vetting.VERIFIED,
    )


def receivers_of(session: RegistrySession, exchange: Exchange) -> list[AccountKey]:
    """Return the key pairs of who would read for the other side.

    For a hosted organisation without an account of its own that is its hub, as long as it may
    speak for others.
    """
    if exchange.other is Mover.DONOR:
        return key_pairs_of(session, donor_id=exchange.match.donor_id)
    found = key_pairs_of(session, organisation_id=exchange.match.organisation_id)
    organisation = session.get_one(Organisation, exchange.match.organisation_id)
    hub_id = organisation.hosted_by_id
    if found or hub_id is None:
        return found
    hub = session.get_one(Organisation, hub_id)
    return key_pairs_of(session, organisation_id=hub_id) if is_hub(hub.vetting, hub.state) else []
