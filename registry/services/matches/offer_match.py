"""An officer shows a match to its donor: from then on the donor sees codes and amount."""

from typing import Any

from registry.identity.actor import Actor
from registry.services.matches.propose_matches import propose_again
from registry.services.matches.review_match import begin_review, finish_review
from registry.services.matches.see_match import check_page_version, see_match
from registry.storage.database import RegistrySession
from search.codes import MatchState, ReviewKind


def offer_match(
    session: RegistrySession,
    actor: Actor,
    match_id: str,
    *,
    note: str | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """Show a match to its donor, once no rule stands in the way.

    The pair is judged again first: what was true when the officer read it may not be now. A rule
    that is not met stops it, and one that is not known too where it protects the organisation,
    unless it was set aside.

    Returns:
        Where the match stands, `{"id", "version", "state"}`.

    Raises:
        NotFoundError, ConflictError, InvalidMoveError: see `begin_review`.
    """
    seen = see_match(session, actor, match_id)
    check_page_version("match", seen.match.version, version)
    if actor.is_officer and seen.match.state == MatchState.SHORTLISTED:
        propose_again(session, match_id)
    step = begin_review(session, actor, match_id, ReviewKind.OFFER, None)
    return finish_review(session, actor, step, note=note)
