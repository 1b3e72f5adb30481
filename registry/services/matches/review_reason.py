"""The reason of a refusal: the one place where it is read for counting."""

from registry.storage.database import RegistrySession
from registry.storage.matches import Review
from search.codes import ReasonCode


def reason_of(_session: RegistrySession, review: Review) -> ReasonCode | None:
    """Return why somebody refused; None for a review that refuses nothing."""
    return ReasonCode(review.reason_code) if review.reason_code else None
