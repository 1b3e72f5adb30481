"""Why something changed, in words."""

from typing import Any

import pytest
from flask import Flask

from registry.web.officer_changes import _reasons, _verdicts
from tests.registry.services.matches.test_what_changed import change


@pytest.mark.parametrize(
    ("differences", "said"),
    [
        ({"facts": ["need.channels"]}, ["Changed facts: How it can arrive (need)."]),
        (
            {"facts": ["offer.donor_vetting", "offer.unheard_of"]},
            ["Changed facts: How well it is known (offer); unheard_of (offer)."],
        ),
        ({"weights": ["1", "general-2"]}, ["Other weights: general-2 in place of 1."]),
        ({"rules_version": ["a", "b"]}, ["The rules themselves were written anew."]),
        ({}, ["Days went by: it was last judged on 20 November 2026."]),
        ({"on": ["2026-11-24", "2026-11-24"]}, ["A rule was set aside, or no longer is."]),
        ({"on": [None, "2026-11-24"]}, ["A rule was set aside, or no longer is."]),
        (
            {"facts": ["organisation.vetting"], "weights": ["1", "2"], "rules_version": ["a", "b"]},
            [
                "Changed facts: How well it is known (organisation).",
                "Other weights: 2 in place of 1.",
                "The rules themselves were written anew.",
            ],
        ),
    ],
)
def test_why_it_is_otherwise(app: Flask, differences: dict[str, Any], said: list[str]) -> None:
    with app.test_request_context():
        told = [each.replace("\N{NO-BREAK SPACE}", " ") for each in _reasons(change(**differences))]
    assert told == said


def test_what_a_rule_said_before_and_says_now(app: Flask) -> None:
    rules = {"offer_open": ["met", "waived"], "gone_rule": ["not_met", None]}
    with app.test_request_context():
        assert list(_verdicts(change(rules=rules))) == [
            ("The offer is open", "Fits", "set aside"),
            ("gone_rule", "Stands in the way", "not judged"),
        ]
