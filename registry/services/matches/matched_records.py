"""Which needs and which offers the matcher looks at: open ones, of parties that are in sight."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from registry.identity.permissions import is_in_sight
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.programmes import GENERAL
from search.codes import (
    MATCHED_NEED_STATUSES,
    MATCHED_OFFER_STATUSES,
    RecordState,
    Vetting,
)


def matched_needs(
    session: RegistrySession, *conditions: ColumnElement[bool]
) -> list[tuple[Need, Organisation]]:
    """Return the needs that are matched, each with its organisation, in the order of their ids."""
    statement = (
        select(Need, Organisation)
        .join(Organisation, col(Organisation.id) == col(Need.organisation_id))
        .where(*_matched_need(), *conditions)
        .order_by(col(Need.id))
    )
    return list(session.exec(statement))


def matched_offers(
    session: RegistrySession, *conditions: ColumnElement[bool]
) -> list[tuple[Offer, Donor]]:
    """Return the offers that are matched, each with its donor, in the order of their ids."""
    statement = (
        select(Offer, Donor)
        .join(Donor, col(Donor.id) == col(Offer.donor_id))
        .where(*_matched_offer(), *conditions)
        .order_by(col(Offer.id))
    )
    return list(session.exec(statement))


def matched_need_ids(session: RegistrySession, need_ids: Collection[str]) -> set[str]:
    """Return those of the needs that are matched, without reading them."""
    statement = (
        select(col(Need.id))
        .join(Organisation, col(Organisation.id) == col(Need.organisation_id))
        .where(*_matched_need(), col(Need.id).in_(need_ids))
    )
    return set(session.exec(statement)) if need_ids else set()


def matched_offer_ids(session: RegistrySession, offer_ids: Collection[str]) -> set[str]:
    """Return those of the offers that are matched, without reading them."""
    statement = (
        select(col(Offer.id))
        .join(Donor, col(Donor.id) == col(Offer.donor_id))
        .where(*_matched_offer(), col(Offer.id).in_(offer_ids))
    )
    return set(session.exec(statement)) if offer_ids else set()


def belongs_to(programme_id: str) -> ColumnElement[bool]:
    """Return the condition that an offer belongs to a programme."""
    if programme_id == GENERAL:
        return col(Offer.programme_id).is_(None) | (col(Offer.programme_id) == GENERAL)
    return col(Offer.programme_id) == programme_id


def _matched_need() -> tuple[ColumnElement[bool], ...]:
    return (
        col(Need.status).in_(MATCHED_NEED_STATUSES),
        col(Organisation.state) == RecordState.ACTIVE,
        col(Organisation.vetting) != Vetting.SUSPENDED,
    )


def _matched_offer() -> tuple[ColumnElement[bool], ...]:
    return (
        col(Offer.status).in_(MATCHED_OFFER_STATUSES),
        col(Donor.state) == RecordState.ACTIVE,
        col(Donor.vetting) != Vetting.SUSPENDED,
    )


def count_matched(session: RegistrySession) -> tuple[int, int]:
    """Count the needs and the offers that are matched, without reading them."""
    needs = (
        select(func.count())
        .select_from(Need)
        .join(Organisation, col(Organisation.id) == col(Need.organisation_id))
        .where(*_matched_need())
    )
    offers = (
        select(func.count())
        .select_from(Offer)
        .join(Donor, col(Donor.id) == col(Offer.donor_id))
        .where(*_matched_offer())
    )
    return session.exec(needs).one(), session.exec(offers).one()


def is_matched_need(need: Need, organisation: Organisation) -> bool:
    """Say whether the matcher looks at a need."""
    return need.status in MATCHED_NEED_STATUSES and is_in_sight(organisation)


def is_matched_offer(offer: Offer, donor: Donor) -> bool:
    """Say whether the matcher looks at an offer."""
    return offer.status in MATCHED_OFFER_STATUSES and is_in_sight(donor)
