"""What an import has to know of each kind of record, in one table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table

from registry.services.donors import store_donor
from registry.services.needs import store_need
from registry.services.offers import store_offer
from registry.services.organisations import store_organisation
from registry.services.topics import (
    DONOR_CHANGED,
    NEED_CHANGED,
    OFFER_CHANGED,
    ORGANISATION_CHANGED,
)
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import NeedStatus

Model = type[Organisation] | type[Donor] | type[Need] | type[Offer]
Party = type[Organisation] | type[Donor]


@dataclass(frozen=True, slots=True)
class Reference:
    """A field by which a record names a party, and the column that holds its id."""

    field: str
    party: Party
    column: str
    owns: bool = True
    """Whether the party owns the record: it has to be active, and stays the owner for good."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How records of one kind are imported.

    `kept` are fields that stay as they are where a row says nothing of them, each with the table
    of its moves; `days` are columns that follow from those. `confirmed` names columns in which an
    officer stands for what another one states: they are emptied where a row states otherwise.
    """

    name: str
    plural: str
    model: Model
    topic: str
    store_fields: Callable[[RegistrySession, Any, Mapping[str, Any]], None]
    kept: Mapping[str, str]
    days: tuple[str, ...]
    reference: Reference
    defaults: Mapping[str, Any] = field(default_factory=dict)
    confirmed: Mapping[str, str] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        table: Table = self.model.__table__  # type: ignore[union-attr]
        return table

    @property
    def has_own_key(self) -> bool:
        """Say whether every record brings a data key of its own, as parties do."""
        return not self.reference.owns

    @property
    def written_columns(self) -> tuple[str, ...]:
        """Return the columns that a changed row writes anew."""
        return tuple(column.name for column in self.table.columns if column.name not in LEFT_ALONE)


LEFT_ALONE = frozenset(
    {
        *("id", "created_on", "organisation_id", "donor_id", "registered_by_id", "shows_name"),
        *("urgency_confirmed", "spent"),
    }
)
"""Columns that no file speaks of: a change leaves them as they are."""

_PARTY_DAYS = ("vetted_on",)
_HUB = Reference("hosted_by", Organisation, "hosted_by_id", owns=False)
_NO_REFERENCE = Reference("", Donor, "", owns=False)

KINDS: Mapping[str, Kind] = {
    kind.plural: kind
    for kind in (
        Kind(
            name="organisation",
            plural="organisations",
            model=Organisation,
            topic=ORGANISATION_CHANGED,
            store_fields=store_organisation.store_fields,
            kept={"state": "organisation", "vetting": "vetting"},
            days=_PARTY_DAYS,
            reference=_HUB,
        ),
        Kind(
            name="donor",
            plural="donors",
            model=Donor,
            topic=DONOR_CHANGED,
            store_fields=store_donor.store_fields,
            kept={"state": "donor", "vetting": "vetting"},
            days=_PARTY_DAYS,
            reference=_NO_REFERENCE,
        ),
        Kind(
            name="need",
            plural="needs",
            model=Need,
            topic=NEED_CHANGED,
            store_fields=store_need.store_fields,
            kept={"status": "need"},
            days=("closed_on",),
            reference=Reference("organisation", Organisation, "organisation_id"),
            defaults={"status": NeedStatus.OPEN},
            confirmed={"urgency_confirmed": "urgency"},
        ),
        Kind(
            name="offer",
            plural="offers",
            model=Offer,
            topic=OFFER_CHANGED,
            store_fields=store_offer.store_fields,
            kept={"status": "offer"},
            days=("closed_on",),
            reference=Reference("donor", Donor, "donor_id"),
        ),
    )
}
"""What the command line and the pages call the kinds -> how they are imported."""
