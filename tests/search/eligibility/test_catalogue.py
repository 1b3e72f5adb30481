"""A rule that is not declared whole stops the program at start, and says why."""

from dataclasses import replace
from types import ModuleType

import pytest

from search.codes import Outcome
from search.eligibility.catalogue import CatalogueBroken, collect_rules, load_rules
from search.eligibility.words import Words

WHOLE = load_rules()["donor_vetted"]


def module(name, rule):
    made = ModuleType(f"rules.{name}")
    if rule is not None:
        made.RULE = rule
    return made


def words(english="It is so.", belarusian="Гэта так.", russian="Это так."):
    return Words(en=english, be=belarusian, ru=russian)


def test_rules_come_in_the_order_of_their_codes():
    other = replace(WHOLE, code="accord")
    found = collect_rules([module("donor_vetted", WHOLE), module("accord", other)])
    assert list(found) == ["accord", "donor_vetted"]


def test_the_catalogue_cannot_be_changed():
    with pytest.raises(TypeError):
        load_rules()["donor_vetted"] = WHOLE


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        ([module("donor_vetted", WHOLE), module("donor_vetted", WHOLE)], "Two rules"),
        ([module("another", WHOLE)], "a code is its file's name"),
        ([module("donor_vetted", None)], "declares no RULE"),
        ([module("donor_vetted", replace(WHOLE, remedies={}))], "remedies must be given"),
        ([module("donor_vetted", replace(WHOLE, questions={}))], "questions must be given"),
        ([module("donor_vetted", replace(WHOLE, label=words(russian=" ")))], "missing in one"),
        (
            [
                module(
                    "donor_vetted",
                    replace(
                        WHOLE,
                        sentences={**WHOLE.sentences, "met": words(english="On {day:day}.")},
                    ),
                )
            ],
            "gaps of a sentence differ",
        ),
    ],
)
def test_a_broken_declaration_is_refused(modules, said):
    with pytest.raises(CatalogueBroken, match=said):
        collect_rules(modules)


def test_whom_a_rule_protects_says_whose_yes_a_waiver_needs():
    protects = {code for code, rule in load_rules().items() if rule.protects_organisation}
    assert protects == {
        "amount_within_range",
        "channel_shared",
        "donor_accepted",
        "donor_vetted",
        "instrument_fits",
        "offer_open",
        "publicity_compatible",
        "reporting_compatible",
        "time_sufficient",
    }


def test_some_rules_never_ask_and_every_rule_can_refuse():
    never_ask = {
        code
        for code, rule in load_rules().items()
        if Outcome.NEEDS_INFORMATION not in rule.outcomes
    }
    assert never_ask == {
        "base_country_accepted",
        "country_covered",
        "instrument_fits",
        "legal_status_accepted",
        "offer_open",
        "organisation_kind_accepted",
        "organisation_not_excluded",
    }
    assert all({Outcome.MET, Outcome.NOT_MET} <= rule.outcomes for rule in load_rules().values())
