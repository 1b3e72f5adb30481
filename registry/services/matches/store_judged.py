"""What was judged of pairs becomes rows: new proposals, changed ones, and ones that fell away.

Storing the same twice changes nothing. What people decided stays: a pair that was declined or
withdrawn comes back only once the facts of its two sides changed, a forbidden one never.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select, tuple_

from registry.domain.pipeline import Mover
from registry.identity.actor import SYSTEM
from registry.services.matches.judge_pair import Judged
from registry.services.matches.matched_records import matched_needs, matched_offers
from registry.services.matches.move_match import end_match, move_match
from registry.services.matches.note_change import note_change
from registry.storage.audit import write_audit, write_audits
from registry.storage.database import RegistrySession
from registry.storage.matches import Match, new_match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from search.codes import MatchState, PairOutcome

REJUDGED = (
    MatchState.PROPOSED,
    MatchState.SHORTLISTED,
    MatchState.OFFERED,
    MatchState.INTERESTED,
    MatchState.CONSENTED,
    MatchState.INTRODUCED,
)
"""States in which a match is judged again when its facts or the day change; an award stays
as it was decided, with the facts it was decided on."""


Ids = tuple[str, str]
"""A need and an offer."""


@dataclass(slots=True)
class Stored:
    """How many matches are new, back again, changed in what is said of them, or gone."""

    proposed: int = 0
    reopened: int = 0
    changed: int = 0
    expired: int = 0

    def add(self, other: "Stored") -> None:
        """Count another one's matches too."""
        self.proposed += other.proposed
        self.reopened += other.reopened
        self.changed += other.changed
        self.expired += other.expired


def store_judged(session: RegistrySession, judged: Sequence[Judged]) -> Stored:
    """Bring the stored matches in line with what was judged; each pair at most once in a call."""
    counts = Stored()
    known = _known_matches(session, judged)
    there = _pairs_still_there(session, judged, known)
    new: list[Match] = []
    for each in judged:
        pair = (each.need_id, each.offer_id)
        match = known.get(pair)
        if match is None and pair in there and each.outcome is not PairOutcome.NOT_ELIGIBLE:
            new.append(_propose(session, each))
        elif match is not None and not match.forbidden:
            _judge_again(session, match, each, counts, may_come_back=pair in there)
    session.flush()
    if new:
        write_audits(session, SYSTEM, "match_proposed", [(match.id, None) for match in new])
    counts.proposed = len(new)
    return counts


def _pairs_still_there(
    session: RegistrySession, judged: Sequence[Judged], known: Mapping[Ids, Match]
) -> set[Ids]:
    """Return the pairs that may be proposed now: both sides are matched, in this transaction too.

    They were judged as they stood when the judging began; meanwhile somebody may have closed an
    offer, or suspended one of the two.
    """
    pairs = {(each.need_id, each.offer_id) for each in judged}
    asked = {pair for pair in pairs if pair not in known or known[pair].state not in REJUDGED}
    if not asked:
        return set()
    needs = {row.id for row, _ in matched_needs(session, col(Need.id).in_({n for n, _ in asked}))}
    beside = matched_offers(session, col(Offer.id).in_({o for _, o in asked}))
    offers = {row.id for row, _ in beside}
    return {(need, offer) for need, offer in asked if need in needs and offer in offers}


def _known_matches(session: RegistrySession, judged: Sequence[Judged]) -> dict[Ids, Match]:
    pairs = [(each.need_id, each.offer_id) for each in judged]
    statement = select(Match).where(tuple_(Match.need_id, Match.offer_id).in_(pairs))
    return {(match.need_id, match.offer_id): match for match in session.exec(statement)}


def _propose(session: RegistrySession, judged: Judged) -> Match:
    match = new_match(judged.need_id, judged.offer_id, judged.organisation_id, judged.donor_id)
    match.moved_on = match.proposed_on = session.today
    _write(session, match, judged)
    return match


def _judge_again(
    session: RegistrySession, match: Match, judged: Judged, counts: Stored, *, may_come_back: bool
) -> None:
    if match.state in REJUDGED:
        counts.changed += _update(session, match, judged)
        if match.state == MatchState.PROPOSED and judged.outcome is PairOutcome.NOT_ELIGIBLE:
            end_match(session, match, MatchState.EXPIRED)
            counts.expired += 1
    elif may_come_back and comes_back(match, judged):
        note_change(session, match, judged)
        _write(session, match, judged)
        move_match(session, match, MatchState.PROPOSED, Mover.WORKER)
        write_audit(session, SYSTEM, "match_proposed", match.id)
        counts.reopened += 1


def comes_back(match: Match, judged: Judged) -> bool:
    """Say whether an ended match is proposed anew.

    One that expired because a rule refused it comes back when the rule no longer does (an
    offer that opens); one that a person refused needs other facts.
    """
    if match.state == MatchState.AWARDED or judged.outcome is PairOutcome.NOT_ELIGIBLE:
        return False
    if match.facts_hash != judged.facts_hash:
        return True
    return match.state == MatchState.EXPIRED and match.outcome == PairOutcome.NOT_ELIGIBLE


def _update(session: RegistrySession, match: Match, judged: Judged) -> bool:
    """Write what is said of a pair where it differs from what stands; say whether it did."""
    same = match.facts_hash == judged.facts_hash
    same = same and (match.programme_id, match.programme_number) == judged.terms
    if same and match.outcome == judged.outcome and match.score == judged.score:
        stored = session.vault.read_document(match, "evidence")
        if stored | {"on": None} == judged.evidence | {"on": None}:
            return False
    note_change(session, match, judged)
    _write(session, match, judged)
    return True


def _write(session: RegistrySession, match: Match, judged: Judged) -> None:
    match.outcome = judged.outcome
    match.score = judged.score
    match.confidence = judged.confidence
    match.proposed_amount = judged.proposed_amount
    match.weights_version = judged.weights_version
    match.rules_version = judged.rules_version
    match.programme_id = judged.programme_id
    match.programme_number = judged.programme_number
    match.judged_on = session.today
    match.facts_hash = judged.facts_hash
    session.vault.write_document(match, "evidence", judged.evidence)
    session.add(match)
