"""Needs and offers as the search index sees them.

Title and summary become keyed terms (the situation never goes in); beside them stand the open
codes by which people filter. What an offer accepts without limit stands there as `EVERYWHERE`.
"""

from collections.abc import Sequence

from registry.domain.errors import KeyGoneError
from registry.identity.permissions import SHARED, is_trusted
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import (
    CATEGORY_ITEMS,
    COVERS,
    MATCHED_NEED_STATUSES,
    OfferStatus,
    group_of,
    items_of,
)
from search.index.protocol import LARGEST_AMOUNT, Document, Filter, Kind, Text, TextField
from search.money import Amount, Money, convert
from search.text.languages import tell_language

EVERYWHERE = "*"
"""Country of an offer that names none."""
MEMBERS = "members"
"""Reader of offers that organisations may see."""


def need_document(
    session: RegistrySession, need: Need, organisation: Organisation
) -> Document | None:
    """Return a need as the index sees it; None where its organisation deleted itself."""
    try:
        texts = _texts(session, need)
    except KeyGoneError:
        return None
    urgency = need.urgency_confirmed or need.urgency
    return Document(
        kind=Kind.NEED,
        id=need.id,
        texts=texts,
        values={
            Filter.CATEGORY: frozenset({need.category}),
            Filter.GROUP: frozenset({group_of(need.category)}),
            Filter.COUNTRY: frozenset({need.country}),
            Filter.URGENCY: frozenset({urgency} if urgency else ()),
            Filter.STATUS: frozenset({need.status}),
            Filter.READERS: frozenset(_readers(need, organisation)),
            Filter.OWNER: frozenset({organisation.id}),
        },
        amount=_capped(need.amount_base),
    )


def offer_document(session: RegistrySession, offer: Offer, donor: Donor) -> Document | None:
    """Return an offer as the index sees it; None where its donor deleted itself."""
    try:
        texts = _texts(session, offer)
    except KeyGoneError:
        return None
    categories = taken_categories(offer.categories or (), offer.excluded_categories or ())
    shared = offer.visibility in SHARED and offer.status == OfferStatus.OPEN and is_trusted(donor)
    return Document(
        kind=Kind.OFFER,
        id=offer.id,
        texts=texts,
        values={
            Filter.CATEGORY: categories,
            Filter.GROUP: frozenset(map(group_of, categories)),
            Filter.COUNTRY: frozenset(offer.countries or (EVERYWHERE,)),
            Filter.STATUS: frozenset({offer.status}),
            Filter.READERS: frozenset({MEMBERS} if shared else ()),
            Filter.OWNER: frozenset({donor.id}),
        },
        amount=_amount(session, offer.budget),
    )


def _readers(need: Need, organisation: Organisation) -> Sequence[str]:
    """Return who may find a need: nobody but its owner and officers while it is not trusted."""
    is_open = need.status in MATCHED_NEED_STATUSES and is_trusted(organisation)
    return (need.readers or ()) if is_open else ()


def taken_categories(named: Sequence[str], excluded: Sequence[str]) -> frozenset[str]:
    """Return the items that an offer takes, and every group of which it takes something."""
    items = {each for category in named for each in items_of(category)} or set(CATEGORY_ITEMS)
    covered = {further for item in items for further in COVERS.get(item, ())}
    taken = {
        item for item in items | covered if item not in excluded and group_of(item) not in excluded
    }
    return frozenset(taken | set(map(group_of, taken)))


def _texts(session: RegistrySession, row: Need | Offer) -> dict[TextField, Text]:
    """Read title and summary; the language is opened only where there is one of them.

    Where nobody said it, it is told from both together.
    """
    opened = {name: session.vault.read(row, name) for name in TextField}
    written = {name: text for name, text in opened.items() if text}
    if not written:
        return {}
    stated = session.vault.read_document(row, "coded").get("language")
    language = tell_language(stated, *written.values())
    return {name: Text(text, language) for name, text in written.items()}


def _amount(session: RegistrySession, amount: Amount | None) -> int | None:
    """Return hundredths of the base currency; None without money or a rate."""
    if not isinstance(amount, Money):
        return None
    converted = convert(
        amount.hundredths, amount.currency, session.settings.base_currency, session.today
    )
    return _capped(converted.hundredths) if converted else None


def _capped(hundredths: int | None) -> int | None:
    return None if hundredths is None else min(hundredths, LARGEST_AMOUNT)
