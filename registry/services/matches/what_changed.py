"""What changed since a day: what is new, what came to fit or not to, what moved, and why.

Made of codes, scores and names of facts; no text and no value of a guarded fact is shown, so
reading it does not count as opening a dossier.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, or_, true
from sqlmodel import col, func, select

from registry.domain.errors import KeyGoneError, NotAllowedError
from registry.identity.actor import Actor
from registry.services.matches.note_change import NOTICEABLE
from registry.storage.database import RegistrySession
from registry.storage.match_changes import MatchChange
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from search.codes import MatchState, PairOutcome

MOST_TOLD = 100
"""Lines of one group; the newest ones, so that a page stays one that can be read."""
MOST_READ = 5_000
"""Changes that are opened for one answer."""

GROUPS = ("new", "eligible", "needs_information", "not_eligible", "scores", "rules", "moved")
"""New matches; those that came to that outcome; those whose score moved, or only a rule; those
whose state moved."""

_SINCE: dict[str, tuple[Any, ColumnElement[bool]]] = {
    "new": (col(Match.proposed_on), true()),
    "moved": (
        col(Match.moved_on),
        or_(
            col(Match.state) != MatchState.PROPOSED,
            col(Match.proposed_on).is_(None),
            col(Match.proposed_on) != col(Match.moved_on),
        ),
    ),
}
"""Group -> the day that counts, and what else is asked of a match: one that was only proposed
has not moved."""

PAIRS = ("outcome", "score", "weights", "rules_version", "on")


A_WEEK = timedelta(days=7)


def a_week_before(today: date) -> date:
    """Return the day from which on something changed "since last week"."""
    return today - A_WEEK


def what_changed(session: RegistrySession, actor: Actor, since: date) -> dict[str, Any]:
    """Say what changed from a day on.

    Returns:
        `since`, `groups`: by each of GROUPS the lines, newest first, at most MOST_TOLD; `counts`:
        how many there are by each. A line: `match need offer` (ids), `category country state
        outcome score day`; of a match that was judged anew also `change`: as `describe_change`
        says it, from before the first to after the last of them.

    Raises:
        NotAllowedError: the actor is no officer.
    """
    if not actor.is_officer:
        raise NotAllowedError
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in GROUPS}
    for match, change, day in _judged_anew(session, since):
        group = _group_of(change)
        if group is not None and not _is_new(match, since):
            found[group].append(_line(session, match, day) | {"change": change})
    counts = {name: len(lines) for name, lines in found.items()}
    groups = {name: _newest(lines) for name, lines in found.items()}
    for name, (day_of, condition) in _SINCE.items():
        wanted = (day_of >= since, condition)
        counts[name] = session.exec(select(func.count()).select_from(Match).where(*wanted)).one()
        groups[name] = [_line(session, each, each.moved_on) for each in _select(session, *wanted)]
    return {"since": since, "groups": groups, "counts": counts}


def _is_new(match: Match, since: date) -> bool:
    return match.proposed_on is not None and match.proposed_on >= since


def _judged_anew(
    session: RegistrySession, since: date
) -> Iterator[tuple[Match, dict[str, Any], date]]:
    """Yield each match that was judged otherwise, with what changed in all and the last day."""
    statement = (
        select(MatchChange)
        .where(col(MatchChange.day) >= since)
        .order_by(col(MatchChange.match_id), col(MatchChange.sequence))
        .limit(MOST_READ)
    )
    for match_id, rows in groupby(session.exec(statement), lambda row: row.match_id):
        changes = list(rows)
        try:
            told = [session.vault.read_document(row, "what") for row in changes]
        except KeyGoneError:
            continue  # its organisation deleted itself; the rows follow
        yield session.get_one(Match, match_id), join_changes(told), changes[-1].day


def join_changes(told: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Join changes of one match, oldest first, to one from before them all to after them."""
    changes = list(told)
    joined: dict[str, Any] = {name: [changes[0][name][0], changes[-1][name][1]] for name in PAIRS}
    rules: dict[str, list[Any]] = {}
    for change in changes:
        for code, (before, after) in change["rules"].items():
            rules[code] = [rules.get(code, [before])[0], after]
    joined["rules"] = {code: pair for code, pair in rules.items() if pair[0] != pair[1]}
    joined["facts"] = sorted({name for change in changes for name in change["facts"]})
    return joined


def _group_of(change: Mapping[str, Any]) -> str | None:
    """Name the group that a change is told in; None where all is as it was in the end."""
    before, after = change["outcome"]
    if before != after:
        return str(PairOutcome(after))
    if abs(change["score"][0] - change["score"][1]) > NOTICEABLE:
        return "scores"
    return "rules" if change["rules"] else None


def _select(session: RegistrySession, *wanted: ColumnElement[bool]) -> list[Match]:
    newest = (col(Match.moved_on).desc(), col(Match.score).desc(), col(Match.id))
    return list(session.exec(select(Match).where(*wanted).order_by(*newest).limit(MOST_TOLD)))


def _line(session: RegistrySession, match: Match, day: date) -> dict[str, Any]:
    need, offer = session.get_one(Need, match.need_id), session.get_one(Offer, match.offer_id)
    return {
        "match": match.id,
        "need": need.id,
        "offer": offer.id,
        "category": need.category,
        "country": need.country,
        "instrument": offer.instrument,
        "state": MatchState(match.state),
        "outcome": PairOutcome(match.outcome),
        "score": match.score,
        "day": day,
    }


def _newest(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put the newest first; those of one day by how good they are, then by id."""
    ordered = sorted(
        lines, key=lambda line: (-line["day"].toordinal(), -line["score"], line["match"])
    )
    return ordered[:MOST_TOLD]
