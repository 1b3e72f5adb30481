"""What each side learns of the other, in order, and what it has learnt already."""

from registry.domain.disclosure import disclosures, has_happened
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
