"""Filling the search index from the database; only the worker, or who holds its lock, does.

The index holds every need and offer whose party is in sight.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from sqlmodel import col, func, select
from sqlmodel.sql.expression import Select

from registry.services.index_documents import need_document, offer_document
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import RecordState, Vetting
from search.index.protocol import Document, IndexUnavailable

VERSION_FILE = "index.version"
ROWS_AT_ONCE = 500

Pulse = Callable[[], None]
Record = TypeVar("Record", Need, Offer)
Party = TypeVar("Party", Organisation, Donor)


def index_needs(session: RegistrySession, need_ids: Sequence[str]) -> None:
    """Bring these needs in the index in line with the database; what is gone goes."""
    if not need_ids:
        return
    rows = session.exec(_indexed_needs().where(col(Need.id).in_(need_ids)))
    documents = [each for row in rows if (each := need_document(session, *row))]
    _bring_in_line(session, need_ids, documents)


def index_offers(session: RegistrySession, offer_ids: Sequence[str]) -> None:
    """Bring these offers in the index in line with the database; what is gone goes."""
    if not offer_ids:
        return
    rows = session.exec(_indexed_offers().where(col(Offer.id).in_(offer_ids)))
    documents = [each for row in rows if (each := offer_document(session, *row))]
    _bring_in_line(session, offer_ids, documents)


def rebuild_index(session: RegistrySession, pulse: Pulse = lambda: None) -> int:
    """Make the index anew from the database, beside the old one; return how many documents."""
    count = session.index.rebuild(_all_documents(session, pulse))
    _note_version(session)
    return count


def check_index(session: RegistrySession) -> bool:
    """Say whether the index answers, and holds what was last put into it."""
    try:
        return session.index.version() == _noted_version(session)
    except IndexUnavailable as unavailable:
        return unavailable.reason == "busy"


def count_indexed_rows(session: RegistrySession) -> int:
    """Return how many records of the database belong into the index."""
    needs = select(func.count()).select_from(_indexed_needs().subquery())
    offers = select(func.count()).select_from(_indexed_offers().subquery())
    return session.exec(needs).one() + session.exec(offers).one()


def _indexed_needs() -> Select[Need, Organisation]:
    return (
        select(Need, Organisation)
        .join(Organisation, col(Organisation.id) == col(Need.organisation_id))
        .where(
            col(Organisation.state) == RecordState.ACTIVE,
            col(Organisation.vetting) != Vetting.SUSPENDED,
        )
    )


def _indexed_offers() -> Select[Offer, Donor]:
    return (
        select(Offer, Donor)
        .join(Donor, col(Donor.id) == col(Offer.donor_id))
        .where(col(Donor.state) == RecordState.ACTIVE, col(Donor.vetting) != Vetting.SUSPENDED)
    )


def _all_documents(session: RegistrySession, pulse: Pulse) -> Iterator[Document]:
    for need, organisation in _stream(session, _indexed_needs().order_by(col(Need.id))):
        pulse()
        if document := need_document(session, need, organisation):
            yield document
    for offer, donor in _stream(session, _indexed_offers().order_by(col(Offer.id))):
        pulse()
        if document := offer_document(session, offer, donor):
            yield document


def _stream(
    session: RegistrySession, statement: Select[Record, Party]
) -> Iterator[tuple[Record, Party]]:
    """Read rows in parts, with the data keys of each part at once."""
    rows = session.exec(statement.execution_options(yield_per=ROWS_AT_ONCE))
    for part in rows.partitions():
        session.vault.keys.look_up({party.id for _, party in part})
        yield from part


def _bring_in_line(
    session: RegistrySession, ids: Sequence[str], documents: Sequence[Document]
) -> None:
    gone = set(ids) - {document.id for document in documents}
    if documents:
        session.index.put(documents)
    if gone:
        session.index.remove(gone)
    if documents or gone:
        _note_version(session)


def _note_version(session: RegistrySession) -> None:
    """Note what the index holds now; another version at the next start means that it broke."""
    file = session.settings.data_dir / VERSION_FILE
    beside = file.with_suffix(".new")
    beside.write_text(session.index.version(), "ascii")
    beside.replace(file)


def _noted_version(session: RegistrySession) -> str | None:
    try:
        return (session.settings.data_dir / VERSION_FILE).read_text("ascii")
    except FileNotFoundError:
        return None
