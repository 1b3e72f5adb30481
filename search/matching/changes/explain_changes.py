"""The smallest set of changes, as it is told: in a language, JSON-able."""

from typing import Any

from search.eligibility.catalogue import load_rules
from search.eligibility.sentences import asks_whom, question, remedy
from search.eligibility.verdict import Verdict
from search.eligibility.words import Labels
from search.matching.changes.change import Smallest, explain_change


def explain_changes(smallest: Smallest, language: str, labels: Labels) -> dict[str, Any]:
    """Return `changes` (see `explain_change`; answers stand last) and `beyond`.

    `beyond` are `{"rule", "who", "sentence"}` of rules that no change of facts would meet: the
    one named decides, and the changes alone do not make the pair eligible.
    """
    return {
        "changes": [
            explain_change(each, language, labels)
            for each in (*smallest.changes, *smallest.answers)
        ],
        "beyond": [_explain_verdict(each, language, labels) for each in smallest.beyond],
    }


def _explain_verdict(verdict: Verdict, language: str, labels: Labels) -> dict[str, Any]:
    said = remedy(verdict, language, labels) or question(verdict, language, labels)
    who = asks_whom(verdict) or load_rules()[verdict.rule].protects
    return {"rule": verdict.rule, "who": str(who), "sentence": said}
