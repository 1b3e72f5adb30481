"""Crowds of needs and offers to count, and what was stored of them."""

from typing import Any

from registry.storage.donors import Donor
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.reach import PartyId, find_reach
from tests.factories import DonorFactory, NeedFactory, OfferFactory, OrganisationFactory
from tests.factories.matches import CLEAR_TERMS


def counts_of(rows: Any, **party: str) -> dict[str, Any]:
    with rows() as reading:
        row = find_reach(reading, PartyId(**party))
        return reading.vault.read_document(row, "counts") if row else {}


def make_needs(number: int, **changes: Any) -> list[Organisation]:
    """Make so many organisations with one need each."""
    made = [OrganisationFactory.create() for _ in range(number)]
    for organisation in made:
        NeedFactory.create(organisation=organisation, **changes)
    return made


def make_offers(number: int, donor: Donor | None = None, **terms: Any) -> list[Offer]:
    return [
        OfferFactory.create(donor=donor or DonorFactory.create(), **CLEAR_TERMS | terms)
        for _ in range(number)
    ]
