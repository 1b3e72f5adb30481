"""Why an officer trusts a party more or less: the reasons a decision on vetting carries."""

from datetime import date, timedelta
from enum import StrEnum

from registry.domain.msgid import N_
from search.codes import VETTING_ORDER, Vetting


class VettingReason(StrEnum):
    VOUCHED_BY_OTHERS = "vouched_by_others"
    KNOWN_TO_THE_HOUSE = "known_to_the_house"
    EVIDENCE_SEEN = "evidence_seen"
    HOST_ANSWERS = "host_answers"
    CHECKED_AGAIN = "checked_again"
    VOUCHING_TAKEN_BACK = "vouching_taken_back"
    CHECK_IS_OLD = "check_is_old"
    DOUBTS_RAISED = "doubts_raised"
    IMPOSTOR_SUSPECTED = "impostor_suspected"
    COERCION_SUSPECTED = "coercion_suspected"
    HELP_ABUSED = "help_abused"
    CLEARED_UP = "cleared_up"
    MISTAKE = "mistake"


class VettingStage(StrEnum):
    """How far a decision on trust has come; only `decided` ever changed anything."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    DROPPED = "dropped"


VETTING_REASONS: dict[VettingReason, str] = {
    VettingReason.VOUCHED_BY_OTHERS: N_("Others known here vouch for it"),
    VettingReason.KNOWN_TO_THE_HOUSE: N_("An officer has worked with it before"),
    VettingReason.EVIDENCE_SEEN: N_("An officer has seen papers or work that prove it"),
    VettingReason.HOST_ANSWERS: N_("A checked organisation hosts it and answers for it"),
    VettingReason.CHECKED_AGAIN: N_("It was checked again, and nothing has changed for the worse"),
    VettingReason.VOUCHING_TAKEN_BACK: N_("Somebody no longer vouches for it"),
    VettingReason.CHECK_IS_OLD: N_("The last check is too long ago"),
    VettingReason.DOUBTS_RAISED: N_("Doubts were raised that are not cleared up"),
    VettingReason.IMPOSTOR_SUSPECTED: N_("It may not be who it says it is"),
    VettingReason.COERCION_SUSPECTED: N_("Somebody may be forcing it"),
    VettingReason.HELP_ABUSED: N_("Help was used for something else"),
    VettingReason.CLEARED_UP: N_("What happened was cleared up"),
    VettingReason.MISTAKE: N_("The last decision was a mistake"),
}
"""Reason -> English msgid."""

_RAISES = (
    VettingReason.VOUCHED_BY_OTHERS,
    VettingReason.KNOWN_TO_THE_HOUSE,
    VettingReason.EVIDENCE_SEEN,
    VettingReason.HOST_ANSWERS,
    VettingReason.CHECKED_AGAIN,
    VettingReason.MISTAKE,
)
_LOWERS = (
    VettingReason.VOUCHING_TAKEN_BACK,
    VettingReason.CHECK_IS_OLD,
    VettingReason.DOUBTS_RAISED,
    VettingReason.MISTAKE,
)
_SUSPENDS = (
    VettingReason.IMPOSTOR_SUSPECTED,
    VettingReason.COERCION_SUSPECTED,
    VettingReason.HELP_ABUSED,
    VettingReason.DOUBTS_RAISED,
)
_LIFTS = (VettingReason.CLEARED_UP, VettingReason.MISTAKE)


def vetting_reasons(before: Vetting, after: Vetting) -> tuple[VettingReason, ...]:
    """Return the reasons that a decision from one level to another can have."""
    if after is Vetting.SUSPENDED:
        return _SUSPENDS
    if before is Vetting.SUSPENDED:
        return _LIFTS
    rises = VETTING_ORDER.index(after) > VETTING_ORDER.index(before)
    return _RAISES if rises else _LOWERS


WANTS_TWO = (Vetting.VERIFIED,)
"""Levels that one officer proposes and another one confirms."""

ALONE_WAITS = timedelta(days=2)
"""After which the only officer confirms its own proposal.

The registry keeps days and no hours: only over two of them have 24 hours passed for certain.
"""

CHECKED_FOR = timedelta(days=365)
"""How long a check is fresh; afterwards an officer had better look again."""


def next_check(vetting: str, vetted_on: date | None) -> date | None:
    """Return the day by which a trusted party is worth checking again; None for the others."""
    if vetting not in (Vetting.VOUCHED, Vetting.VERIFIED) or vetted_on is None:
        return None
    return vetted_on + CHECKED_FOR
