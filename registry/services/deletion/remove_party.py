"""The rows of an organisation or a donor go, and everything that hangs on them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, or_, select

from registry.domain.errors import KeyGoneError
from registry.services.topics import (
    DONOR_CHANGED,
    INDEX_REBUILD,
    NEED_CHANGED,
    OFFER_CHANGED,
    ORGANISATION_CHANGED,
)
from registry.storage.awards import Award, keep_awards
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.outbox import put_outbox
from registry.storage.questions import Question

IDS_AT_ONCE = 500

Party = type[Organisation] | type[Donor]


def leave(session: RegistrySession, party: Organisation | Donor) -> None:
    """Destroy a party's key, then remove its rows; what is cut off in between, the worker ends.

    From the first step on nothing of it can be read, whatever becomes of the transaction.
    """
    party_id, kind = party.id, type(party)
    names = _names_of(session, party)
    session.flush()
    session.expunge_all()
    session.vault.keys.begin_leaving(party_id)
    if kind is Organisation:
        _forget_exclusions(session, names)
    remove_rows(session, kind, party_id)


def remove_rows(session: RegistrySession, kind: Party, party_id: str) -> None:
    """Remove a party's rows and ask the worker to forget what it and the index hold of them.

    The index is made anew: it would keep the keyed terms of what only was marked as deleted.
    """
    records = _records_of(session, kind, party_id)
    keep_awards(session, _awards_of(kind, party_id))
    remove_questions_about(session, [party_id, *records, *_matches_of(session, party_id)])
    session.exec(delete(kind).where(col(kind.id) == party_id))
    party_topic, topic = (
        (ORGANISATION_CHANGED, NEED_CHANGED)
        if kind is Organisation
        else (DONOR_CHANGED, OFFER_CHANGED)
    )
    put_outbox(session, party_topic, party_id)
    for part in _parts(records):
        put_outbox(session, topic, *part)
    put_outbox(session, INDEX_REBUILD)
    session.leave_no_trace()
    session.flush()


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + IDS_AT_ONCE] for start in range(0, len(ids), IDS_AT_ONCE))


def _records_of(session: RegistrySession, kind: Party, party_id: str) -> list[str]:
    statement = (
        select(col(Need.id)).where(col(Need.organisation_id) == party_id)
        if kind is Organisation
        else select(col(Offer.id)).where(col(Offer.donor_id) == party_id)
    )
    return list(session.exec(statement))


def _awards_of(kind: Party, party_id: str) -> ColumnElement[bool]:
    if kind is Organisation:
        return col(Award.organisation_id) == party_id
    offers = select(col(Offer.id)).where(col(Offer.donor_id) == party_id)
    return col(Award.offer_id).in_(offers)


def _matches_of(session: RegistrySession, party_id: str) -> list[str]:
    owned = or_(col(Match.organisation_id) == party_id, col(Match.donor_id) == party_id)
    return list(session.exec(select(col(Match.id)).where(owned)))


def remove_questions_about(session: RegistrySession, ids: Sequence[str]) -> None:
    """Remove what others were asked about the party: the question may tell of it."""
    for part in _parts(ids):
        session.exec(delete(Question).where(col(Question.about_id).in_(part)))


def _names_of(session: RegistrySession, party: Organisation | Donor) -> set[str]:
    try:
        names = {session.vault.read(party, name) for name in ("external_id", "handle")}
    except KeyGoneError:
        return set()
    return {name for name in names if name}


def _forget_exclusions(session: RegistrySession, names: set[str]) -> None:
    """Take the names of a deleted organisation out of offers that excluded it."""
    for offer in session.exec(select(Offer).order_by(col(Offer.id))).all():
        document: dict[str, Any] = _opened(session, offer)
        excluded = document.get("excluded_organisations", [])
        kept = [each for each in excluded if each not in names]
        if kept != excluded:
            session.vault.write_document(
                offer, "coded", {**document, "excluded_organisations": kept}
            )
            session.add(offer)
            put_outbox(session, OFFER_CHANGED, offer.id)


def _opened(session: RegistrySession, offer: Offer) -> dict[str, Any]:
    try:
        return session.vault.read_document(offer, "coded")
    except KeyGoneError:
        return {}
