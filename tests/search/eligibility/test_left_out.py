"""Rules that a programme leaves out: which may be, what is said of them, and that others hold."""

from dataclasses import replace

import pytest

from search.codes import Outcome, PairOutcome, Party
from search.eligibility.catalogue import CatalogueBroken, check_declaration, load_rules
from search.eligibility.engine import Waiver, assess
from search.eligibility.reading import read_line
from search.eligibility.sentences import asks_whom, question, remedy, sentence
from search.eligibility.stories import read_stories
from tests.search.eligibility import records
from tests.search.eligibility.test_engine import VERIFIED

OPTIONAL = {"language_accepted", "target_group_covered", "years_active_sufficient"}
FOR_YOUTH = {**VERIFIED, "target_groups": ["youth"]}


def judged(left_out=frozenset(), waivers=(), **offer):
    line = read_line(records.line(need={"target_groups": ["media"]}, offer=offer))
    return assess(*line, left_out=left_out, waivers=waivers)


def test_only_wishes_of_the_donor_are_optional():
    assert {code for code, rule in load_rules().items() if rule.optional} == OPTIONAL
    assert {load_rules()[code].protects for code in OPTIONAL} == {Party.DONOR}


@pytest.mark.parametrize("code", ["offer_open", "channel_shared"])
def test_a_rule_that_protects_the_organisation_cannot_be_declared_optional(code):
    with pytest.raises(CatalogueBroken, match="only a rule that protects the donor"):
        check_declaration(replace(load_rules()[code], optional=True))


def test_a_rule_that_is_left_out_neither_refuses_nor_asks():
    assert judged(**FOR_YOUTH).outcome is PairOutcome.NOT_ELIGIBLE
    without = judged(frozenset({"target_group_covered"}), **FOR_YOUTH)
    assert without.outcome is PairOutcome.ELIGIBLE
    assert len(without.verdicts) == len(load_rules())


def test_all_other_rules_still_refuse():
    closed = {**FOR_YOUTH, "status": "closed"}
    assert judged(frozenset(OPTIONAL), **closed).outcome is PairOutcome.NOT_ELIGIBLE


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The programme of this offer leaves this rule out."),
        ("be", "Праграма гэтай прапановы абыходзіцца без гэтага правіла."),
        ("ru", "Программа этого предложения обходится без этого правила."),
    ],
)
def test_it_says_so_and_asks_nothing(language, said):
    verdicts = judged(frozenset({"target_group_covered"}), **FOR_YOUTH).verdicts
    (left,) = (each for each in verdicts if each.rule == "target_group_covered")
    assert (left.outcome, left.key) == (Outcome.NOT_IN_FORCE, "not_in_force.left_out")
    assert sentence(left, language, str) == said
    assert (question(left, language, str), remedy(left, language, str)) == (None, None)
    assert asks_whom(left) is None


@pytest.mark.parametrize("code", [*sorted(set(load_rules()) - OPTIONAL), "no_such_rule"])
def test_no_other_rule_can_be_left_out(code):
    with pytest.raises(ValueError, match=f"never left out: {code}"):
        judged(frozenset({code}), **VERIFIED)


def test_a_waiver_stands_beside_a_programme():
    """What was set aside by hand stays so when the programme applies the rule again."""
    waiver = (Waiver("target_group_covered"),)
    left = judged(frozenset({"target_group_covered"}), waiver, **FOR_YOUTH)
    again = judged(frozenset(), waiver, **FOR_YOUTH)
    assert left.outcome is again.outcome is PairOutcome.ELIGIBLE
    other = judged(frozenset({"language_accepted"}), waiver, **FOR_YOUTH)
    assert other.outcome is PairOutcome.ELIGIBLE
    assert judged(frozenset({"language_accepted"}), **FOR_YOUTH).outcome is PairOutcome.NOT_ELIGIBLE


def test_a_rule_without_stories_is_told_where_to_write_them():
    with pytest.raises(FileNotFoundError, match=r"no_such_rule\.cases\.toml beside it"):
        read_stories("no_such_rule")
