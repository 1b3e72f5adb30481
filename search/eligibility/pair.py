"""One need of one organisation beside one offer, on one day."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.money import Rate, family


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set for the whole registry: where receiving is dangerous, officers' own rates."""

    home_countries: frozenset[str] = frozenset({"BY"})
    entered_rates: tuple[Rate, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Pair:
    """What a rule is asked about. `on` is the day (UTC) that counts as today."""

    need: NeedFacts
    organisation: OrganisationFacts
    offer: OfferFacts
    on: date
    settings: Settings = Settings()
    known: dict[str, Any] = field(default_factory=dict, init=False, compare=False)
    """What was worked out of the pair and is asked for more than once."""

    @property
    def asked_measures(self) -> tuple[str, ...]:
        return measures_asked(self.need)

    @property
    def instrument_fits(self) -> bool:
        """Whether the offer gives what the need asks for; sessions count as hours."""
        return family(self.offer.budget.measure) in map(family, self.asked_measures)

    @property
    def pays_money(self) -> bool:
        return self.offer.budget.measure == "money"

    @property
    def touches_home(self) -> bool:
        """Whether help would arrive where receiving it is dangerous."""
        places = {self.need.country, self.organisation.base_country}
        return bool(places & self.settings.home_countries)

    @property
    def is_longer_than_paid(self) -> bool:
        """Whether the need is known to cover more months than the offer pays for."""
        covered, most = self.need.months_covered, self.offer.max_months
        return covered is not None and most is not None and covered > most


def measures_asked(need: NeedFacts) -> tuple[str, ...]:
    """Return what a need asks for: asks_for alone where given, else what its amounts are in."""
    if need.asks_for:
        return tuple(need.asks_for)
    amounts = (need.amount_requested, need.quantity)
    return tuple(each.measure for each in amounts if each is not None)
