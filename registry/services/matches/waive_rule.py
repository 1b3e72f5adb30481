"""An officer sets one rule aside for one match, or asks the organisation whether it may be."""

from datetime import date, timedelta
from typing import Any

from registry.domain.errors import FieldProblem, RecordRefusedError
from registry.domain.obstacles import Obstacle, ObstacleCode
from registry.identity.actor import Actor
from registry.services.matches.propose_matches import propose_again
from registry.services.matches.review_match import (
    begin_review,
    finish_review,
    refuse_where_blocked,
    standing_of,
)
from registry.services.matches.verdicts import read_rules
from registry.storage.database import RegistrySession
from search.codes import ReviewKind
from search.eligibility.catalogue import load_rules

ASKED_FOR = timedelta(days=30)
"""How long a rule that protects the organisation stays set aside where no day is given."""


def waive_rule(
    session: RegistrySession,
    actor: Actor,
    match_id: str,
    *,
    rule: str | None,
    note: str | None,
    until: date | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """Set a rule aside that is not met or not known, and judge the pair again.

    A rule that protects the organisation counts as set aside only once the organisation said yes
    (`answer_waiver`); until then this is a question to it.

    Args:
        session: a writing session.
        actor: an officer.
        match_id: a match that is not agreed or ended.
        rule: the code of the rule.
        note: why; officers read it.
        until: the last day on which it counts.
        version: of the match, as the page showed it.

    Returns:
        Where the match stands, `{"id", "version", "state"}`.

    Raises:
        RecordRefusedError: no such rule, no reason in the note, or a day that has passed.
        InvalidMoveError: the rule does not stand in the way, or the state does not allow it.
        NotFoundError, ConflictError: see `begin_review`.
    """
    _check_fields(session, rule, note, until)
    step = begin_review(session, actor, match_id, ReviewKind.WAIVE, version)
    in_the_way = {each.code: each for each in read_rules(session, step.match) if each.is_open}
    if rule not in in_the_way:
        nothing = Obstacle(ObstacleCode.NOTHING_TO_WAIVE, rule)
        refuse_where_blocked(step.match, step.kind, step.part, [nothing])
    if until is None and load_rules()[str(rule)].protects_organisation:
        until = session.today + ASKED_FOR
    finish_review(session, actor, step, rule=rule, until=until, note=note)
    propose_again(session, match_id)
    return standing_of(step.match)


def _check_fields(
    session: RegistrySession, rule: str | None, note: str | None, until: date | None
) -> None:
    problems = []
    if rule not in load_rules():
        problems.append(FieldProblem("rule", "unknown_code", allowed=", ".join(load_rules())))
    if not note:
        problems.append(FieldProblem("note", "required"))
    if until is not None and until < session.today:
        problems.append(FieldProblem("until", "in_the_past"))
    if problems:
        raise RecordRefusedError(problems)
