"""Who may refuse with which reason, and whom the reason is shown to."""

from registry.domain.errors import ReasonMissingError
from registry.domain.pipeline import Mover
from search.codes import ReasonCode, ReviewKind

REFUSING_REVIEWS = frozenset({ReviewKind.DECLINE, ReviewKind.DISMISS, ReviewKind.FORBID})
"""Reviews that say no, and therefore carry a reason code."""

_WORKER_REASONS = (ReasonCode.NO_LONGER_AVAILABLE,)

REASONS: dict[Mover, tuple[ReasonCode, ...]] = {
    Mover.OFFICER: tuple(reason for reason in ReasonCode if reason not in _WORKER_REASONS),
    Mover.DONOR: (
        ReasonCode.NOT_A_PRIORITY,
        ReasonCode.AMOUNT_TOO_SMALL,
        ReasonCode.AMOUNT_TOO_LARGE,
        ReasonCode.TIMING,
        ReasonCode.WRONG_CATEGORY,
        ReasonCode.WRONG_COUNTRY,
        ReasonCode.CHANNEL_UNSAFE,
        ReasonCode.PUBLICITY_UNSAFE,
        ReasonCode.ORGANISATION_NOT_READY,
        ReasonCode.ALREADY_FUNDED,
        ReasonCode.TEXT_MISLEADING,
        ReasonCode.DUPLICATE,
        ReasonCode.CONFLICT_OF_INTEREST,
        ReasonCode.OTHER,
    ),
    Mover.ORGANISATION: (
        ReasonCode.NO_LONGER_NEEDED,
        ReasonCode.NOT_A_PRIORITY,
        ReasonCode.AMOUNT_TOO_SMALL,
        ReasonCode.TIMING,
        ReasonCode.WRONG_CATEGORY,
        ReasonCode.WRONG_COUNTRY,
        ReasonCode.CHANNEL_UNSAFE,
        ReasonCode.PUBLICITY_UNSAFE,
        ReasonCode.REPORTING_TOO_HEAVY,
        ReasonCode.CONDITIONS_UNSUITABLE,
        ReasonCode.DONOR_NOT_TRUSTED,
        ReasonCode.ORGANISATION_NOT_READY,
        ReasonCode.ALREADY_FUNDED,
        ReasonCode.TEXT_MISLEADING,
        ReasonCode.CONFLICT_OF_INTEREST,
        ReasonCode.OTHER,
    ),
    Mover.WORKER: _WORKER_REASONS,
}
"""Mover -> its reasons, in the order in which they are offered. The worker's only one says that
the need or the offer is gone without saying which: nobody learns from it who froze or left."""

FOR_OFFICERS_ONLY = frozenset(
    {
        ReasonCode.DONOR_NOT_TRUSTED,
        ReasonCode.TEXT_MISLEADING,
        ReasonCode.CONFLICT_OF_INTEREST,
        ReasonCode.NO_ANSWER,
    }
)
"""Reasons that the other side never reads: it is told that the pairing was declined, no more."""


def check_reason(kind: ReviewKind, reason: ReasonCode | None, by: Mover) -> None:
    """Let a review pass that needs no reason, or carries one that this mover may use.

    Raises:
        ReasonMissingError: a refusal without a reason or with somebody else's, or a reason
            on a review that refuses nothing.
    """
    if kind in REFUSING_REVIEWS and reason not in REASONS[by]:
        raise ReasonMissingError(f"{kind} by {by} needs a reason code that {by} may use")
    if kind not in REFUSING_REVIEWS and reason is not None:
        raise ReasonMissingError(f"{kind} refuses nothing and carries no reason code")


def reason_shown(reason: ReasonCode, *, to: Mover, by: Mover) -> ReasonCode | None:
    """Return the reason as one side may read it; None where it learns only of the refusal."""
    if to in (Mover.OFFICER, by):
        return reason
    return None if reason in FOR_OFFICERS_ONLY else reason
