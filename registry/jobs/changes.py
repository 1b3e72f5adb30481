"""Which needs, offers and pairs a batch of outbox entries is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from registry.jobs.entries import Entry, subjects_of
from registry.services.matches.best_pairs import BestPairs
from registry.services.topics import (
    DAY_BEGAN,
    DONOR_CHANGED,
    INDEX_REBUILD,
    MATCH_CHANGED,
    NEED_CHANGED,
    OFFER_CHANGED,
    ORGANISATION_CHANGED,
)
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.offers import Offer


@dataclass(frozen=True, slots=True)
class Changes:
    """What has to be indexed and matched; ids may be of records that are gone by now.

    Offers and needs `of_the_day` are matched only: nothing of theirs changed but the day.
    """

    need_ids: tuple[str, ...]
    offer_ids: tuple[str, ...]
    match_ids: tuple[str, ...]
    of_the_day: tuple[str, ...]
    whole_index: bool


def read_changes(session: RegistrySession, entries: Sequence[Entry], best: BestPairs) -> Changes:
    """Work out what the entries ask for; parties stand for all their records.

    What is gone has no row to be found by: what `best` still keeps of a party is named as well.
    """
    organisations = subjects_of(entries, ORGANISATION_CHANGED)
    donors = subjects_of(entries, DONOR_CHANGED)
    kept_needs, kept_offers = best.records_of((*organisations, *donors))
    needs = subjects_of(entries, NEED_CHANGED)
    needs += _needs_of(session, organisations) + kept_needs
    offers = subjects_of(entries, OFFER_CHANGED)
    offers += _offers_of(session, donors) + kept_offers
    return Changes(
        need_ids=_once(needs),
        offer_ids=_once(offers),
        match_ids=_once(subjects_of(entries, MATCH_CHANGED)),
        of_the_day=_once(subjects_of(entries, DAY_BEGAN)),
        whole_index=any(entry.topic == INDEX_REBUILD for entry in entries),
    )


def _needs_of(session: RegistrySession, organisation_ids: Sequence[str]) -> list[str]:
    if not organisation_ids:
        return []
    statement = select(col(Need.id)).where(col(Need.organisation_id).in_(organisation_ids))
    return list(session.exec(statement.order_by(col(Need.id))))


def _offers_of(session: RegistrySession, donor_ids: Sequence[str]) -> list[str]:
    if not donor_ids:
        return []
    statement = select(col(Offer.id)).where(col(Offer.donor_id).in_(donor_ids))
    return list(session.exec(statement.order_by(col(Offer.id))))


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
