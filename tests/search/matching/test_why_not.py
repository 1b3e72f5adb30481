"""Exactly one class of why-not per pair, the one that has to be dealt with first."""

import pytest

from search.codes import WhyNot
from search.eligibility.engine import assess_pair
from search.matching.why_not import Race, classify
from tests.search.eligibility.records import euros
from tests.search.matching.changes.test_smallest import nearly

FAILING = {"countries": ["GE"]}
OPEN = {"decision_days": None}


def classed(decided=False, taken=None, **offer):
    pair = nearly(offer=offer)
    race = None if taken is None else Race(taken)
    return classify(pair, assess_pair(pair), decided=decided, race=race)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, None),
        ({"taken": 0}, None),
        (FAILING, WhyNot.FAILS_RULES),
        ({**FAILING, **OPEN}, WhyNot.FAILS_RULES),
        (OPEN, WhyNot.LACKS_INFORMATION),
        ({**OPEN, "taken": 500_000}, WhyNot.LACKS_INFORMATION),
        # of 5,000 euros that are left, 400 are of use
        ({"taken": 460_000}, None),
        ({"taken": 460_001}, WhyNot.REMAINDER),
        ({"taken": 500_000}, WhyNot.OUTBID),
        ({"budget_left": None, "taken": 900_000}, WhyNot.OUTBID),
        # earlier awards left too little
        ({"budget_left": euros("399.99")}, WhyNot.REMAINDER),
        ({"budget_left": euros("0.00")}, WhyNot.REMAINDER),
        ({"budget_left": euros("399.99"), **FAILING}, WhyNot.FAILS_RULES),
        ({"max_award": euros("399.99")}, WhyNot.FAILS_RULES),
        ({"max_award": euros("399.99"), "budget_left": euros("1.00")}, WhyNot.FAILS_RULES),
        ({"decided": True}, WhyNot.DECIDED),
        ({"decided": True, **FAILING}, WhyNot.DECIDED),
    ],
)
def test_the_class_of_a_pair(given, expected):
    assert classed(**given) is expected
