"""Needs and offers by the thousand for measurements, spread about as those of a registry are."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from search.codes import (
    CATEGORIES,
    CATEGORY_GROUPS,
    CATEGORY_ITEMS,
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
    Vetting,
    items_of,
)
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.money import Money, Quantity

ON = date(2026, 5, 4)
COUNTRIES = ("BY", "LT", "PL", "GE", "DE", "UA", "CZ", "LV", "EE", "NL")
LANGUAGES = ("be", "ru", "en", "pl", "lt", "uk")
CURRENCIES = ("EUR", "EUR", "EUR", "EUR", "USD", "USD", "PLN", "CZK", "BYN")

Askers = list[tuple[NeedFacts, OrganisationFacts]]


class MadeUp:
    """Random facts of one seed."""

    def __init__(self, seed: int = 1) -> None:
        self._random = Random(seed)

    def askers(self, many: int, needs_of_each: int = 4) -> Askers:
        """Make needs, some of each organisation."""
        organisations = [self.organisation(n) for n in range(max(1, many // needs_of_each))]
        return [(self.need(), organisations[n % len(organisations)]) for n in range(many)]

    def offers(self, many: int) -> list[OfferFacts]:
        return [self.offer(number) for number in range(many)]

    def need(self) -> NeedFacts:
        currency = self._one(CURRENCIES)
        asked = self._random.randint(300, 40_000) * self._one((100, 100, 101, 5_000))
        category = self._one(CATEGORY_ITEMS * 3 + CATEGORIES)
        in_units = self._chance(0.15)
        return NeedFacts(
            category=category,
            country=self._one(COUNTRIES),
            amount_requested=None if in_units else Money(asked, currency),
            quantity=Quantity(asked // 100, Measure.HOURS) if in_units else None,
            minimum_useful=self._maybe(0.5, None if in_units else Money(asked // 3, currency)),
            breakdown=self._break_down(category, asked, currency),
            serves=self._some(COUNTRIES, 1) if self._chance(0.3) else (),
            needed_by=self._maybe(0.7, ON + timedelta(days=self._random.randint(5, 300))),
            months_covered=self._maybe(0.6, self._random.randint(1, 24)),
            minimum_months=self._maybe(0.3, self._random.randint(1, 6)),
            channels=self._some(Channel, 3),
            publicity_accepted=self._maybe(0.8, self._one(Publicity)),
            reporting_accepted=self._maybe(0.8, self._one(Reporting)),
            target_groups=self._some(TargetGroup, 2),
            funded_amount=self._maybe(0.05, None if in_units else Money(asked // 5, currency)),
            funded_by=(f"F-{self._random.randint(0, 2_000)}",) if self._chance(0.05) else (),
        )

    def organisation(self, number: int) -> OrganisationFacts:
        return OrganisationFacts(
            kind=self._one(OrganisationKind),
            legal_statuses=self._some(LegalStatus, 2) or (LegalStatus.UNREGISTERED,),
            base_country=self._one(COUNTRIES),
            external_id=f"O-{number}",
            handle=f"handle-{number}",
            operates_in=self._some(COUNTRIES, 3),
            languages=self._some(LANGUAGES, 3),
            active_since=self._maybe(0.8, self._random.randint(1995, 2026)),
            vetting=self._one((Vetting.VERIFIED, Vetting.VOUCHED, Vetting.UNVERIFIED)),
            declines_donor_kinds=self._some(DonorKind, 1) if self._chance(0.2) else (),
        )

    def offer(self, number: int) -> OfferFacts:
        currency = self._one(CURRENCIES[:7])
        budget = self._random.randint(50, 5_000) * 100_000
        left = budget - self._random.randint(0, budget // 2)
        return OfferFacts(
            instrument=self._one((Instrument.GRANT, Instrument.GRANT, Instrument.SERVICE)),
            budget=Money(budget, currency),
            flexibility=self._one(Flexibility),
            status=OfferStatus.OPEN,
            external_id=f"F-{number}",
            donor_kind=self._maybe(0.9, self._one(DonorKind)),
            donor_vetting=self._one((Vetting.VERIFIED, Vetting.VERIFIED, None)),
            budget_left=self._maybe(0.5, Money(left, currency)),
            min_award=self._maybe(0.3, Money(budget // 100, currency)),
            max_award=self._maybe(0.6, Money(budget // 5, currency)),
            categories=self._some(CATEGORIES, 6) if self._chance(0.8) else (),
            excluded_categories=self._some(CATEGORIES, 1) if self._chance(0.2) else (),
            category_caps={self._one(CATEGORIES): Decimal("12.5")} if self._chance(0.1) else {},
            countries=self._some(COUNTRIES, 5) if self._chance(0.6) else (),
            base_countries=self._some(COUNTRIES, 5) if self._chance(0.3) else (),
            organisation_kinds=self._some(OrganisationKind, 4) if self._chance(0.4) else (),
            legal_statuses=self._some(LegalStatus, 5) if self._chance(0.4) else (),
            target_groups=self._some(TargetGroup, 4) if self._chance(0.4) else (),
            minimum_vetting=self._one((None, Vetting.VOUCHED, Vetting.VERIFIED)),
            channels=self._some(Channel, 4),
            publicity_required=self._maybe(0.8, self._one((*Publicity, Publicity.NONE))),
            reporting_required=self._maybe(0.8, self._one(Reporting)),
            languages=self._some(LANGUAGES, 3) if self._chance(0.4) else (),
            opens_on=self._maybe(0.3, ON - timedelta(days=self._random.randint(-10, 90))),
            closes_on=self._maybe(0.7, ON + timedelta(days=self._random.randint(-10, 200))),
            decision_days=self._maybe(0.8, self._random.randint(3, 90)),
            payout_days=self._maybe(0.8, self._random.randint(2, 30)),
            max_months=self._maybe(0.5, self._one((3, 6, 12, 18))),
            retroactive=self._maybe(0.3, False),
            co_funding=self._maybe(0.6, True),
            min_years_active=self._maybe(0.3, self._one((1, 2, 3, 5))),
            excluded_organisations=(f"O-{self._random.randint(0, 5_000)}",)
            if self._chance(0.1)
            else (),
        )

    def _break_down(self, category: str, asked: int, currency: str) -> dict[str, Money]:
        if category not in CATEGORY_GROUPS or self._chance(0.3):
            return {}
        items = self._some(items_of(category), 3)
        return {item: Money(asked // len(items), currency) for item in items}

    def _some(self, values: Any, most: int) -> tuple[Any, ...]:
        known = list(values)
        many = min(len(known), self._random.randint(1, most))
        return tuple(self._random.sample(known, many))

    def _maybe(self, share: float, value: Any) -> Any:
        return value if self._chance(share) else None

    def _one(self, values: Any) -> Any:
        known: Sequence[Any] = values if isinstance(values, tuple) else tuple(values)
        return self._random.choice(known)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share
