"""Random registries, small and quick to make from a seed, in which many pairs fit."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

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
    items_of,
)
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.money import Money, Quantity

ON = date(2026, 5, 4)
CATEGORIES = ("security", "security.digital", "security.physical", "equipment.hardware")
CURRENCIES = ("EUR", "EUR", "EUR", "USD", "PLN", "GEL")
"""The last one has no rate."""
SENTENCES = (
    "rent office cameras lawyer psychologist microphone support",
    "арэнда офіса юрыст псіхолаг аренда офиса юрист",
    "biuro prawnik nuoma teisininkas",
)
WORDS = " ".join(SENTENCES).split()


class Chance:
    """Draws facts; each may be missing."""

    def __init__(self, seed):
        self.random = Random(seed)

    def maybe(self, draw, share=0.5):
        return draw() if self.random.random() < share else None

    def one(self, values):
        return self.random.choice(tuple(values))

    def some(self, values, least=0):
        chosen = tuple(values)
        many = self.random.randint(least, min(3, len(chosen)))
        return tuple(self.random.sample(chosen, many))

    def mostly_none(self, values):
        return self.some(values, 1) if self.random.random() < 0.2 else ()

    def day(self):
        return ON + timedelta(days=self.random.randint(-3, 60))

    def money(self, currency, least=0, most=90_000):
        if self.random.random() < 0.02:
            return Money(self.random.randint(10**14, 10**16), currency)
        return Money(self.random.randint(least, most), currency)

    def need(self):
        """Draw a need whose breakdown fits its category; some ask for hours."""
        category, currency = self.one(CATEGORIES), self.one(CURRENCIES)
        hours = self.random.random() < 0.15
        asked = Quantity(self.random.randint(100, 9000), Measure.HOURS)
        items = self.some(items_of(category)) if self.random.random() < 0.6 else ()
        return NeedFacts(
            category=category,
            country=self.one(("BY", "LT", "PL")),
            amount_requested=self.maybe(lambda: self.money(currency, 100), 0.8),
            quantity=asked if hours else None,
            asks_for=(Measure.MONEY, Measure.HOURS) if hours else (Measure.MONEY,),
            minimum_useful=self.maybe(lambda: self.money(currency, 0, 9_000)),
            breakdown={item: self.money(currency) for item in items},
            serves=self.some(("BY", "LT")),
            needed_by=self.maybe(self.day),
            useful_until=self.maybe(self.day, 0.3),
            months_covered=self.maybe(lambda: self.random.randint(0, 12)),
            urgency_confirmed=self.maybe(lambda: self.one(Urgency)),
            channels=self.some(Channel),
            publicity_accepted=self.maybe(lambda: self.one(Publicity)),
            reporting_accepted=self.maybe(lambda: self.one(Reporting)),
            target_groups=self.some(TargetGroup),
            funded_amount=self.maybe(lambda: self.money(currency, 0, 5_000), 0.2),
        )

    def organisation(self):
        return OrganisationFacts(
            kind=self.one(OrganisationKind),
            legal_statuses=self.some(LegalStatus, 1),
            base_country=self.one(("LT", "PL", "BY")),
            external_id=self.one(("O-1", "O-2", "O-3")),
            operates_in=self.some(("BY", "LT")),
            languages=self.some(("be", "ru", "en")),
            active_since=self.maybe(lambda: self.random.randint(2015, 2026)),
            vetting=self.maybe(lambda: self.one((Vetting.VOUCHED, Vetting.VERIFIED))),
        )

    def offer(self):
        """Draw an offer that limits little; some give sessions."""
        currency, hours = self.one(CURRENCIES), self.random.random() < 0.15

        def amount(least, most):
            if hours:
                return Quantity(self.random.randint(least, most), Measure.SESSIONS)
            return self.money(currency, least, most)

        return OfferFacts(
            instrument=self.one(Instrument),
            budget=amount(10_000, 500_000),
            flexibility=self.one(Flexibility),
            status=OfferStatus.OPEN if self.random.random() < 0.9 else self.one(OfferStatus),
            external_id=self.one(("F-1", "F-2")),
            donor_kind=self.maybe(lambda: self.one(DonorKind)),
            donor_vetting=self.one((Vetting.VERIFIED, Vetting.VERIFIED, None)),
            budget_left=self.maybe(lambda: amount(5_000, 400_000), 0.3),
            min_award=self.maybe(lambda: amount(0, 3_000), 0.3),
            max_award=self.maybe(lambda: amount(1_000, 90_000)),
            categories=self.mostly_none(CATEGORIES),
            excluded_categories=self.mostly_none(CATEGORIES[1:]),
            category_caps={
                each: Decimal(self.random.randint(1, 400)) / 10
                for each in self.mostly_none(CATEGORIES)
            },
            countries=self.mostly_none(("BY", "LT", "PL")),
            base_countries=self.mostly_none(("BY", "LT", "PL")),
            organisation_kinds=self.mostly_none(OrganisationKind),
            legal_statuses=self.mostly_none(LegalStatus),
            target_groups=self.mostly_none(TargetGroup),
            channels=self.some(Channel),
            publicity_required=self.one((Publicity.NONE, Publicity.NONE, None)),
            reporting_required=self.maybe(lambda: self.one(Reporting)),
            languages=self.mostly_none(("be", "ru", "en")),
            closes_on=self.maybe(lambda: ON + timedelta(days=30), 0.3),
            decision_days=self.maybe(lambda: self.random.randint(0, 20)),
            payout_days=self.maybe(lambda: self.random.randint(0, 20)),
            max_months=self.maybe(lambda: self.random.randint(0, 12), 0.3),
            retroactive=self.maybe(lambda: self.one((True, False))),
            co_funding=self.maybe(lambda: self.one((True, True, False))),
            reallocation_percent=self.maybe(lambda: Decimal(self.random.randint(0, 1000)) / 10),
        )

    def text(self):
        return self.maybe(lambda: " ".join(self.random.sample(WORDS, 6)), 0.7)
