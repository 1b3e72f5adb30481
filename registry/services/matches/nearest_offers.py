"""The offers that come nearest to a need: by fewest rules to change, then score, then id."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from registry.domain.errors import KeyGoneError, NotAllowedError
from registry.identity.actor import Actor
from registry.services.matches.judge_pair import Judged, judge_sides
from registry.services.matches.match_run import MatchRun
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import Outcome, PairOutcome
from search.eligibility.engine import assess_pair
from search.eligibility.pair import Pair
from search.eligibility.verdict import Assessment, Verdict
from search.eligibility.words import Labels
from search.matching.changes.explain_changes import explain_changes
from search.matching.changes.smallest import excused_rules, find_smallest

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Near:
    """One offer beside the need, as far as the rules go."""

    offer: Offer
    donor: Donor
    pair: Pair
    assessment: Assessment

    @property
    def failing(self) -> tuple[Verdict, ...]:
        return self.assessment.of_outcome(Outcome.NOT_MET)


def nearest_offers(
    session: RegistrySession,
    actor: Actor,
    need: Need,
    language: str,
    *,
    labels: Labels,
    limit: int = MOST_SHOWN,
) -> dict[str, Any]:
    """Judge a need beside every open offer; nothing is stored.

    Returns:
        `{"eligible": number of eligible offers, "nearest": [line]}`; no lines where any is
        eligible. A line: `offer` (id), `instrument`, `flexibility`, `outcome`, `score`, `rules`
        (codes that are not met) and what `explain_changes` says.

    Raises:
        NotAllowedError: the actor is no officer.
    """
    if not actor.is_officer:
        raise NotAllowedError
    run = MatchRun(session)
    asking = (need, session.get_one(Organisation, need.organisation_id))
    found = list(_judge_offers(run, asking))
    eligible = sum(each.assessment.outcome is PairOutcome.ELIGIBLE for each in found)
    nearest = [] if eligible else _rank(run, asking, found, limit)
    return {
        "eligible": eligible,
        "nearest": [_line(near, judged, language, labels) for near, judged in nearest],
    }


def _judge_offers(run: MatchRun, asking: tuple[Need, Organisation]) -> Iterator[Near]:
    for offer, donor in run.offers:
        try:
            pair = run.pair_of(*asking, offer, donor)
        except KeyGoneError:
            continue  # one of the two deleted itself; the rows follow
        yield Near(offer, donor, pair, assess_pair(pair, (), run.terms_of(offer).left_out))


def _rank(
    run: MatchRun, asking: tuple[Need, Organisation], found: list[Near], limit: int
) -> list[tuple[Near, Judged]]:
    """Order by rules, score and id; only the offers that may be among the first are scored."""
    counts = sorted(len(near.failing) for near in found)
    most = counts[:limit][-1] if counts else 0
    scored = [
        (near, judge_sides(run, asking, (near.offer, near.donor)))
        for near in found
        if len(near.failing) <= most
    ]
    return sorted(scored, key=_place)[:limit]


def _place(scored: tuple[Near, Judged]) -> tuple[int, float, str]:
    near, judged = scored
    return len(near.failing), -judged.score, near.offer.id


def _line(near: Near, judged: Judged, language: str, labels: Labels) -> dict[str, Any]:
    smallest = find_smallest(near.pair, excused_rules(near.assessment.verdicts))
    return {
        "offer": near.offer.id,
        "instrument": near.offer.instrument,
        "flexibility": near.offer.flexibility,
        "outcome": str(judged.outcome),
        "score": judged.score,
        "rules": [verdict.rule for verdict in near.failing],
        **explain_changes(smallest, language, labels),
    }
