"""What a refusal says of the matcher: which rules and which parts of the score misled.

A person who refuses a pair that the registry proposed says with the reason what the registry did
not see. One table names, for every reason, the rules that should have refused or asked, and the
parts of the score that put the pair too high. Reasons that say nothing of the matcher blame none.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from search.codes import ReasonCode


@dataclass(frozen=True, slots=True)
class Blame:
    """Codes of rules and of score parts that a reason speaks of."""

    rules: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


NOBODY = Blame()
_R = ReasonCode

BLAMES: Mapping[ReasonCode, Blame] = {
    _R.NOT_A_PRIORITY: Blame(parts=("urgency", "specificity")),
    _R.NO_LONGER_NEEDED: Blame(("time_sufficient",), ("time_slack",)),
    _R.AMOUNT_TOO_SMALL: Blame(("amount_within_range",), ("need_covered",)),
    _R.AMOUNT_TOO_LARGE: Blame(("amount_within_range",), ("need_covered",)),
    _R.TIMING: Blame(("time_sufficient", "months_within_limit", "offer_open"), ("time_slack",)),
    _R.WRONG_CATEGORY: Blame(
        ("category_covered", "instrument_fits", "target_group_covered"),
        ("specificity", "text_affinity"),
    ),
    _R.WRONG_COUNTRY: Blame(("country_covered", "base_country_accepted")),
    _R.CHANNEL_UNSAFE: Blame(("channel_shared",), ("channel_safety",)),
    _R.PUBLICITY_UNSAFE: Blame(("publicity_compatible",)),
    _R.REPORTING_TOO_HEAVY: Blame(("reporting_compatible",), ("reporting_lightness",)),
    _R.CONDITIONS_UNSUITABLE: Blame(
        ("language_accepted", "months_within_limit", "reporting_compatible"), ("flexibility",)
    ),
    _R.DONOR_NOT_TRUSTED: Blame(("donor_vetted", "donor_accepted")),
    _R.ORGANISATION_NOT_READY: Blame(
        ("vetting_sufficient", "legal_status_accepted", "years_active_sufficient")
    ),
    _R.ALREADY_FUNDED: Blame(("not_already_funded",), ("need_covered",)),
    _R.TEXT_MISLEADING: Blame(parts=("text_affinity",)),
    _R.DUPLICATE: NOBODY,
    _R.CONFLICT_OF_INTEREST: Blame(("organisation_not_excluded",)),
    _R.NO_ANSWER: NOBODY,
    _R.NO_LONGER_AVAILABLE: NOBODY,
    _R.OTHER: NOBODY,
}
"""Reason -> what it speaks of. A test holds every code to the rules and parts that exist."""


def blame_of(reason: ReasonCode) -> Blame:
    """Return what a reason says of the matcher."""
    return BLAMES[reason]
