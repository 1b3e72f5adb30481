"""Which needs and which offers the matcher looks at: open ones, of parties that are in sight."""

from collections.abc import Collection
from typing import Any

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
    session: RegistrySession, among: Collection[str] | None = None
) -> list[tuple[Need, Organisation]]:
    """Return the needs that are matched, all or some, with their organisations, by their ids."""
    statement = _join_needs(select(Need, Organisation), among).order_by(col(Need.id))
    return list(session.exec(statement))


def matched_offers(
    session: RegistrySession,
    *conditions: ColumnElement[bool],
    among: Collection[str] | None = None,
) -> list[tuple[Offer, Donor]]:
    """Return the offers that are matched, all or some, with their donors, by their ids."""
    statement = _join_offers(select(Offer, Donor), among).where(*conditions)
    return list(session.exec(statement.order_by(col(Offer.id))))


def matched_need_ids(session: RegistrySession, among: Collection[str]) -> set[str]:
    """Return those of the needs that are matched, without reading them."""
    return set(session.exec(_join_needs(select(col(Need.id)), among))) if among else set()


def matched_offer_ids(session: RegistrySession, among: Collection[str]) -> set[str]:
    """Return those of the offers that are matched, without reading them."""
    return set(session.exec(_join_offers(select(col(Offer.id)), among))) if among else set()


def belongs_to(programme_id: str) -> ColumnElement[bool]:
    """Return the condition that an offer belongs to a programme."""
    if programme_id == GENERAL:
        return col(Offer.programme_id).is_(None) | (col(Offer.programme_id) == GENERAL)
    return col(Offer.programme_id) == programme_id


def _join_needs(statement: Any, among: Collection[str] | None = None) -> Any:
    """Join needs that are matched to their organisations."""
    joined = statement.join(Organisation, col(Organisation.id) == col(Need.organisation_id))
    return _choose(joined, among, Need, MATCHED_NEED_STATUSES, Organisation)


def _join_offers(statement: Any, among: Collection[str] | None = None) -> Any:
    joined = statement.join(Donor, col(Donor.id) == col(Offer.donor_id))
    return _choose(joined, among, Offer, MATCHED_OFFER_STATUSES, Donor)


def _choose(
    statement: Any,
    among: Collection[str] | None,
    record: type[Need] | type[Offer],
    statuses: Collection[str],
    party: type[Organisation] | type[Donor],
) -> Any:
    """Keep the records of these statuses, of parties in sight.

    A few that are named are found by their ids: with a status in plain sight SQLite would rather
    go through all that are open, and compare.
    """
    status: ColumnElement[str] = col(record.status)  # type: ignore[assignment]
    state: ColumnElement[str] = col(party.state)  # type: ignore[assignment]
    if among is not None:
        status, state = status + "", state + ""
        statement = statement.where(col(record.id).in_(among))
    return statement.where(
        status.in_(statuses), state == RecordState.ACTIVE, col(party.vetting) != Vetting.SUSPENDED
    )


def count_matched(session: RegistrySession) -> tuple[int, int]:
    """Count the needs and the offers that are matched, without reading them."""
    needs = _join_needs(select(func.count()).select_from(Need))
    offers = _join_offers(select(func.count()).select_from(Offer))
    return session.exec(needs).one(), session.exec(offers).one()


def is_matched_need(need: Need, organisation: Organisation) -> bool:
    """Say whether the matcher looks at a need."""
    return need.status in MATCHED_NEED_STATUSES and is_in_sight(organisation)


def is_matched_offer(offer: Offer, donor: Donor) -> bool:
    """Say whether the matcher looks at an offer."""
    return offer.status in MATCHED_OFFER_STATUSES and is_in_sight(donor)
