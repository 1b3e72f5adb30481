import pytest

from registry.domain.errors import ReasonMissingError
from registry.domain.pipeline import MATCH, Mover
from registry.domain.reasons import REASONS, REFUSING_REVIEWS, check_reason, reason_shown
from search.codes import MatchState, ReasonCode, ReviewKind


@pytest.mark.parametrize("kind", sorted(REFUSING_REVIEWS))
def test_a_refusal_without_a_reason_is_refused(kind):
    with pytest.raises(ReasonMissingError):
        check_reason(kind, None, Mover.OFFICER)
    check_reason(kind, ReasonCode.TIMING, Mover.OFFICER)


def test_a_reason_belongs_to_those_who_may_use_it():
    with pytest.raises(ReasonMissingError):
        check_reason(ReviewKind.DECLINE, ReasonCode.DONOR_NOT_TRUSTED, Mover.DONOR)
    check_reason(ReviewKind.DECLINE, ReasonCode.DONOR_NOT_TRUSTED, Mover.ORGANISATION)


def test_a_yes_carries_no_reason():
    with pytest.raises(ReasonMissingError):
        check_reason(ReviewKind.CONSENT, ReasonCode.TIMING, Mover.ORGANISATION)
    check_reason(ReviewKind.CONSENT, None, Mover.ORGANISATION)


def test_every_review_that_ends_a_match_with_a_no_asks_for_a_reason():
    ended = (MatchState.DECLINED, MatchState.WITHDRAWN)
    kinds = {move.kind for move in MATCH.moves if move.to in ended and move.kind}
    assert kinds == REFUSING_REVIEWS


def test_every_reason_can_be_used_by_somebody_once_per_mover():
    assert {reason for reasons in REASONS.values() for reason in reasons} == set(ReasonCode)
    for reasons in REASONS.values():
        assert len(set(reasons)) == len(reasons)


def test_nobody_but_the_worker_says_that_something_is_gone():
    for mover in (Mover.ORGANISATION, Mover.DONOR, Mover.OFFICER):
        assert ReasonCode.NO_LONGER_AVAILABLE not in REASONS[mover]


def test_a_donor_never_reads_that_it_is_not_trusted():
    reason = ReasonCode.DONOR_NOT_TRUSTED
    assert reason_shown(reason, to=Mover.DONOR, by=Mover.ORGANISATION) is None
    assert reason_shown(reason, to=Mover.OFFICER, by=Mover.ORGANISATION) is reason
    assert reason_shown(reason, to=Mover.ORGANISATION, by=Mover.ORGANISATION) is reason


def test_a_harmless_reason_is_shown_to_the_other_side():
    shown = reason_shown(ReasonCode.TIMING, to=Mover.ORGANISATION, by=Mover.DONOR)
    assert shown is ReasonCode.TIMING
