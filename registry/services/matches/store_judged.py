"""What was judged of pairs becomes rows: new proposals, changed ones, and ones that fell away.

Storing the same twice changes nothing. What people decided stays: a pair that was declined or
withdrawn comes back only once the facts of its two sides changed, a forbidden one never.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from registry.domain.pipeline import Mover
from registry.identity.actor import SYSTEM
from registry.services.matches.judge_pair import Judged
from registry.services.matches.matched_records import matched_need_ids, matched_offer_ids
from registry.services.matches.move_match import end_match, move_match
from registry.services.matches.new_matches import columns_of, insert_matches
from registry.services.matches.note_change import note_change
from registry.services.matches.standing import Ids, Standing, is_as_judged, read_standing
from registry.storage.audit import write_audit, write_audits
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
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
    standing = read_standing(session, judged)
    there = _pairs_still_there(session, judged, standing)
    new = [each for each in judged if each.ids not in standing and _is_proposed(each, there)]
    again = [each for each in judged if _has_changed(session, standing.get(each.ids), each)]
    matches = _read_matches(session, [standing[each.ids].id for each in again])
    for each in again:
        match = matches[each.ids]
        _judge_again(session, match, each, counts, may_come_back=each.ids in there)
    session.flush()
    write_audits(session, SYSTEM, "match_proposed", insert_matches(session, new))
    counts.proposed = len(new)
    return counts


def _is_proposed(judged: Judged, there: Collection[Ids]) -> bool:
    return judged.ids in there and judged.outcome is not PairOutcome.NOT_ELIGIBLE


def _has_changed(session: RegistrySession, standing: Standing | None, judged: Judged) -> bool:
    """Say whether a stored match may have to be written; of most nothing is otherwise."""
    if standing is None or standing.forbidden:
        return False
    if standing.state not in REJUDGED:
        return comes_back(standing, judged)
    if standing.state == MatchState.PROPOSED and judged.outcome is PairOutcome.NOT_ELIGIBLE:
        return True
    return not is_as_judged(session.vault, standing, judged)


def _pairs_still_there(
    session: RegistrySession, judged: Sequence[Judged], standing: Mapping[Ids, Standing]
) -> set[Ids]:
    """Return the pairs that may be proposed now: both sides are matched, in this transaction too.

    They were judged as they stood when the judging began; meanwhile somebody may have closed an
    offer, or suspended one of the two.
    """
    pairs = {each.ids for each in judged}
    asked = {pair for pair in pairs if pair not in standing or standing[pair].state not in REJUDGED}
    needs = matched_need_ids(session, {need for need, _ in asked})
    offers = matched_offer_ids(session, {offer for _, offer in asked})
    return {(need, offer) for need, offer in asked if need in needs and offer in offers}


def _read_matches(session: RegistrySession, match_ids: Collection[str]) -> dict[Ids, Match]:
    if not match_ids:
        return {}
    statement = select(Match).where(col(Match.id).in_(match_ids))
    return {(match.need_id, match.offer_id): match for match in session.exec(statement)}


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


def comes_back(match: Match | Standing, judged: Judged) -> bool:
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
    if is_as_judged(session.vault, match, judged):
        return False
    note_change(session, match, judged)
    _write(session, match, judged)
    return True


def _write(session: RegistrySession, match: Match, judged: Judged) -> None:
    for name, value in columns_of(judged, session.today).items():
        setattr(match, name, value)
    session.vault.write(match, "evidence", judged.written)
    session.add(match)
