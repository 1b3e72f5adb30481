"""What each side learns of the other, in order, and what it has learnt already; coarse counts."""

import pytest

from registry.domain.disclosure import (
    Coarse,
    coarse_for_donor,
    coarse_for_organisation,
    disclosures,
    has_happened,
)
from search.codes import MatchState


def learnt_at(line, state, reached=None):
    return has_happened(line, state, reached)


def test_the_text_is_learnt_before_the_yes_only_where_the_need_allows_it():
    def when(*, text_before):
        lines = disclosures(text_before=text_before)
        return next(line.when for line in lines if line.what == "text")

    assert when(text_before=True) is MatchState.OFFERED
    assert when(text_before=False) is MatchState.CONSENTED


def test_lines_stand_in_the_order_of_a_matchs_life():
    states = [line.when for line in disclosures(text_before=False)]

    assert states[0] is MatchState.OFFERED
    assert states[-1] is MatchState.INTRODUCED


def test_a_line_has_happened_from_its_state_on():
    pseudonym = next(each for each in disclosures(text_before=False) if each.what == "pseudonym")

    assert not learnt_at(pseudonym, MatchState.INTERESTED)
    assert learnt_at(pseudonym, MatchState.CONSENTED)
    assert learnt_at(pseudonym, MatchState.INTRODUCED)


def test_of_an_ended_match_counts_how_far_it_had_got():
    codes = disclosures(text_before=False)[0]

    assert learnt_at(codes, MatchState.DECLINED, reached=MatchState.INTERESTED)
    assert not learnt_at(codes, MatchState.DECLINED, reached=None)
    assert not learnt_at(codes, MatchState.PROPOSED)


@pytest.mark.parametrize(
    ("count", "told"), [(0, 0), (1, 0), (9, 0), (10, 10), (14, 10), (15, 20), (24, 20), (996, 1000)]
)
def test_a_donor_is_told_tens_and_of_few_as_of_none(count, told):
    assert coarse_for_donor(count) == told


@pytest.mark.parametrize(
    ("count", "told"),
    [
        *((0, Coarse.FEW), (9, Coarse.FEW), (10, Coarse.SOME)),
        *((29, Coarse.SOME), (30, Coarse.MANY), (5000, Coarse.MANY)),
    ],
)
def test_an_organisation_is_told_a_word_and_of_few_as_of_none(count, told):
    assert coarse_for_organisation(count) is told
