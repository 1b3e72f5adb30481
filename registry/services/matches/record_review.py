"""One door for reviews that come as records: the API's, where the kind says which act is meant."""

from collections.abc import Callable, Mapping
from typing import Any

from registry.domain.errors import FieldProblem, ReasonMissingError, RecordRefusedError
from registry.identity.actor import Actor
from registry.services.matches.answer_waiver import answer_waiver
from registry.services.matches.award_match import award_match
from registry.services.matches.consent_match import consent_match
from registry.services.matches.decline_match import decline_match
from registry.services.matches.dismiss_match import dismiss_match
from registry.services.matches.forbid_match import forbid_match
from registry.services.matches.note_match import note_match
from registry.services.matches.offer_match import offer_match
from registry.services.matches.pin_match import pin_match
from registry.services.matches.record_interest import record_interest
from registry.services.matches.shortlist_match import shortlist_match
from registry.services.matches.waive_rule import waive_rule
from registry.storage.database import RegistrySession
from search.codes import ReviewKind

Act = Callable[..., dict[str, Any]]

ACTS: dict[ReviewKind, tuple[Act, tuple[str, ...]]] = {
    ReviewKind.SHORTLIST: (shortlist_match, ()),
    ReviewKind.OFFER: (offer_match, ()),
    ReviewKind.INTEREST: (record_interest, ()),
    ReviewKind.CONSENT: (consent_match, ()),
    ReviewKind.DECLINE: (decline_match, ("reason_code",)),
    ReviewKind.DISMISS: (dismiss_match, ("reason_code",)),
    ReviewKind.FORBID: (forbid_match, ("reason_code",)),
    ReviewKind.PIN: (pin_match, ()),
    ReviewKind.NOTE: (note_match, ()),
    ReviewKind.WAIVE: (waive_rule, ("rule", "until")),
    ReviewKind.AWARD: (award_match, ("amount",)),
}
"""Kind -> the act, and the fields it takes besides a note."""


def record_review(
    session: RegistrySession,
    actor: Actor,
    match_id: str,
    review: Mapping[str, Any],
    version: int | None = None,
) -> dict[str, Any]:
    """Do what a review says.

    Args:
        session: a writing session.
        actor: whoever may make a review of this kind.
        match_id: the match.
        review: as `ReviewSchema` loads it; an organisation's `waive` is its yes to an officer
            who asks for it.
        version: of the match, where the caller has seen one.

    Returns:
        Where the match stands, `{"id", "version", "state"}`.

    Raises:
        RecordRefusedError: a field that this kind does not take.
        Whatever the act raises.
    """
    kind = ReviewKind(review["kind"])
    act, names = ACTS[kind]
    _refuse_unused_fields(review, names)
    if kind is ReviewKind.WAIVE and not actor.is_officer:
        return answer_waiver(
            session, actor, match_id, rule=review["rule"], agrees=True, note=review.get("note")
        )
    fields = {name: review.get(name) for name in (*names, "note")}
    return act(session, actor, match_id, version=version, **fields)


def _refuse_unused_fields(review: Mapping[str, Any], names: tuple[str, ...]) -> None:
    """Refuse what an act would silently lose."""
    used = {"kind", "note", "reason_code", *names}
    problems = [FieldProblem(name, "unknown_field") for name in review if name not in used]
    if problems:
        raise RecordRefusedError(problems)
    if review.get("reason_code") and "reason_code" not in names:
        raise ReasonMissingError(f"{review['kind']} refuses nothing and carries no reason code")
