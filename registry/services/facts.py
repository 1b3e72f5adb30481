"""Rows become facts here and nowhere else: what rules, scores and plans see of a record.

Texts never do. External ids are opened only for a pair whose rule asks for them; offers go by
their own opaque ids.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from registry.privacy.vault import Vault
from registry.services.funding import Funding, read_funding
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.records import read_record
from search.codes import (
    Channel,
    DonorKind,
    Flexibility,
    Instrument,
    LegalStatus,
    Measure,
    OfferStatus,
    OrganisationKind,
    Publicity,
    Reporting,
    TargetGroup,
    Urgency,
    Vetting,
)
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts

Facts = TypeVar("Facts", NeedFacts, OrganisationFacts, OfferFacts)
Read = Callable[[Any], Any]


def _codes(kind: type[StrEnum]) -> Read:
    return lambda values: tuple(kind(value) for value in values)


def _caps(stored: Mapping[str, Any]) -> dict[str, Decimal]:
    return {category: Decimal(str(percent)) for category, percent in stored.items()}


READ_AS: dict[str, Read] = {
    "asks_for": _codes(Measure),
    "channels": _codes(Channel),
    "target_groups": _codes(TargetGroup),
    "legal_statuses": _codes(LegalStatus),
    "organisation_kinds": _codes(OrganisationKind),
    "declines_donor_kinds": _codes(DonorKind),
    "serves": tuple,
    "operates_in": tuple,
    "languages": tuple,
    "categories": tuple,
    "excluded_categories": tuple,
    "countries": tuple,
    "base_countries": tuple,
    "excluded_organisations": tuple,
    "category_caps": _caps,
    "reallocation_percent": lambda value: Decimal(str(value)),
    "urgency_confirmed": Urgency,
    "publicity_accepted": Publicity,
    "publicity_required": Publicity,
    "reporting_accepted": Reporting,
    "reporting_required": Reporting,
    "kind": OrganisationKind,
    "vetting": Vetting,
    "donor_kind": DonorKind,
    "donor_vetting": Vetting,
    "minimum_vetting": Vetting,
    "instrument": Instrument,
    "flexibility": Flexibility,
    "status": OfferStatus,
}
"""How a stored value becomes a fact; fields that are not named here are kept as they are."""

OPEN_FACTS = frozenset(
    {
        f"need.{name}"
        for name in (*Need.OPEN_FIELDS, "urgency_confirmed", "funded_amount", "funded_by")
    }
    | {f"organisation.{name}" for name in Organisation.OPEN_FIELDS}
)
"""Facts of need and organisation that are known without opening anything guarded."""


class FactsReader:
    """Reads rows as facts, and keeps what it opened for the length of one run."""

    def __init__(self, vault: Vault, funding: Funding) -> None:
        self._vault = vault
        self._funding = funding
        self._needs: dict[tuple[str, int | None], NeedFacts] = {}
        self._organisations: dict[tuple[str, int | None, bool], OrganisationFacts] = {}
        self._offers: dict[tuple[str, int | None, int | None], OfferFacts] = {}

    def read_open_need(self, need: Need) -> NeedFacts:
        """Read what a need's open columns say, and nothing guarded."""
        return _build(NeedFacts, self._open_record(need) | self._funded(need))

    def read_open_organisation(self, organisation: Organisation) -> OrganisationFacts:
        """Read what an organisation's open columns say, and nothing guarded."""
        return _build(OrganisationFacts, self._open_record(organisation))

    def read_need(self, need: Need) -> NeedFacts:
        """Read a need; raises KeyGoneError where its organisation deleted itself."""
        key = (need.id, need.version)
        if key not in self._needs:
            record = read_record(self._vault, need, texts=False) | self._funded(need)
            self._needs[key] = _build(NeedFacts, record)
        return self._needs[key]

    def read_organisation(
        self, organisation: Organisation, *, named: bool = False
    ) -> OrganisationFacts:
        """Read an organisation; its external id and pseudonym only where they are asked for."""
        key = (organisation.id, organisation.version, named)
        if key not in self._organisations:
            self._organisations[key] = (
                self._name(organisation) if named else self._read_nameless(organisation)
            )
        return self._organisations[key]

    def _read_nameless(self, organisation: Organisation) -> OrganisationFacts:
        return _build(OrganisationFacts, read_record(self._vault, organisation, texts=False))

    def _name(self, organisation: Organisation) -> OrganisationFacts:
        return replace(
            self.read_organisation(organisation),
            external_id=self._vault.read(organisation, "external_id"),
            handle=self._vault.read(organisation, "handle"),
        )

    def read_offer(self, offer: Offer, donor: Donor) -> OfferFacts:
        """Read an offer with its donor's kind and vetting, and what is left of its budget."""
        key = (offer.id, offer.version, donor.version)
        if key not in self._offers:
            record = read_record(self._vault, offer, texts=False)
            record |= {
                "external_id": offer.id,
                "donor_kind": donor.donor_kind,
                "donor_vetting": donor.vetting,
                "budget_left": self._funding.left_of(offer),
            }
            self._offers[key] = _build(OfferFacts, record)
        return self._offers[key]

    def _open_record(self, row: Need | Organisation) -> dict[str, Any]:
        record = {name: getattr(row, name) for name in row.OPEN_FIELDS}
        return {name: value for name, value in record.items() if value is not None}

    def _funded(self, need: Need) -> dict[str, Any]:
        amount = self._funding.given_to(need)
        extras = {
            "urgency_confirmed": need.urgency_confirmed,
            "funded_amount": amount,
            "funded_by": self._funding.givers_of(need.id),
        }
        return {name: value for name, value in extras.items() if value}


def open_reader(session: RegistrySession) -> FactsReader:
    """Make a reader for one run over the database as it stands now."""
    return FactsReader(session.vault, read_funding(session))


def need_facts(session: RegistrySession, need: Need) -> NeedFacts:
    """Read one need as facts; see FactsReader for many."""
    return open_reader(session).read_need(need)


def organisation_facts(session: RegistrySession, organisation: Organisation) -> OrganisationFacts:
    """Read one organisation as facts, with the names that an offer may exclude."""
    return open_reader(session).read_organisation(organisation, named=True)


def offer_facts(session: RegistrySession, offer: Offer) -> OfferFacts:
    """Read one offer as facts, with its donor's kind and vetting and what is left of it."""
    donor = session.get_one(Donor, offer.donor_id)
    return open_reader(session).read_offer(offer, donor)


def _build(kind: type[Facts], record: Mapping[str, Any]) -> Facts:
    names = _names(kind)
    return kind(
        **{
            name: READ_AS[name](value) if name in READ_AS else value
            for name, value in record.items()
            if name in names
        }
    )


_NAMES = {
    kind: frozenset(each.name for each in fields(kind))
    for kind in (NeedFacts, OrganisationFacts, OfferFacts)
}


def _names(kind: type[Any]) -> frozenset[str]:
    return _NAMES[kind]
