"""What people's refusals say of the matcher: which rules and which weights misled, by programme.

Counts and means only: no party, no text, no note. Officers read exact numbers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import col, select

from registry.domain.blame import blame_of
from registry.domain.errors import KeyGoneError
from registry.domain.reasons import REFUSING_REVIEWS
from registry.identity.actor import Actor
from registry.services.matches.review_reason import reason_of
from registry.services.programmes.get_programme import list_programmes
from registry.storage.database import RegistrySession
from registry.storage.matches import Match, Review
from registry.storage.programmes import GENERAL
from search.codes import MatchState, ReasonCode, ReviewKind

MOST_READ = 5_000
"""Acts of the period that are counted, the newest ones; and as many matches are opened at most."""
LEAST = 5
"""Below so many refused, or agreed, matches a mean says nothing yet."""
APART = 0.05
"""Means that are nearer to each other do not tell refused matches from agreed ones."""

PEOPLE = ("officer", "donor", "organisation", "partner")
"""Who refuses; what the worker ends because something is gone says nothing of the matcher."""
AGREED = (MatchState.CONSENTED, MatchState.INTRODUCED, MatchState.AWARDED)
REFUSED = (MatchState.DECLINED, MatchState.WITHDRAWN)


@dataclass(slots=True)
class Tally:
    """What is counted of one programme; `values` are those of a part, refused and agreed."""

    reasons: Counter[tuple[ReasonCode, str]] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)
    waived: Counter[str] = field(default_factory=Counter)
    refused: dict[str, list[float]] = field(default_factory=dict)
    agreed: dict[str, list[float]] = field(default_factory=dict)
    refused_count: int = 0
    agreed_count: int = 0


def read_feedback(session: RegistrySession, actor: Actor, since: date) -> dict[str, Any]:
    """Roll the refusals, waivers and consents from a day on up, programme by programme.

    Returns:
        `since`, `more` (whether older acts of the period were left out), `programmes`: those of
        which something is known, `{"id", "name" (None for the general one), "reasons", "rules",
        "parts", "refused", "agreed"}` (counts of acts and of matches). A reason: `reason`, `count`,
        `by` (role -> count). A rule: `rule blamed waived`. A part: `part blamed weight` (its share
        now) `refused agreed` (means 0 to 1, None where there are none) and `tells`: `apart`,
        `wrongly` (refused ones had more of it), `nothing`, or `too_few`.

    Raises:
        NotAllowedError: the actor is no officer.
    """
    programmes = list_programmes(session, actor)
    tallies: dict[str, Tally] = {each["id"]: Tally() for each in programmes}
    acts = list(_acts(session, since))
    for review, match in acts[:MOST_READ]:
        _count_act(session, tallies[match.programme_id or GENERAL], review)
    for match in {match.id: match for _, match in acts[:MOST_READ]}.values():
        _count_match(session, tallies[match.programme_id or GENERAL], match)
    found = [(each, tallies[each["id"]]) for each in programmes]
    return {
        "since": since,
        "more": len(acts) > MOST_READ,
        "programmes": [_told(each, tally) for each, tally in found if _is_known(tally)],
    }


def _acts(session: RegistrySession, since: date) -> Iterable[tuple[Review, Match]]:
    kinds = (*REFUSING_REVIEWS, ReviewKind.WAIVE, ReviewKind.CONSENT)
    statement = (
        select(Review, Match)
        .join(Match, col(Match.id) == col(Review.match_id))
        .where(
            col(Review.day) >= since,
            col(Review.kind).in_(kinds),
            col(Review.by_role).in_(PEOPLE),
        )
        .order_by(col(Review.day).desc(), col(Review.id))
        .limit(MOST_READ + 1)
    )
    return session.exec(statement)


def _count_act(session: RegistrySession, tally: Tally, review: Review) -> None:
    """Count what one act says; a rule that is set aside counts once for every match."""
    if review.kind == ReviewKind.WAIVE and review.rule:
        tally.waived[review.rule] += 1
    reason = reason_of(session, review)
    if reason is None:
        return
    tally.reasons[reason, review.by_role] += 1
    blame = blame_of(reason)
    tally.rules.update(blame.rules)
    tally.parts.update(blame.parts)


def _count_match(session: RegistrySession, tally: Tally, match: Match) -> None:
    """Take the parts of the score of a match that was agreed, or refused and is so still."""
    values = tally.agreed if match.state in AGREED else tally.refused
    if match.state not in (*AGREED, *REFUSED):
        return
    try:
        parts = session.vault.read_document(match, "evidence").get("parts", {})
    except KeyGoneError:
        return  # its organisation deleted itself; the rows follow
    tally.agreed_count += match.state in AGREED
    tally.refused_count += match.state in REFUSED
    for code, measured in parts.items():
        values.setdefault(code, []).append(measured["value"])


def _is_known(tally: Tally) -> bool:
    return bool(tally.reasons or tally.waived or tally.agreed_count or tally.refused_count)


def _told(programme: dict[str, Any], tally: Tally) -> dict[str, Any]:
    return {
        "id": programme["id"],
        "name": programme["name"],
        "refused": tally.refused_count,
        "agreed": tally.agreed_count,
        "reasons": list(_reasons(tally)),
        "rules": list(_rules(tally)),
        "parts": list(_parts(tally, programme["weights"])),
    }


def _reasons(tally: Tally) -> Iterator[dict[str, Any]]:
    counts: Counter[ReasonCode] = Counter()
    for (reason, _), count in tally.reasons.items():
        counts[reason] += count
    for reason, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        by = {role: tally.reasons[reason, role] for role in PEOPLE if tally.reasons[reason, role]}
        yield {"reason": reason, "count": count, "by": by}


def _rules(tally: Tally) -> Iterator[dict[str, Any]]:
    codes = tally.rules.keys() | tally.waived.keys()
    weight = {code: tally.rules[code] + tally.waived[code] for code in codes}
    for code in sorted(codes, key=lambda code: (-weight[code], code)):
        yield {"rule": code, "blamed": tally.rules[code], "waived": tally.waived[code]}


def _parts(tally: Tally, weights: dict[str, int]) -> Iterator[dict[str, Any]]:
    total = sum(weights.values()) or 1
    for code in sorted(weights, key=lambda code: (-tally.parts[code], code)):
        refused, agreed = tally.refused.get(code, []), tally.agreed.get(code, [])
        yield {
            "part": code,
            "blamed": tally.parts[code],
            "weight": weights[code] / total,
            "refused": _mean(refused),
            "agreed": _mean(agreed),
            "tells": _tells(refused, agreed),
        }


def _mean(values: list[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _tells(refused: list[float], agreed: list[float]) -> str:
    """Say whether a part had more of what was agreed than of what was refused."""
    if min(len(refused), len(agreed)) < LEAST:
        return "too_few"
    gap = sum(agreed) / len(agreed) - sum(refused) / len(refused)
    if abs(gap) <= APART:
        return "nothing"
    return "apart" if gap > 0 else "wrongly"
