"""Trust: which reasons a decision can have, and when to look again."""

from datetime import date

import pytest

from registry.domain.trust import VettingReason, next_check, vetting_reasons
from search.codes import Vetting

DAY = date(2026, 11, 24)


@pytest.mark.parametrize("before", [Vetting.UNVERIFIED, Vetting.VOUCHED, Vetting.VERIFIED])
def test_suspending_takes_a_grave_reason(before):
    assert VettingReason.DOUBTS_RAISED in vetting_reasons(before, Vetting.SUSPENDED)


def test_lifting_a_suspension_says_that_it_was_cleared_up():
    reasons = vetting_reasons(Vetting.SUSPENDED, Vetting.VERIFIED)

    assert set(reasons) == {VettingReason.CLEARED_UP, VettingReason.MISTAKE}


def test_raising_and_lowering_have_reasons_of_their_own():
    raised = vetting_reasons(Vetting.UNVERIFIED, Vetting.VOUCHED)
    lowered = vetting_reasons(Vetting.VERIFIED, Vetting.VOUCHED)

    assert raised
    assert lowered
    assert set(raised) != set(lowered)


def test_a_check_is_fresh_for_a_year():
    assert next_check(Vetting.VERIFIED, DAY) == date(2027, 11, 24)
    assert next_check(Vetting.VOUCHED, DAY) == date(2027, 11, 24)


def test_nobody_is_to_be_checked_again_who_never_was():
    assert next_check(Vetting.UNVERIFIED, DAY) is None
    assert next_check(Vetting.SUSPENDED, DAY) is None
    assert next_check(Vetting.VERIFIED, None) is None
