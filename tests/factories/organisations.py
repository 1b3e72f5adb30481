"""Organisations and their needs."""

from datetime import date
from typing import Any

import factory

from registry.identity.actor import HOUSE
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from search.codes import LegalStatus, NeedStatus, OrganisationKind, Reader, Urgency, Vetting
from search.money import Money
from tests.factories.base import RecordFactory


class OrganisationFactory(RecordFactory):
    """A verified medium in Poland; every one has a handle and an external id of its own."""

    external_id = factory.Sequence(lambda number: f"org-{number}")
    handle = factory.Sequence(lambda number: f"Willow {number}")
    kind = OrganisationKind.MEDIA
    legal_statuses = factory.LazyFunction(lambda: [LegalStatus.REGISTERED_ABROAD])
    base_country = "PL"
    operates_in = factory.LazyFunction(lambda: ["BY"])
    vetting = Vetting.VERIFIED

    @classmethod
    def store(cls, session: RegistrySession, record: dict[str, Any]) -> Organisation:
        from registry.services.organisations.add_organisation import add_organisation

        view = add_organisation(session, HOUSE, record)
        return session.get_one(Organisation, view["id"])


class NeedFactory(RecordFactory):
    """An open need of rent that partners may read; `organisation` is a row, or made."""

    external_id = factory.Sequence(lambda number: f"need-{number}")
    category = "fixed_costs.rent"
    country = "PL"
    title = "Rent for three months"
    summary = "Our newsroom of four keeps its two rooms until the new grant begins."
    language = "en"
    amount_requested = Money(450_000, "EUR")
    needed_by = date(2027, 1, 31)
    months_covered = 3
    urgency = Urgency.SOON
    readers = factory.LazyFunction(lambda: [Reader.DONORS, Reader.PARTNERS])
    status = NeedStatus.OPEN

    @classmethod
    def store(cls, session: RegistrySession, record: dict[str, Any]) -> Need:
        from registry.services.needs.register_need import register_need

        organisation = record.pop("organisation", None) or OrganisationFactory.create()
        view = register_need(session, HOUSE, organisation.id, record)
        return session.get_one(Need, view["id"])
