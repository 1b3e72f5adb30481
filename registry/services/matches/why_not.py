"""Why a pair does not come about: its one class, and what made it so."""

from typing import Any

from sqlmodel import col, select

from registry.domain.reasons import REFUSING_REVIEWS
from registry.storage.database import RegistrySession
from registry.storage.matches import Match, Review
from search.codes import MatchState, Outcome, PairOutcome, WhyNot
from search.eligibility.pair import Pair
from search.matching.pairing import Pairing
from search.matching.why_not import Race, classify

RACING = (MatchState.PROPOSED, MatchState.SHORTLISTED)
"""States in which a match still runs for the offer's budget."""

UNDER_WAY = (
    MatchState.OFFERED,
    MatchState.INTERESTED,
    MatchState.CONSENTED,
    MatchState.INTRODUCED,
)
"""States of matches that people have begun to carry out: they come before those that run."""

_REFUSED = (MatchState.DECLINED, MatchState.WITHDRAWN)


def find_why_not(
    session: RegistrySession, match: Match | None, need_id: str, pair: Pair, pairing: Pairing
) -> dict[str, Any] | None:
    """Return `{"class", "rules", "by", "reason_code", "day"}` of a pair; None where it may come.

    `rules` are the ones that are not met or open. `by` (a role), `reason_code` and `day` say who
    decided, and are None in every other class.
    """
    found = classify(
        pair,
        pairing.assessment,
        decided=match is not None and is_decided(match),
        race=_find_race(session, match, need_id, pair, pairing),
    )
    if found is None:
        return None
    standing = (Outcome.NOT_MET, Outcome.NEEDS_INFORMATION)
    verdicts = (v for outcome in standing for v in pairing.assessment.of_outcome(outcome))
    said = _last_refusal(session, match) if match and found is WhyNot.DECIDED else None
    return {
        "class": str(found),
        "rules": [verdict.rule for verdict in verdicts],
        "by": said.by_role if said else None,
        "reason_code": said.reason_code if said else None,
        "day": said.day.isoformat() if said else None,
    }


def is_decided(match: Match) -> bool:
    """Say whether people decided against a match."""
    return match.forbidden or match.state in _REFUSED


def _last_refusal(session: RegistrySession, match: Match) -> Review | None:
    statement = (
        select(Review)
        .where(col(Review.match_id) == match.id, col(Review.kind).in_(REFUSING_REVIEWS))
        .order_by(col(Review.sequence).desc())
    )
    return session.exec(statement).first()


def _find_race(
    session: RegistrySession, match: Match | None, need_id: str, pair: Pair, pairing: Pairing
) -> Race | None:
    """Add up what would go to better placed matches of the offer; None where it runs no more."""
    if pairing.outcome is not PairOutcome.ELIGIBLE or not pair.offer.external_id:
        return None
    if match is not None and match.state not in RACING:
        return None
    statement = select(
        col(Match.need_id), col(Match.state), col(Match.score), col(Match.proposed_amount)
    ).where(
        col(Match.offer_id) == pair.offer.external_id,
        col(Match.outcome) == PairOutcome.ELIGIBLE,
        col(Match.state).in_((*RACING, *UNDER_WAY)),
    )
    own, measure = (-pairing.score.value, need_id), pair.offer.budget.denomination
    return Race(
        taken=sum(
            amount.hundredths
            for need, state, score, amount in session.execute(statement)
            if amount is not None
            and need != need_id
            and amount.denomination == measure
            and (state in UNDER_WAY or (-score, need) < own)
        )
    )
