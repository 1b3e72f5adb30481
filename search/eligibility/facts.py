"""What rules and scores see of a need, an organisation and an offer: plain frozen facts.

A fact that is `None` or empty is not known. Facts hold no title, summary or sealed field, and
their `repr` prints nothing: the handle or the country alone may already name somebody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, cast

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
from search.money import Amount, Money, Quantity


class Recorded:
    """Facts that can be written as a record and read back by `search.eligibility.reading`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def to_record(self) -> dict[str, object]:
        """Write the known facts as a JSON-able record in the spelling of import files."""
        names = [each.name for each in fields(cast("Any", self))]
        known = {name: getattr(self, name) for name in names}
        return {name: as_written(value) for name, value in known.items() if not is_absent(value)}


def is_absent(value: object) -> bool:
    """Say whether a value counts as not given: nothing, empty text, list or map."""
    return value is None or (isinstance(value, str | tuple | list | Mapping) and not value)


def as_written(value: object) -> object:
    if isinstance(value, Money | Quantity):
        return value.to_record()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [str(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): as_written(each) for key, each in value.items()}
    if isinstance(value, bool | int):
        return value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True, slots=True, repr=False)
class NeedFacts(Recorded):
    """A need. `funded_amount` and `funded_by` (offers) say what earlier awards gave."""

    category: str
    country: str
    external_id: str | None = None
    organisation: str | None = None
    amount_requested: Money | None = None
    quantity: Quantity | None = None
    asks_for: tuple[Measure, ...] = ()
    minimum_useful: Amount | None = None
    breakdown: Mapping[str, Amount] = field(default_factory=dict)
    serves: tuple[str, ...] = ()
    needed_by: date | None = None
    useful_until: date | None = None
    months_covered: int | None = None
    minimum_months: int | None = None
    urgency_confirmed: Urgency | None = None
    channels: tuple[Channel, ...] = ()
    publicity_accepted: Publicity | None = None
    reporting_accepted: Reporting | None = None
    target_groups: tuple[TargetGroup, ...] = ()
    funded_amount: Amount | None = None
    funded_by: tuple[str, ...] = ()

    @property
    def last_day(self) -> date | None:
        """The last day on which help is still of use."""
        return self.useful_until or self.needed_by


@dataclass(frozen=True, slots=True, repr=False)
class OrganisationFacts(Recorded):
    kind: OrganisationKind
    legal_statuses: tuple[LegalStatus, ...]
    base_country: str
    external_id: str | None = None
    handle: str | None = None
    operates_in: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    active_since: int | None = None
    vetting: Vetting | None = None
    declines_donor_kinds: tuple[DonorKind, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class OfferFacts(Recorded):
    """An offer with its donor's kind and vetting. Percentages are decimals from 0 to 100."""

    instrument: Instrument
    budget: Amount
    flexibility: Flexibility
    status: OfferStatus
    external_id: str | None = None
    donor: str | None = None
    donor_kind: DonorKind | None = None
    donor_vetting: Vetting | None = None
    budget_left: Amount | None = None
    min_award: Amount | None = None
    max_award: Amount | None = None
    categories: tuple[str, ...] = ()
    excluded_categories: tuple[str, ...] = ()
    category_caps: Mapping[str, Decimal] = field(default_factory=dict)
    countries: tuple[str, ...] = ()
    base_countries: tuple[str, ...] = ()
    organisation_kinds: tuple[OrganisationKind, ...] = ()
    legal_statuses: tuple[LegalStatus, ...] = ()
    target_groups: tuple[TargetGroup, ...] = ()
    minimum_vetting: Vetting | None = None
    channels: tuple[Channel, ...] = ()
    publicity_required: Publicity | None = None
    reporting_required: Reporting | None = None
    languages: tuple[str, ...] = ()
    opens_on: date | None = None
    closes_on: date | None = None
    decision_days: int | None = None
    payout_days: int | None = None
    max_months: int | None = None
    retroactive: bool | None = None
    co_funding: bool | None = None
    min_years_active: int | None = None
    reallocation_percent: Decimal | None = None
    excluded_organisations: tuple[str, ...] = ()
