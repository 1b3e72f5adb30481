"""Whose pairs count in a number, and of which offers none is told.

A count that one party can bring about alone is no crowd: what a hub hosts counts as the hub.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import col, or_, select

from registry.domain.errors import KeyGoneError
from registry.identity.permissions import SHARED, TRUSTED, shared_offers
from registry.services.matches.matched_records import matched_offers
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.records import read_record
from search.codes import RecordState, Vetting


@dataclass(frozen=True, slots=True)
class WhoCounts:
    """What decides where a pair counts, read once for a whole count.

    `trusted` names for each organisation that counts for donors who stands for it; `told` maps
    the open offers of which numbers are told to their donors; `in_sight` are the ids of the
    offers that organisations that are vouched for read anyway.
    """

    trusted: Mapping[str, str]
    told: Mapping[str, str]
    in_sight: frozenset[str]


def read_who_counts(session: RegistrySession) -> WhoCounts:
    """Read who counts in the numbers of a day."""
    offers = matched_offers(session)
    session.vault.keys.look_up({donor.id for _, donor in offers})
    telling = (each for each in offers if not excludes_anybody(session, each[0]))
    in_sight = select(col(Offer.id)).join(Donor, col(Donor.id) == col(Offer.donor_id))
    return WhoCounts(
        trusted=trusted_organisations(session),
        told={offer.id: donor.id for offer, donor in telling},
        in_sight=frozenset(session.exec(in_sight.where(shared_offers(SHARED)))),
    )


def trusted_organisations(session: RegistrySession) -> dict[str, str]:
    """Return the ids of the organisations whose needs may be offered to donors.

    Each with the id to count it by: its own, or that of the hub that hosts it.
    """
    hubs = select(col(Organisation.id)).where(
        col(Organisation.vetting) == Vetting.VERIFIED,
        col(Organisation.state) == RecordState.ACTIVE,
    )
    statement = select(col(Organisation.id), col(Organisation.hosted_by_id)).where(
        col(Organisation.state) == RecordState.ACTIVE,
        col(Organisation.vetting) != Vetting.SUSPENDED,
        or_(col(Organisation.vetting).in_(TRUSTED), col(Organisation.hosted_by_id).in_(hubs)),
    )
    return {own: hub or own for own, hub in session.exec(statement)}


def excludes_anybody(session: RegistrySession, offer: Offer) -> bool:
    """Say whether an offer or a draft names organisations that it excludes: no number is told then.

    Beside the number without a name, the one with it would tell whether such an organisation is
    registered.
    """
    try:
        return bool(read_record(session.vault, offer, texts=False).get("excluded_organisations"))
    except KeyGoneError:
        return True  # its donor deleted itself; the row follows
