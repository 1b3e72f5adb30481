"""Amounts, months and names that lie just on an edge: both engines see the same side of it."""

from datetime import date
from types import SimpleNamespace

import pytest

from search.eligibility.bulk.tables import MET, NOT_MET, OPEN
from search.eligibility.reading import read_need, read_offer, read_organisation
from tests.search.eligibility import records
from tests.search.eligibility.bulk.test_both_engines import (
    judge_one_by_one,
    read_by_need,
    read_grid,
)
from tests.search.eligibility.records import euros, units

DAY = SimpleNamespace(on=date(2026, 5, 4))
IN_HOURS = {"amount_requested": None, "asks_for": ["hours"]}
SECURITY = {"security.digital": euros("400.00"), "security.physical": euros("600.00")}
TRAVEL = {"relocation.travel": units("4"), "relocation.housing": euros("6.00")}

NEEDS = {
    "of 1,000": {},
    "of 1,000, 400 at least": {"minimum_useful": euros("400.00")},
    "of 1,000, all or nothing": {"minimum_useful": euros("1000.00")},
    "of a cent for two months": {
        "amount_requested": euros("0.01"), "months_covered": 2, "minimum_months": 1},
    "for ten months, four at least": {
        "minimum_useful": euros("400.00"), "months_covered": 10, "minimum_months": 4},
    "met already": {"funded_amount": euros("1000.00")},
    "met by F-1": {"funded_by": ["F-1"]},
    "in two parts": {
        "category": "security", "breakdown": SECURITY, "minimum_useful": euros("400.00")},
    "in two measures and parts": {
        "category": "relocation", "breakdown": TRAVEL, "asks_for": ["money", "hours"]},
    "in roubles": {"amount_requested": {"amount": "1000.00", "currency": "BYN"}},
    "of ten hours": {**IN_HOURS, "quantity": units("10"), "minimum_useful": units("4")},
    "of money and hours": {"quantity": units("10"), "asks_for": ["money", "hours"]},
    "of nobody knows how much": {
        "amount_requested": None, "asks_for": ["money"], "minimum_useful": euros("400.00")},
}  # fmt: skip
OFFERS = {
    "of 5,000": {},
    "up to 400": {"max_award": euros("400.00")},
    "of just 400": {"max_award": euros("400.00"), "min_award": euros("400.00")},
    "from 1,000 on": {"min_award": euros("1000.00")},
    "for one month": {"max_months": 1},
    "for four months": {"max_months": 4},
    "for devices, up to 400": {
        "categories": ["security.digital"], "max_award": euros("400.00")},
    "for travel": {"categories": ["relocation.travel"], "max_award": euros("9.00")},
    "a share of 400": {"category_caps": {"fixed_costs": "8"}},
    "all spent": {"budget_left": euros("0.00")},
    "of one that gave already": {"external_id": "F-1", "co_funding": True},
    "without company": {"co_funding": False},
    "in roubles": {"budget": {"amount": "400.00", "currency": "BYN"}},
    "of four sessions": {"budget": units("4", "sessions")},
    "of nights": {"budget": units("4", "nights")},
}  # fmt: skip


@pytest.fixture(scope="module")
def alone():
    return judge_one_by_one(DAY, *sides())


def sides():
    organisation = read_organisation(records.organisation())
    needs = [(read_need(records.need(**each)), organisation) for each in NEEDS.values()]
    offers = [read_offer(records.offer(**each)) for each in OFFERS.values()]
    return needs, offers, [frozenset()] * len(offers)


@pytest.mark.parametrize("read", [read_grid, read_by_need])
def test_both_engines_are_on_the_same_side_of_every_edge(alone, read):
    found = read(DAY, *sides())
    for number, need in enumerate(NEEDS):
        for place, offer in enumerate(OFFERS):
            assert found[number, place] == alone[number, place], (need, offer)


@pytest.mark.parametrize(
    ("need", "offer", "rule", "outcome"),
    [
        ("of 1,000, 400 at least", "up to 400", "amount_within_range", MET),
        ("of 1,000, 400 at least", "of just 400", "amount_within_range", MET),
        ("of 1,000, 400 at least", "a share of 400", "amount_within_range", MET),
        ("of 1,000, all or nothing", "from 1,000 on", "amount_within_range", MET),
        ("of 1,000, all or nothing", "up to 400", "amount_within_range", NOT_MET),
        ("of 1,000", "up to 400", "amount_within_range", OPEN),
        ("for ten months, four at least", "for four months", "amount_within_range", MET),
        ("for ten months, four at least", "for four months", "months_within_limit", MET),
        ("of a cent for two months", "for one month", "amount_within_range", NOT_MET),
        ("of a cent for two months", "for one month", "months_within_limit", MET),
        ("met already", "of 5,000", "amount_within_range", NOT_MET),
        ("in two parts", "for devices, up to 400", "amount_within_range", MET),
        ("of ten hours", "of four sessions", "amount_within_range", MET),
        ("of ten hours", "of nights", "amount_within_range", NOT_MET),
        ("met by F-1", "of one that gave already", "not_already_funded", NOT_MET),
        ("met by F-1", "of 5,000", "not_already_funded", MET),
        ("in roubles", "of 5,000", "amount_within_range", OPEN),
        ("in roubles", "all spent", "amount_within_range", NOT_MET),
    ],
)
def test_what_lies_on_an_edge(alone, need, offer, rule, outcome):
    rules, _ = alone[list(NEEDS).index(need), list(OFFERS).index(offer)]
    assert rules[rule] == outcome
