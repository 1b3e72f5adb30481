import pytest

from registry.domain.errors import InvalidMoveError
from registry.domain.labels import LISTS
from registry.domain.pipeline import (
    ENDED_MATCHES,
    MATCH,
    PIPELINES,
    STAYING_REVIEWS,
    Mover,
    check_move,
    is_final,
    moves_from,
    reviews_from,
    state_after_review,
)
from search.codes import MatchState, ReviewKind

RECORDS = pytest.mark.parametrize("record", PIPELINES)


def reachable_states(record):
    found = set(PIPELINES[record].starts)
    todo = list(found)
    while todo:
        for state in moves_from(record, todo.pop()):
            if state not in found:
                found.add(state)
                todo.append(state)
    return found


@RECORDS
def test_every_state_can_be_reached(record):
    assert reachable_states(record) == set(PIPELINES[record].states)


@RECORDS
def test_nothing_leaves_a_final_state_and_only_final_states_are_dead_ends(record):
    dead_ends = {state for state in PIPELINES[record].states if not moves_from(record, state)}
    assert dead_ends == set(PIPELINES[record].final)
    assert all(is_final(record, state) for state in dead_ends)


@RECORDS
def test_tables_use_their_own_states_name_a_mover_and_repeat_nothing(record):
    pipeline = PIPELINES[record]
    seen = set()
    for move in pipeline.moves:
        assert {*move.sources, move.to} <= set(pipeline.states)
        assert move.to not in move.sources
        assert move.by
        for source in move.sources:
            for mover in move.by:
                line = (source, move.to, mover, move.kind)
                assert line not in seen
                seen.add(line)


@RECORDS
def test_states_have_labels(record):
    assert set(PIPELINES[record].states) <= set(LISTS[PIPELINES[record].codes].wordings)


@RECORDS
def test_a_refused_move_lists_what_is_possible_instead(record):
    for state in PIPELINES[record].states:
        possible = moves_from(record, state)
        for wanted in set(PIPELINES[record].states) - {state, *possible}:
            with pytest.raises(InvalidMoveError) as caught:
                check_move(record, state, wanted)
            assert caught.value.possible == possible
            assert (caught.value.state, caught.value.wanted) == (state, wanted)
        for wanted in possible:
            check_move(record, state, wanted)


def test_staying_where_one_is_is_no_move():
    check_move("need", "met", "met")


def test_an_unknown_state_is_refused_like_an_impossible_one():
    with pytest.raises(InvalidMoveError):
        check_move("need", "open", "lost")


def test_possible_moves_are_those_of_the_one_who_asks():
    with pytest.raises(InvalidMoveError) as caught:
        check_move("organisation", "frozen", "active", Mover.ORGANISATION)
    assert caught.value.possible == ("deleted",)
    check_move("organisation", "frozen", "active", Mover.OFFICER)


def test_an_owner_can_always_freeze_and_delete_without_an_officer():
    for record in ("organisation", "donor"):
        assert moves_from(record, "active", Mover(record)) == ("frozen", "deleted")
        assert "deleted" in moves_from(record, "frozen", Mover(record))


def test_a_match_goes_the_whole_way_through_people():
    state = MatchState.PROPOSED
    for kind, by in (
        (ReviewKind.SHORTLIST, Mover.OFFICER),
        (ReviewKind.OFFER, Mover.OFFICER),
        (ReviewKind.INTEREST, Mover.DONOR),
        (ReviewKind.CONSENT, Mover.ORGANISATION),
    ):
        state = state_after_review(state, kind, by)
    assert state is MatchState.CONSENTED
    check_move("match", state, MatchState.INTRODUCED, Mover.WORKER)
    awarded = state_after_review(MatchState.INTRODUCED, ReviewKind.AWARD, Mover.OFFICER)
    assert awarded is MatchState.AWARDED


def test_only_an_officer_moves_what_nobody_else_has_seen():
    for state in (MatchState.PROPOSED, MatchState.SHORTLISTED):
        for mover in (Mover.DONOR, Mover.ORGANISATION):
            assert moves_from("match", state, mover) == ()
            assert reviews_from(state, mover) == ()


def test_nobody_consents_in_the_place_of_the_other():
    with pytest.raises(InvalidMoveError) as caught:
        state_after_review(MatchState.INTERESTED, ReviewKind.CONSENT, Mover.DONOR)
    assert caught.value.record == "review"
    assert caught.value.possible == (ReviewKind.DECLINE,)


def test_a_no_before_ones_own_yes_declines_and_after_it_withdraws():
    decline = ReviewKind.DECLINE
    outcomes = {
        (MatchState.OFFERED, Mover.DONOR): MatchState.DECLINED,
        (MatchState.INTERESTED, Mover.ORGANISATION): MatchState.DECLINED,
        (MatchState.INTERESTED, Mover.DONOR): MatchState.WITHDRAWN,
        (MatchState.CONSENTED, Mover.ORGANISATION): MatchState.WITHDRAWN,
        (MatchState.INTRODUCED, Mover.DONOR): MatchState.WITHDRAWN,
    }
    for (state, mover), after in outcomes.items():
        assert state_after_review(state, decline, mover) is after


@pytest.mark.parametrize("kind", ReviewKind)
def test_every_review_either_moves_a_match_or_stays(kind):
    moving = {move.kind for move in MATCH.moves}
    assert (kind in moving) != (kind in STAYING_REVIEWS)


def test_a_review_leads_to_one_state_only():
    for state in MatchState:
        for mover in Mover:
            for kind in reviews_from(state, mover):
                targets = {
                    move.to
                    for move in MATCH.moves
                    if move.kind is kind and state in move.sources and mover in move.by
                }
                assert targets <= {state_after_review(state, kind, mover)}
                assert len(targets) == (kind not in STAYING_REVIEWS)


def test_a_note_can_be_written_even_on_an_ended_match():
    after = state_after_review(MatchState.DECLINED, ReviewKind.NOTE, Mover.OFFICER)
    assert after is MatchState.DECLINED


def test_the_worker_alone_lets_a_match_expire():
    for mover in (Mover.ORGANISATION, Mover.DONOR, Mover.OFFICER):
        assert MatchState.EXPIRED not in moves_from("match", MatchState.OFFERED, mover)
    assert MatchState.EXPIRED in moves_from("match", MatchState.OFFERED, Mover.WORKER)


def test_nobody_moves_an_ended_match_but_the_worker_can_propose_the_pair_anew():
    for state in ENDED_MATCHES:
        for mover in (Mover.ORGANISATION, Mover.DONOR, Mover.OFFICER):
            assert moves_from("match", state, mover) == ()
    assert moves_from("match", MatchState.DECLINED, Mover.WORKER) == (MatchState.PROPOSED,)
    assert moves_from("match", MatchState.AWARDED) == ()
