"""What is kept of a match that is judged anew and found to be otherwise than before.

A match holds its newest verdicts only. So that an officer can ask what changed and why, a short
entry stays: outcome, score, the rules whose verdict changed, the names (never the values) of the
facts that did, and which weights and rules judged before and after. What differs too little to be
told leaves no entry; there are at most MOST_KEPT of a match, for KEPT_FOR.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from sqlmodel import col, delete, func, select

from registry.domain.identifiers import new_id
from registry.services.matches.judge_pair import Judged
from registry.storage.database import RegistrySession
from registry.storage.match_changes import MatchChange, delete_changes_before
from registry.storage.matches import Match

NOTICEABLE = 0.05
"""A score that moved by more than this is told."""
MOST_KEPT = 20
KEPT_FOR = timedelta(days=90)


def note_change(session: RegistrySession, match: Match, judged: Judged) -> bool:
    """Keep what is said otherwise of a match, before that is written; say whether it is enough.

    Raises:
        KeyGoneError: the organisation deleted itself.
    """
    before = session.vault.read_document(match, "evidence")
    what = describe_change(match, before, judged)
    if what is None:
        return False
    sequence = _next_sequence(session, match.id)
    row = MatchChange(
        id=new_id(),
        match_id=match.id,
        organisation_id=match.organisation_id,
        sequence=sequence,
        day=session.today,
    )
    session.vault.write_document(row, "what", what)
    session.add(row)
    if sequence > MOST_KEPT:
        _drop_up_to(session, match.id, sequence - MOST_KEPT)
    return True


def describe_change(
    match: Match, before: Mapping[str, Any], judged: Judged
) -> dict[str, Any] | None:
    """Say what is otherwise; None where it is not worth telling.

    Returns:
        `outcome score weights rules_version on`: a pair each, before and after; `rules`: code ->
        such a pair of outcomes, "waived" for a rule that was set aside; `facts`: "need.channels".
    """
    now = judged.evidence
    rules = dict(_changed_rules(before, now))
    is_moved = abs(match.score - judged.score) > NOTICEABLE
    if match.outcome == judged.outcome and not rules and not is_moved:
        return None
    return {
        "outcome": [match.outcome, str(judged.outcome)],
        "score": [match.score, judged.score],
        "weights": [match.weights_version, judged.weights_version],
        "rules_version": [match.rules_version, judged.rules_version],
        "on": [before.get("on"), now["on"]],
        "rules": rules,
        "facts": list(_changed_facts(before, now)),
    }


def forget_old_changes(session: RegistrySession) -> int:
    """Forget the changes that are older than KEPT_FOR; return how many those were."""
    return delete_changes_before(session, session.today - KEPT_FOR)


def _changed_rules(
    before: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[tuple[str, list[str | None]]]:
    old, new = _outcomes(before), _outcomes(now)
    for code in sorted(old.keys() | new.keys()):
        if old.get(code) != new.get(code):
            yield code, [old.get(code), new.get(code)]


def _outcomes(evidence: Mapping[str, Any]) -> dict[str, str]:
    return {
        each["rule"]: "waived" if each["waived"] else each["outcome"]
        for each in evidence.get("verdicts", ())
    }


def _changed_facts(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for side, known in now["facts"].items():
        was = before.get("facts", {}).get(side, {})
        for name in sorted(known.keys() | was.keys()):
            if known.get(name) != was.get(name):
                yield f"{side}.{name}"


def _next_sequence(session: RegistrySession, match_id: str) -> int:
    newest = select(func.max(col(MatchChange.sequence))).where(
        col(MatchChange.match_id) == match_id
    )
    return (session.exec(newest).one() or 0) + 1


def _drop_up_to(session: RegistrySession, match_id: str, sequence: int) -> None:
    session.exec(
        delete(MatchChange).where(
            col(MatchChange.match_id) == match_id, col(MatchChange.sequence) <= sequence
        )
    )
