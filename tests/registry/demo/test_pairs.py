"""The set keeps pages honest: some needs meet several offers, some none, some raise questions."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from search.codes import PairOutcome
from search.eligibility.engine import assess
from search.eligibility.reading import read_need, read_offer, read_organisation

Records = list[dict[str, Any]]
Outcomes = dict[str, Counter[PairOutcome]]
MOST_OFFERS = 8


@pytest.fixture(scope="module")
def outcomes(
    organisations: Records, donors: Records, needs: Records, offers: Records, loaded_on: date
) -> Outcomes:
    """Count, for each matched need, the outcomes of its pairs with all offers."""
    known = {o["external_id"]: read_organisation(o) for o in organisations}
    by_donor = {d["external_id"]: d for d in donors}
    helps = [read_offer(with_donor(offer, by_donor[offer["donor"]])) for offer in offers]
    matched = [need for need in needs if need["status"] in {"open", "partly_met"}]
    return {
        need["external_id"]: Counter(
            assess(read_need(need), known[need["organisation"]], each, loaded_on).outcome
            for each in helps
        )
        for need in matched
    }


def with_donor(offer: dict[str, Any], donor: dict[str, Any]) -> dict[str, Any]:
    return {**offer, "donor_kind": donor["donor_kind"], "donor_vetting": donor["vetting"]}


def test_no_need_meets_more_offers_than_an_officer_can_weigh(outcomes: Outcomes) -> None:
    most = max(counted[PairOutcome.ELIGIBLE] for counted in outcomes.values())
    assert 3 <= most <= MOST_OFFERS


def test_most_needs_meet_an_offer_and_a_good_part_meets_none(outcomes: Outcomes) -> None:
    met = sum(counted[PairOutcome.ELIGIBLE] > 0 for counted in outcomes.values())
    assert 0.6 <= met / len(outcomes) <= 0.85


def test_some_pairs_wait_for_an_answer(outcomes: Outcomes) -> None:
    asking = sum(counted[PairOutcome.NEEDS_INFORMATION] > 0 for counted in outcomes.values())
    assert asking >= 20
