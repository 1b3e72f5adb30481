"""What a drafted version of a programme would change, counted without saving it.

It is judged exactly as after saving, need by need, and held against the matches that are stored:
so it has to be counted after the worker has done all that was asked for before.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, select

from registry.services.matches.judge_pair import Judged
from registry.services.matches.match_run import MatchRun
from registry.services.matches.propose_matches import judge_need
from registry.services.matches.store_judged import REJUDGED, comes_back
from registry.services.programmes.read_terms import make_terms
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.programmes import Programme, ProgrammeDraft
from search.codes import PairOutcome
from search.matching.weights import load_weights

EXAMPLES = 12
"""Changed pairs that are shown."""
BEST = 3

_RANKS = {PairOutcome.ELIGIBLE: 0, PairOutcome.NEEDS_INFORMATION: 1}
Standing = tuple[int, float, str]
"""How a pair stands among those of its need: by outcome, then score, then the offer's id."""


@dataclass(slots=True)
class Effect:
    """How many pairs become eligible, open (something has to be asked) or refused.

    `pairs` counts the pairs of the programme's offers that nothing refuses now, `needs` the needs
    of which other offers are the best three, or the same in another order.
    """

    pairs: int = 0
    eligible: int = 0
    open: int = 0
    refused: int = 0
    needs: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)

    def to_record(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def count_effect(
    session: RegistrySession, draft: ProgrammeDraft, pulse: Callable[[], None] = lambda: None
) -> Effect:
    """Judge every pair of the programme's offers by the draft, and count what differs.

    An example is `{"need", "offer", "before", "after"}`, ids and outcomes of a pair.
    """
    number = session.get_one(Programme, draft.programme_id).number + 1
    tried = make_terms(
        draft.programme_id, number, draft.left_out, draft.weights, load_weights().version
    )
    run, effect = MatchRun(session, pulse, tried), Effect()
    own = frozenset(offer.id for offer, _ in run.offers)
    for need, _ in run.needs:
        _count_need(run, need, own, effect)
    return effect


def _count_need(run: MatchRun, need: Need, own: frozenset[str], effect: Effect) -> None:
    stored = _stored_matches(run.session, need)
    before = dict(_standings(stored.values()))
    after = dict(before)
    effect.pairs += len(own & before.keys())
    for judged in judge_need(run, need):
        match = stored.get(judged.offer_id)
        if not _counts(match, judged):
            continue
        _count_pair(effect, judged, _outcome_of(match, before))
        after.pop(judged.offer_id, None)
        if judged.outcome in _RANKS:
            after[judged.offer_id] = _standing(judged.outcome, judged.score, judged.offer_id)
    effect.needs += _best(before) != _best(after)


def _stored_matches(session: RegistrySession, need: Need) -> dict[str, Match]:
    statement = select(Match).where(col(Match.need_id) == need.id)
    return {match.offer_id: match for match in session.exec(statement)}


def _standings(matches: Iterable[Match]) -> Iterator[tuple[str, Standing]]:
    for match in matches:
        outcome = PairOutcome(match.outcome)
        if match.state in REJUDGED and not match.forbidden and outcome in _RANKS:
            yield match.offer_id, _standing(outcome, match.score, match.offer_id)


def _standing(outcome: PairOutcome, score: float, offer_id: str) -> Standing:
    return _RANKS[outcome], -score, offer_id


def _counts(match: Match | None, judged: Judged) -> bool:
    """Say whether saving would write anything of this pair."""
    if match is None:
        return judged.outcome in _RANKS
    if match.forbidden:
        return False
    return match.state in REJUDGED or comes_back(match, judged)


def _outcome_of(match: Match | None, before: dict[str, Standing]) -> PairOutcome:
    """Return what the pair counts as now; one that is not proposed counts as refused."""
    if match is None or match.offer_id not in before:
        return PairOutcome.NOT_ELIGIBLE
    return PairOutcome(match.outcome)


def _count_pair(effect: Effect, judged: Judged, before: PairOutcome) -> None:
    if judged.outcome is before:
        return
    effect.eligible += judged.outcome is PairOutcome.ELIGIBLE
    effect.open += judged.outcome is PairOutcome.NEEDS_INFORMATION
    effect.refused += judged.outcome is PairOutcome.NOT_ELIGIBLE
    if len(effect.examples) < EXAMPLES:
        pair = {"need": judged.need_id, "offer": judged.offer_id}
        effect.examples.append({**pair, "before": str(before), "after": str(judged.outcome)})


def _best(standings: dict[str, Standing]) -> list[str]:
    return [offer_id for _, _, offer_id in sorted(standings.values())[:BEST]]
