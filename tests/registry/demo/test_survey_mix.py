"""The needs are mixed as the survey measured, within the tolerances stated here."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from search.codes import group_of

Records = list[dict[str, Any]]
SURVEY = Path(__file__).parents[3] / "registry" / "demo" / "survey_needs.csv"
LIVE = {"draft", "open", "partly_met", "met"}
HALF_A_YEAR, A_YEAR = 183, 366

CATEGORIES_OF = {
    "Fixed costs (accounting, rent, utilities, taxes)": ("fixed_costs",),
    "Organisational development": ("development",),
    "Coalitions, associations and networks": ("networks",),
    "Domestic advocacy campaigns": ("advocacy.domestic",),
    "International advocacy campaigns": ("advocacy.international",),
    "Digital security": ("security.digital",),
    "Physical security": ("security.physical",),
    "Legal assistance": ("legal_aid",),
}
"""What organisations named for themselves -> the category or group it is in the taxonomy."""
POINTS = 4.0


@pytest.fixture(scope="module")
def asked_for() -> dict[str, float]:
    """Percent of organisations that named each kind of support for themselves."""
    with SURVEY.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["scope"] == "organisation"]
    wanted = {"new_need", "support_area"}
    return {row["item"]: float(row["percent"]) for row in rows if row["group"] in wanted}


def as_shares(counted: dict[str, float]) -> dict[str, float]:
    whole = sum(counted.values())
    return {name: 100 * value / whole for name, value in counted.items()}


def count_needs(needs: Records) -> dict[str, float]:
    categories = Counter(need["category"] for need in needs)
    groups = Counter(group_of(need["category"]) for need in needs)
    return {
        item: float(sum(categories[c] if "." in c else groups[c] for c in codes))
        for item, codes in CATEGORIES_OF.items()
    }


def test_each_kind_of_support_has_its_share(needs: Records, asked_for: dict[str, float]) -> None:
    surveyed = as_shares({item: asked_for[item] for item in CATEGORIES_OF})
    shown = as_shares(count_needs(needs))
    far = {item: (shown[item], surveyed[item]) for item in CATEGORIES_OF}
    assert {i: pair for i, pair in far.items() if abs(pair[0] - pair[1]) > POINTS} == {}


def days_left(need: dict[str, Any], loaded_on: date) -> int | None:
    """Days from loading to the last day on which help is still of use."""
    last = need.get("useful_until") or need.get("needed_by")
    return None if last is None else (date.fromisoformat(last) - loaded_on).days


def test_half_plan_six_months_at_most_and_a_third_up_to_twelve(
    needs: Records, loaded_on: date
) -> None:
    horizons = [days_left(need, loaded_on) for need in needs if need["status"] in LIVE]
    short = sum(days is not None and 0 < days <= HALF_A_YEAR for days in horizons)
    middle = sum(days is not None and HALF_A_YEAR < days <= A_YEAR for days in horizons)
    assert short / len(horizons) == pytest.approx(1 / 2, abs=0.05)
    assert middle / len(horizons) == pytest.approx(1 / 3, abs=0.05)


def test_communities_ask_first_for_what_communities_named_first(
    needs: Records, organisations: Records
) -> None:
    communities = {o["external_id"] for o in organisations if o["kind"] == "community"}
    asked = Counter(n["category"] for n in needs if n["organisation"] in communities)
    assert asked["security.digital"] + asked["networks.exchange"] >= sum(asked.values()) / 4


def test_most_organisations_hold_no_papers_at_home(organisations: Records) -> None:
    papers = Counter(status for o in organisations for status in o["legal_statuses"])
    assert papers["registered_home"] <= 3
    assert papers["liquidated"] >= len(organisations) / 4
    assert papers["unregistered"] >= len(organisations) / 4


def test_help_is_used_at_home_and_in_the_countries_of_exile(needs: Records) -> None:
    used_in = Counter(need["country"] for need in needs)
    assert 0.3 <= used_in["BY"] / len(needs) <= 0.5
    assert all(used_in[country] >= 5 for country in ("PL", "LT", "GE", "UA", "DE"))
