"""Donors and their offers."""

from datetime import date
from typing import Any

import factory

from registry.identity.actor import HOUSE
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.offers import Offer
from search.codes import DonorKind, Flexibility, Instrument, OfferStatus, Vetting
from search.money import Money
from tests.factories.base import RecordFactory


class DonorFactory(RecordFactory):
    """A verified foundation."""

    external_id = factory.Sequence(lambda number: f"donor-{number}")
    handle = factory.Sequence(lambda number: f"Harbour {number}")
    donor_kind = DonorKind.FOUNDATION
    vetting = Vetting.VERIFIED

    @classmethod
    def store(cls, session: RegistrySession, record: dict[str, Any]) -> Donor:
        from registry.services.donors.add_donor import add_donor

        view = add_donor(session, HOUSE, record)
        return session.get_one(Donor, view["id"])


class OfferFactory(RecordFactory):
    """An open grant that takes every category; `donor` is a row, or made."""

    external_id = factory.Sequence(lambda number: f"offer-{number}")
    instrument = Instrument.GRANT
    budget = Money(5_000_000, "EUR")
    max_award = Money(1_000_000, "EUR")
    flexibility = Flexibility.CATEGORY
    title = "Core costs of small newsrooms"
    summary = "Rent, salaries and accounting for up to a year."
    language = "en"
    closes_on = date(2027, 3, 31)
    status = OfferStatus.OPEN

    @classmethod
    def store(cls, session: RegistrySession, record: dict[str, Any]) -> Offer:
        from registry.services.offers.post_offer import post_offer

        donor = record.pop("donor", None) or DonorFactory.create()
        view = post_offer(session, HOUSE, donor.id, record)
        return session.get_one(Offer, view["id"])
