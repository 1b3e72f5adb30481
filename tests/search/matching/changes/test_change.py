"""A change in words: every way of every rule, in every language, with its values beside it."""

import pytest

from registry.services.name_code import name_code
from search.codes import PAGE_LANGUAGES
from search.matching.changes.change import explain_change, say_change
from search.matching.changes.explain_changes import explain_changes
from search.matching.changes.smallest import find_smallest
from tests.search.eligibility.records import euros
from tests.search.eligibility.test_ways import AWARDS, CASES
from tests.search.matching.changes.test_smallest import nearly

PAIRS = [each[1] for each in CASES] + [{"need": each[0], "offer": each[1]} for each in AWARDS]


@pytest.fixture(scope="module")
def found():
    """The smallest changes of every pair for which a rule is tried."""
    return [find_smallest(nearly(**changes)) for changes in PAIRS]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_everything_is_said_in_every_language(found, language):
    for each in found:
        said = explain_changes(each, language, name_code)
        for line in (*said["changes"], *said["beyond"]):
            assert line["sentence"].strip()
            assert "{" not in line["sentence"]
            assert line["who"] in ("organisation", "donor", "officer", "both")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"offer": {"max_award": euros("7.00"), "min_award": None}},
         "The donor would have to raise its largest award from €7 to €400."),
        ({"offer": {"budget_left": euros("150.00"), "min_award": None}},
         "The donor would have to add €250 to the budget, so that €400 are left."),
        ({"need": {"useful_until": "2026-05-12"}, "offer": {"decision_days": 0, "payout_days": 20}},
         "The payment would have to come 12 days sooner: within 8 days."),
        ({"need": {"useful_until": "2026-05-12"}, "offer": {"decision_days": 20, "payout_days": 0}},
         "The decision would have to come 12 days sooner: within 8 days."),
        ({"offer": {"base_countries": ["GE"]}},
         "The donor would have to accept one more base country: Lithuania."),
        ({"offer": {"channels": ["crypto"]}},
         "The donor would have to pay in one more way: Through a fiscal sponsor."),
        ({"offer": {"budget": euros("399.00"), "category_caps": {"security": "2"}}},
         "The donor would have to limit the share for “Security” no longer."),
        ({"offer": {"donor_vetting": "suspended"}},
         "An officer would have to lift the suspension after checking the donor again."),
        ({"need": {"reporting_accepted": None}}, "How much reporting can you do?"),
    ],
)  # fmt: skip
def test_a_change_is_said_exactly(changes, said):
    found = find_smallest(nearly(**changes))
    [change] = (*found.changes, *found.answers)
    assert say_change(change, "en", name_code) == said


def test_a_change_shows_nothing_of_the_facts_by_itself():
    [change] = find_smallest(nearly(offer={"base_countries": ["GE"]})).changes
    assert "LT" not in repr(change.instead)
    assert explain_change(change, "en", name_code)["from"] == ["GE"]


def test_what_was_absent_comes_from_nothing():
    [change] = find_smallest(nearly(need={"reporting_accepted": None})).answers
    assert change.to_record() == {
        "record": "need",
        "field": "reporting_accepted",
        "from": None,
        "to": "light",
        "rule": "reporting_compatible",
        "who": "organisation",
        "is_answer": True,
    }
