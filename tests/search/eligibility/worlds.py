"""Needs and offers at random, many at a time: each a seed, so that a failure can be repeated.

Facts are missing about as often as they are given; days, amounts and months lie close together,
so that edges are met; amounts also come in several currencies and units, and far too large.
"""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from search.codes import (
    CATEGORIES,
    CATEGORY_ITEMS,
    VETTING_ORDER,
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
from search.eligibility.pair import Settings
from search.money import Money, Quantity, Rate

DAYS = (date(2022, 2, 27), date(2022, 3, 2), date(2026, 5, 4), date(2026, 11, 24))
CURRENCIES = ("EUR", "USD", "PLN", "RUB", "BYN", "GEL", "VND")
PLACES = ("BY", "LT", "PL", "GE")
LANGUAGES = ("be", "ru", "en")
UNITS = (Measure.HOURS, Measure.SESSIONS, Measure.SEATS)
GROUPS = ("security", "equipment", "relocation", "psychological_support")
SOME_CATEGORIES = [each for each in CATEGORIES if each.startswith(GROUPS)]
SETTINGS = Settings(
    frozenset({"BY", "GE"}),
    (
        Rate("GEL", date(2026, 5, 1), Decimal("3.0125"), "an officer"),
        Rate("VND", date(2026, 5, 4), Decimal("28000.123456789"), "an officer"),
    ),
)


class World:
    """Random facts of one seed, on one day."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self.on = self._one(DAYS)

    def needs(self, many: int) -> list[tuple[NeedFacts, OrganisationFacts]]:
        return [(self.need(), self.organisation()) for _ in range(many)]

    def offers(self, many: int) -> list[OfferFacts]:
        return [self.offer() if self._chance(0.8) else self.mild_offer() for _ in range(many)]

    def need(self) -> NeedFacts:
        currency, unit = self._one(CURRENCIES[:4] * 3 + CURRENCIES), self._one(UNITS)
        category = self._one(SOME_CATEGORIES)
        either = [lambda: self._money(currency), lambda: self._quantity(unit)]
        return NeedFacts(
            category=category,
            country=self._one(PLACES),
            asks_for=self.some((Measure.MONEY, *UNITS)) if self._chance(0.5) else (),
            amount_requested=self._money(currency) if self._chance(0.8) else None,
            quantity=self._quantity(unit) if self._chance(0.4) else None,
            minimum_useful=self._one(either)() if self._chance(0.5) else None,
            breakdown=self._break_down(category, either) if self._chance(0.6) else {},
            serves=self.some(PLACES),
            needed_by=self._day(),
            useful_until=self._day(),
            months_covered=self._number(8),
            minimum_months=self._number(8),
            channels=self.some(Channel),
            publicity_accepted=self._maybe(Publicity),
            reporting_accepted=self._maybe(Reporting),
            target_groups=self.some(TargetGroup),
            funded_amount=self._funded(either) if self._chance(0.4) else None,
            funded_by=self.some(("F-1", "F-2", "F-3")),
        )

    def organisation(self) -> OrganisationFacts:
        return OrganisationFacts(
            kind=self._one(OrganisationKind),
            legal_statuses=self.some(LegalStatus) or (LegalStatus.HOSTED,),
            base_country=self._one(PLACES),
            external_id=self._maybe(("O-1", "O-2", "O-3")),
            handle=self._maybe(("quiet-lime", "tall-ash")),
            operates_in=self.some(PLACES),
            languages=self.some(LANGUAGES),
            active_since=self._maybe(range(self.on.year - 4, self.on.year + 3)),
            vetting=self._maybe(Vetting),
            declines_donor_kinds=self.some(DonorKind),
        )

    def offer(self) -> OfferFacts:
        currency, unit = self._one(CURRENCIES), self._one(UNITS)
        in_money = self._chance(0.7)

        def amount() -> Money | Quantity:
            return self._money(currency) if in_money else self._quantity(unit)

        return OfferFacts(
            instrument=self._one(Instrument),
            budget=amount(),
            flexibility=self._one(Flexibility),
            status=self._one([OfferStatus.OPEN, OfferStatus.OPEN, *OfferStatus]),
            external_id=self._maybe(("F-1", "F-2", "F-3", "F-4")),
            donor_kind=self._maybe(DonorKind),
            donor_vetting=self._maybe(Vetting),
            budget_left=amount() if self._chance(0.4) else None,
            min_award=amount() if self._chance(0.3) else None,
            max_award=amount() if self._chance(0.4) else None,
            categories=self.some(SOME_CATEGORIES),
            excluded_categories=self.some(SOME_CATEGORIES),
            category_caps=self._caps(),
            countries=self.some(PLACES),
            base_countries=self.some(PLACES),
            organisation_kinds=self.some(OrganisationKind),
            legal_statuses=self.some(LegalStatus),
            target_groups=self.some(TargetGroup),
            minimum_vetting=self._maybe(VETTING_ORDER),
            channels=self.some(Channel),
            publicity_required=self._maybe(Publicity),
            reporting_required=self._maybe(Reporting),
            languages=self.some(LANGUAGES),
            opens_on=self._day(),
            closes_on=self._day(),
            decision_days=self._number(12),
            payout_days=self._number(12),
            max_months=self._number(8),
            retroactive=self._maybe((True, False, False)),
            co_funding=self._maybe((True, False)),
            min_years_active=self._number(4),
            excluded_organisations=self.some(("O-1", "O-2", "quiet-lime", "nobody")),
        )

    def mild_offer(self) -> OfferFacts:
        """Make an offer of few conditions, so that some pairs are eligible."""
        return OfferFacts(
            instrument=Instrument.GRANT,
            budget=Money(10_000_000, self._one(CURRENCIES[:3])),
            flexibility=Flexibility.CORE,
            status=OfferStatus.OPEN,
            donor_kind=self._one(DonorKind),
            donor_vetting=Vetting.VERIFIED,
            categories=self.some(SOME_CATEGORIES),
            channels=tuple(Channel),
            publicity_required=Publicity.NONE,
            retroactive=True,
            co_funding=True,
        )

    def _break_down(self, category, either):
        one = self._one(either)
        near = self._random.sample(items_of(category), self._random.randint(0, 1))
        items = [*near, *self.some(items_of(category)), *self.some(CATEGORY_ITEMS)]
        return {item: (one if self._chance(0.8) else self._one(either))() for item in items}

    def _caps(self):
        percent = [Decimal(0), Decimal(100), Decimal("33.333333"), Decimal("12.5")]
        return {each: self._one(percent) for each in self.some(SOME_CATEGORIES)}

    def _funded(self, either):
        amount = self._one(either)()
        if self._chance(0.05):
            return type(amount)(10**25, amount.denomination)
        return amount

    def _hundredths(self):
        kind = self._random.random()
        if kind < 0.1:
            return 0
        if kind < 0.6:
            return 10_000 * self._random.randint(0, 12)
        if kind < 0.97:
            return self._random.randint(0, 120_000)
        return self._one((10**17, 2**50 - 1, 2**50, 2**49 + 1, 10**15))

    def _money(self, currency):
        return Money(self._hundredths(), currency)

    def _quantity(self, unit):
        return Quantity(self._hundredths(), unit)

    def _day(self):
        near = self._one((*range(-3, 14), 30))
        return self.on + timedelta(days=near) if self._chance(0.6) else None

    def _number(self, most):
        return self._random.randint(0, most) if self._chance(0.6) else None

    def some(self, values):
        """Take none to three of the values."""
        known = sorted(values)
        many = self._one((0, 0, 1, 1, 2, 3))
        return tuple(self._random.sample(known, min(many, len(known))))

    def _maybe(self, values):
        return self._one(list(values)) if self._chance(0.7) else None

    def _one(self, values):
        return self._random.choice(list(values))

    def _chance(self, share):
        return self._random.random() < share
