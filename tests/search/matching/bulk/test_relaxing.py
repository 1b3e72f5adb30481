"""What relaxing a rule would change, in bulk: the very needs that the exact engine counts."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.codes import (
    Flexibility,
    Instrument,
    Measure,
    OfferStatus,
    OrganisationKind,
    Publicity,
    Vetting,
)
from search.eligibility.award import measure_award
from search.eligibility.award_ways import goal_of
from search.eligibility.catalogue import load_rules
from search.eligibility.engine import assess_pair
from search.eligibility.facts import NeedFacts, OfferFacts
from search.matching.bulk.book import Book
from search.matching.bulk.field import Field
from search.matching.bulk.relaxing import Relaxing
from search.matching.score import score_pair
from search.matching.sides import Sides, judge_by_pairs
from search.matching.what_if import Standing, WhatIfs
from search.money import Money
from tests.search.matching.bulk.registries import ON, Chance

NEEDS, OFFERS, APART = 40, 7, 3
"""The last offers stand in a field of their own."""


PLAIN = OfferFacts(
    instrument=Instrument.GRANT,
    budget=Money(100_000, "EUR"),
    flexibility=Flexibility.PROJECT,
    status=OfferStatus.OPEN,
    donor_vetting=Vetting.VERIFIED,
    publicity_required=Publicity.NONE,
    retroactive=True,
    co_funding=True,
)


class BothWays:
    """The same needs and offers for the exact engine and for the one that counts in bulk."""

    def __init__(self, seed):
        chance = Chance(seed)
        self.needs = [self._draw_need(chance) for _ in range(NEEDS)]
        self.offers = [self._draw_offer(chance) for _ in range(OFFERS)]
        self.need_ids = [f"{chance.random.random()}" for _ in range(NEEDS)]
        self.offer_ids = [f"{chance.random.random()}" for _ in range(OFFERS)]
        self.sides = Sides(self.needs, self.offers, [frozenset()] * OFFERS, ON)
        self.exact = WhatIfs(
            self.sides, judge_by_pairs(self.sides), self.stand, self.need_ids, self.offer_ids
        )
        near, far = self.field(range(OFFERS - APART)), self.field(range(OFFERS - APART, OFFERS))
        self.relaxing = Relaxing(near)
        self.rivals = [(near, each) for each in range(OFFERS - APART)]
        self.rivals += [(far, each) for each in range(APART)]

    @staticmethod
    def _draw_need(chance):
        """Draw a need of which mostly enough is known to be eligible."""
        asked = Money(chance.random.randint(1, 20) * 3_000, "EUR")
        known = {"amount_requested": asked, "minimum_useful": None, "funded_amount": None}
        return (
            replace(chance.need(), **known) if chance.random.random() < 0.8 else chance.need(),
            replace(chance.organisation(), active_since=chance.random.randint(2015, 2026)),
        )

    @staticmethod
    def _draw_offer(chance):
        """Draw an offer with a limit or two, so that many compete and one rule keeps many away."""
        limits = {
            "countries": chance.maybe(lambda: (chance.one(("BY", "LT")),), 0.8) or (),
            "base_countries": chance.maybe(lambda: (chance.one(("BY", "LT")),), 0.7) or (),
            "organisation_kinds": chance.mostly_none(OrganisationKind),
            "min_years_active": chance.maybe(lambda: 5, 0.2),
            "minimum_vetting": chance.maybe(lambda: Vetting.VERIFIED, 0.2),
        }
        return replace(
            PLAIN,
            external_id=None,
            flexibility=chance.one(Flexibility),
            budget=Money(chance.random.randint(3, 90) * 3_000, "EUR"),
            min_award=chance.maybe(lambda: Money(3_000, "EUR"), 0.3),
            **limits,
        )

    def field(self, offers):
        book = Book()
        for name, facts in zip(self.need_ids, self.needs, strict=True):
            book.add_need(name, *facts)
        for each in offers:
            book.add_offer(self.offer_ids[each], self.offers[each])
        return Field(book, ON)

    def stand(self, need, offer):
        pair = self.sides.pair(need, offer)
        score = score_pair(pair, assess_pair(pair))
        award = measure_award(pair)
        least = goal_of(award)
        if score.proposed is not None:
            return Standing(score.value, score.proposed.amount.hundredths, least)
        return Standing(score.value, 0 if award.asked is None else least, least)

    def gain(self, offer, code):
        others = [each for place, each in enumerate(self.rivals) if place != offer]
        found = self.relaxing.count(offer, code, others)
        return found.newly_eligible.tolist(), found.competitive.tolist(), found.net.tolist()


def compare(seed):
    both, seen = BothWays(seed), [0, 0, 0]
    for offer in range(OFFERS - APART):
        for code in load_rules().keys() - {"amount_within_range"}:
            found, exact = both.gain(offer, code), both.exact.count(offer, code)
            assert found == (
                list(exact.newly_eligible),
                list(exact.competitive),
                list(exact.net),
            ), (seed, offer, code)
            seen = [many + len(part) for many, part in zip(seen, found, strict=True)]
    return seen


def test_a_seeded_registry_is_counted_as_the_exact_engine_counts_it():
    seen = [sum(many) for many in zip(*map(compare, range(6)), strict=True)]
    assert seen[0] > seen[1] > seen[2] > 5, seen


@pytest.mark.parametrize(("budget", "net"), [(9_000, [0, 1]), (8_999, [1])])
def test_the_rest_of_a_budget_is_given_where_it_is_just_of_use(budget, net):
    need = NeedFacts(
        category="security.digital",
        country="GE",
        amount_requested=Money(6_000, "EUR"),
        minimum_useful=Money(3_000, "EUR"),
        asks_for=(Measure.MONEY,),
    )
    book, who = Book(), Chance(0).organisation()
    for name in ("N-2", "N-1"):
        book.add_need(name, need, replace(who, vetting=Vetting.VERIFIED, base_country="GE"))
    offer = replace(PLAIN, countries=("BY",), budget=Money(budget, "EUR"))
    place = book.add_offer("F-1", offer)
    found = Relaxing(Field(book, ON)).count(place, "country_covered", [])
    assert found.newly_eligible.tolist() == found.competitive.tolist() == [0, 1]
    assert found.net.tolist() == net


@pytest.mark.parametrize(
    ("asked", "award"), [(10**16, ([10**16], [1])), (10**18, ([10**17], [1])), (None, ([0], [1]))]
)
def test_amounts_too_large_for_a_column_are_measured_alone(asked, award):
    need = NeedFacts(
        category="security.digital",
        country="GE",
        amount_requested=Money(asked, "EUR") if asked else None,
        breakdown={"security.digital": Money(10**16, "EUR")},
        asks_for=(Measure.MONEY,),
    )
    book = Book()
    book.add_need("N-1", need, Chance(0).organisation())
    place = book.add_offer("F-1", replace(PLAIN, budget=Money(10**17, "EUR")))
    assert Field(book, ON).measure_awards(np.array([0]), place) == award


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(st.integers(0, 2**32))
def test_every_registry_is_counted_as_the_exact_engine_counts_it(seed):
    compare(seed)
