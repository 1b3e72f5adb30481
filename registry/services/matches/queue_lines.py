"""The lines of the queue: one per need, with its best three proposals, from codes alone."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from registry.identity.actor import Actor
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.questions import Question
from search.codes import QuestionState, Urgency

BEST = 3
NEED_COLUMNS = (
    *("id", "version", "organisation_id", "category", "country", "amount_requested", "quantity"),
    *("asks_for", "minimum_useful", "needed_by", "useful_until", "months_covered", "urgency"),
    *("urgency_confirmed", "status", "created_on"),
)
MATCH_COLUMNS = (
    *("id", "version", "need_id", "offer_id", "state", "outcome", "score", "confidence"),
    *("proposed_amount", "pinned", "assigned_to_id", "judged_on"),
)
OFFER_COLUMNS = ("instrument", "flexibility", "budget", "max_award", "closes_on")


def read_groups(
    session: RegistrySession,
    actor: Actor,
    need_ids: Sequence[str],
    conditions: Sequence[ColumnElement[bool]],
) -> list[dict[str, Any]]:
    """Return the groups of these needs, in the order of the ids.

    A group: the need's `id version organisation category country amount_requested quantity
    asks_for minimum_useful needed_by useful_until months_covered urgency urgency_confirmed status
    created_on` (what is absent is None) and
    `days_left` (int, None without a last day, negative once it passed),
    `is_emergency`, `to_confirm` (a stated urgency that no officer has looked at),
    `vetting` and `hosted` (of the organisation), `open_questions`, `proposals` (how many in all),
    `assigned_to` (account ids), `assigned_to_me`, and
    `best`: up to three lines, pinned ones first, then by score:
    `{"id", "version", "state", "outcome", "score", "confidence", "proposed_amount", "pinned",
    "assigned_to", "assigned_to_me", "judged_on", "offer", "instrument", "flexibility", "budget",
    "max_award", "closes_on", "donor", "donor_kind", "donor_vetting"}`.
    """
    if not need_ids:
        return []
    needs = _read_needs(session, need_ids)
    best = _read_best(session, actor, need_ids, conditions)
    assigned = _read_assigned(session, need_ids, conditions)
    questions = count_open_questions(session, need_ids)
    groups = []
    for need_id in need_ids:
        holders = assigned.get(need_id, {})
        groups.append(
            _group(session, needs[need_id])
            | {
                "open_questions": questions.get(need_id, 0),
                "proposals": sum(holders.values()),
                "assigned_to": sorted(holder for holder in holders if holder),
                "assigned_to_me": actor.account_id in holders,
                "best": best.get(need_id, []),
            }
        )
    return groups


def count_open_questions(session: RegistrySession, need_ids: Sequence[str]) -> dict[str, int]:
    """Count the open questions about needs and about their matches, by need."""
    opened = (col(Question.state) == QuestionState.OPEN,)
    about_need = (
        select(col(Question.about_id), func.count())
        .where(*opened, col(Question.about_id).in_(need_ids))
        .group_by(col(Question.about_id))
    )
    about_match = (
        select(col(Match.need_id), func.count())
        .join(Question, col(Question.about_id) == col(Match.id))
        .where(*opened, col(Match.need_id).in_(need_ids))
        .group_by(col(Match.need_id))
    )
    counts: dict[str, int] = defaultdict(int)
    for statement in (about_need, about_match):
        for need_id, count in session.execute(statement):
            counts[need_id] += count
    return counts


def _read_needs(session: RegistrySession, need_ids: Sequence[str]) -> dict[str, Any]:
    statement = (
        select(
            *_columns(Need, NEED_COLUMNS), col(Organisation.vetting), col(Organisation.hosted_by_id)
        )
        .join(Organisation, col(Organisation.id) == col(Need.organisation_id))
        .where(col(Need.id).in_(need_ids))
    )
    return {row.id: row for row in session.execute(statement)}


def _columns(table: Any, names: Sequence[str]) -> list[ColumnElement[Any]]:
    return [getattr(table, name).label(name) for name in names]


def _group(session: RegistrySession, row: Any) -> dict[str, Any]:
    group = {name: getattr(row, name) for name in NEED_COLUMNS}
    group["organisation"] = group.pop("organisation_id")
    last_day = row.useful_until or row.needed_by
    urgency = row.urgency_confirmed or row.urgency
    return group | {
        "days_left": (last_day - session.today).days if last_day else None,
        "is_emergency": urgency == Urgency.EMERGENCY,
        "to_confirm": row.urgency is not None and row.urgency_confirmed is None,
        "vetting": row.vetting,
        "hosted": row.hosted_by_id is not None,
    }


def _read_best(
    session: RegistrySession,
    actor: Actor,
    need_ids: Sequence[str],
    conditions: Sequence[ColumnElement[bool]],
) -> dict[str, list[dict[str, Any]]]:
    order = (col(Match.pinned).desc(), col(Match.score).desc(), col(Match.id))
    place = func.row_number().over(partition_by=col(Match.need_id), order_by=order).label("place")
    ranked = (
        select(*_columns(Match, MATCH_COLUMNS), place)
        .join(Need, col(Need.id) == col(Match.need_id))
        .join(Organisation, col(Organisation.id) == col(Match.organisation_id))
        .where(col(Match.need_id).in_(need_ids), *conditions)
        .subquery()
    )
    statement = (
        select(
            ranked,
            *_columns(Offer, OFFER_COLUMNS),
            col(Donor.id).label("donor_id"),
            col(Donor.donor_kind),
            col(Donor.vetting).label("donor_vetting"),
        )
        .join(Offer, col(Offer.id) == ranked.c.offer_id)
        .join(Donor, col(Donor.id) == col(Offer.donor_id))
        .where(ranked.c.place <= BEST)
        .order_by(ranked.c.need_id, ranked.c.place)
    )
    best: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in session.execute(statement):
        best[row.need_id].append(_line(actor, row))
    return best


def _line(actor: Actor, row: Any) -> dict[str, Any]:
    own = {name: getattr(row, name) for name in (*MATCH_COLUMNS, *OFFER_COLUMNS)}
    return {
        **{name: value for name, value in own.items() if not name.endswith("_id")},
        "offer": row.offer_id,
        "donor": row.donor_id,
        "donor_kind": row.donor_kind,
        "donor_vetting": row.donor_vetting,
        "assigned_to": row.assigned_to_id,
        "assigned_to_me": row.assigned_to_id == actor.account_id,
    }


def _read_assigned(
    session: RegistrySession,
    need_ids: Sequence[str],
    conditions: Sequence[ColumnElement[bool]],
) -> dict[str, dict[str | None, int]]:
    """Count a need's proposals by the officer who looks after them (None: nobody yet)."""
    statement = (
        select(col(Match.need_id), col(Match.assigned_to_id), func.count())
        .join(Need, col(Need.id) == col(Match.need_id))
        .join(Organisation, col(Organisation.id) == col(Match.organisation_id))
        .where(col(Match.need_id).in_(need_ids), *conditions)
        .group_by(col(Match.need_id), col(Match.assigned_to_id))
    )
    counts: dict[str, dict[str | None, int]] = defaultdict(dict)
    for need_id, holder, count in session.execute(statement):
        counts[need_id][holder] = count
    return counts
