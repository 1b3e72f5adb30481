"""Every reason says of the matcher what it says, in codes that exist."""

from registry.domain.blame import BLAMES, NOBODY, blame_of
from registry.domain.reasons import REASONS
from search.codes import ReasonCode
from search.eligibility.catalogue import load_rules
from search.matching.score import load_parts


def test_every_reason_has_its_line() -> None:
    assert set(BLAMES) == set(ReasonCode)
    assert {reason for reasons in REASONS.values() for reason in reasons} <= set(BLAMES)


def test_what_is_blamed_exists() -> None:
    for reason in ReasonCode:
        assert set(blame_of(reason).rules) <= set(load_rules()), reason
        assert set(blame_of(reason).parts) <= set(load_parts()), reason


def test_reasons_that_say_nothing_of_the_matcher_blame_nobody() -> None:
    silent = {reason for reason in ReasonCode if blame_of(reason) == NOBODY}
    assert silent == {
        *(ReasonCode.DUPLICATE, ReasonCode.NO_ANSWER, ReasonCode.NO_LONGER_AVAILABLE),
        ReasonCode.OTHER,
    }
