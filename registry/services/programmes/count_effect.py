"""What a drafted version of a programme would change, counted without saving it.

It is judged exactly as after saving, need by need, and held against the matches that are stored:
so it has to be counted after the worker has done all that was asked for before. A pair of which no
match is stored is held against what the present terms say of it, because not every pair that fits
is stored. Where there are very many pairs, a part of the needs is looked at, taken by their ids,
which are made by chance.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, select

from registry.services.matches.judge_pair import Judged
from registry.services.matches.match_run import MatchRun
from registry.services.matches.propose_matches import judge_need
from registry.services.matches.store_judged import REJUDGED, comes_back
from registry.services.programmes.read_terms import make_terms, read_present_terms
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.programmes import Programme, ProgrammeDraft
from search.codes import PairOutcome
from search.matching.weights import load_weights

EXAMPLES = 12
"""Changed pairs that are shown."""
BEST = 3
MOST_PAIRS = 100_000
"""Pairs that are judged for one draft, some 15 to 30 seconds; of more, only so many needs."""

_RANKS = {PairOutcome.ELIGIBLE: 0, PairOutcome.NEEDS_INFORMATION: 1}
Standing = tuple[int, float, str]
"""How a pair stands among those of its need: by outcome, then score, then the offer's id."""


@dataclass(slots=True)
class Effect:
    """How many pairs become eligible, open (something has to be asked) or refused.

    `pairs` counts the pairs of the programme's offers that nothing refuses now, `needs` the needs
    of which other offers are the best three, or the same in another order. All is counted in
    `needs_looked_at` of `needs_in_all`.
    """

    needs_in_all: int = 0
    needs_looked_at: int = 0
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
    judges = _Judges(session, draft, pulse)
    needs = judges.choose_needs()
    effect = Effect(needs_in_all=len(judges.tried.needs), needs_looked_at=len(needs))
    for need in needs:
        _count_need(judges, need, effect)
    return effect


class _Judges:
    """One run by the draft's terms, and one by those that hold now, over the same offers."""

    def __init__(
        self, session: RegistrySession, draft: ProgrammeDraft, pulse: Callable[[], None]
    ) -> None:
        number = session.get_one(Programme, draft.programme_id).number + 1
        base = load_weights().version
        terms = make_terms(draft.programme_id, number, draft.left_out, draft.weights, base)
        present = read_present_terms(session)[draft.programme_id]
        self.session = session
        self.tried = MatchRun(session, pulse, terms)
        self.own = frozenset(offer.id for offer, _ in self.tried.offers)
        self._present = MatchRun(session, pulse, present)
        self._same_rules = terms.left_out == present.left_out

    def choose_needs(self) -> list[Need]:
        """Return as many needs as can be looked at, in the order of their ids."""
        many = max(1, MOST_PAIRS // max(1, len(self.own)))
        return [need for need, _ in self.tried.needs[:many]]

    def by_draft(self, need: Need) -> dict[str, Judged]:
        """Judge a need beside the programme's offers by the draft; offer -> what was found."""
        return {judged.offer_id: judged for judged in judge_need(self.tried, need)}

    def at_present(self, need: Need, drafted: dict[str, Judged]) -> dict[str, PairOutcome]:
        """Return the outcomes that hold now; by the same rules they are the same."""
        judged = drafted.values() if self._same_rules else judge_need(self._present, need)
        return {each.offer_id: each.outcome for each in judged}


def _count_need(judges: _Judges, need: Need, effect: Effect) -> None:
    stored = _stored_matches(judges.session, need)
    before = dict(_standings(stored.values()))
    after = dict(before)
    drafted = judges.by_draft(need)
    present = judges.at_present(need, drafted)
    effect.pairs += len(judges.own & (before.keys() | _open_unstored(present, stored)))
    for offer_id in sorted(drafted.keys() | present.keys()):
        judged, match = drafted.get(offer_id), stored.get(offer_id)
        if match is not None and (judged is None or not _counts(match, judged)):
            continue
        outcome = judged.outcome if judged else PairOutcome.NOT_ELIGIBLE
        now = _outcome_of(match, before, present.get(offer_id, PairOutcome.NOT_ELIGIBLE))
        _count_pair(effect, (need.id, offer_id), now, outcome)
        after.pop(offer_id, None)
        if judged and outcome in _RANKS:
            after[offer_id] = _standing(outcome, judged.score, offer_id)
    effect.needs += _best(before) != _best(after)


def _open_unstored(present: dict[str, PairOutcome], stored: dict[str, Match]) -> set[str]:
    return {each for each, outcome in present.items() if each not in stored and outcome in _RANKS}


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


def _counts(match: Match, judged: Judged) -> bool:
    """Say whether saving would write anything of a stored pair."""
    if match.forbidden:
        return False
    return match.state in REJUDGED or comes_back(match, judged)


def _outcome_of(
    match: Match | None, before: dict[str, Standing], present: PairOutcome
) -> PairOutcome:
    """Return what the pair counts as now; a stored one that is not proposed counts as refused."""
    if match is None:
        return present
    return PairOutcome(match.outcome) if match.offer_id in before else PairOutcome.NOT_ELIGIBLE


def _count_pair(
    effect: Effect, pair: tuple[str, str], before: PairOutcome, after: PairOutcome
) -> None:
    if after is before:
        return
    effect.eligible += after is PairOutcome.ELIGIBLE
    effect.open += after is PairOutcome.NEEDS_INFORMATION
    effect.refused += after is PairOutcome.NOT_ELIGIBLE
    if len(effect.examples) < EXAMPLES:
        need_id, offer_id = pair
        outcomes = {"before": str(before), "after": str(after)}
        effect.examples.append({"need": need_id, "offer": offer_id, **outcomes})


def _best(standings: dict[str, Standing]) -> list[str]:
    return [offer_id for _, _, offer_id in sorted(standings.values())[:BEST]]
