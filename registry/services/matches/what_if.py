"""What if a donor relaxed one rule of an offer: three numbers per rule, exact, for officers.

Which engine judges is chosen by the caller: the command line takes the packed one, which loads
numpy; pages take the one-pair engine, and only for as many needs as a request can wait for.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from registry.domain.errors import KeyGoneError, NotAllowedError
from registry.identity.actor import Actor
from registry.services.matches.match_run import MatchRun
from registry.services.matches.matched_records import count_matched
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.eligibility import sentences
from search.eligibility.award import measure_award
from search.eligibility.award_ways import goal_of
from search.eligibility.catalogue import load_rules
from search.eligibility.engine import assess_pair
from search.matching.score import score_pair
from search.matching.sides import Judged, Sides, judge_by_pairs
from search.matching.what_if import Standing, WhatIfs

Row = TypeVar("Row", Need, Offer)
Party = TypeVar("Party", Organisation, Donor)
Facts = TypeVar("Facts")
MOST_PAIRS = 50_000
"""Pairs of open needs and offers that a request counts by the one-pair engine: about half a second
of work. Beyond that the command line does."""

FIRST = 0
"""The place of the offer that is asked about."""


def what_if(
    session: RegistrySession,
    actor: Actor,
    offer: Offer,
    language: str,
    *,
    rules: tuple[str, ...] = (),
    judge_sides: Callable[[Sides], Judged] = judge_by_pairs,
    most_pairs: int | None = None,
) -> dict[str, Any]:
    """Count, for every rule or for the `rules` named, what relaxing it would change today.

    Returns:
        `{"offer", "on", "needs": how many are open, "rules": [{"rule", "label", "fails_only",
        "newly_eligible", "competitive", "net", "asked"}]}`; see `WhatIf` for the numbers. No
        rules where more than `most_pairs` of needs and offers are open: nothing is counted then.

    Raises:
        NotAllowedError: the actor is no officer.
        KeyGoneError: the offer's donor deleted itself.
    """
    if not actor.is_officer:
        raise NotAllowedError
    needs, offers = count_matched(session)
    if most_pairs is not None and needs * max(1, offers) > most_pairs:
        return _answer(session, offer, needs, [])
    field = _Field(MatchRun(session), offer)
    counts = WhatIfs(
        field.sides,
        judge_sides(field.sides),
        field.stand,
        [need.id for need, _ in field.asking],
        [each.id for each, _ in field.giving],
    )
    lines = [
        {
            "rule": code,
            "label": sentences.label(code, language),
            **counts.count(FIRST, code).to_record(),
        }
        for code in load_rules()
        if code in rules or not rules
    ]
    return _answer(session, offer, len(field.asking), lines)


def _answer(
    session: RegistrySession, offer: Offer, needs: int, lines: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "offer": offer.id,
        "on": session.today.isoformat(),
        "needs": needs,
        "rules": lines,
    }


class _Field:
    """Every open need and offer as facts, and first among the offers the one that is asked about.

    Needs and offers of parties that deleted themselves are left out.
    """

    def __init__(self, run: MatchRun, offer: Offer) -> None:
        self._run = run
        own = (offer, run.session.get_one(Donor, offer.donor_id))
        others = [giving for giving in run.offers if giving[0].id != offer.id]
        run.look_up_keys(organisation for _, organisation in run.needs)
        run.look_up_keys(donor for _, donor in (own, *others))
        needs = _readable(run.read_asking, run.needs)
        offers = [(own, run.read_giving(*own)), *_readable(run.read_giving, others)]
        self.asking = [rows for rows, _ in needs]
        self.giving = [rows for rows, _ in offers]
        self.sides = Sides(
            [facts for _, facts in needs],
            [facts for _, facts in offers],
            [run.terms_of(each).left_out for each, _ in self.giving],
            run.session.today,
            run.settings,
        )

    def stand(self, need: int, offer: int) -> Standing:
        """Say how a pair stands, or would: where no amount fits, by the least of use."""
        pair, given = self.sides.pair(need, offer), self.giving[offer][0]
        terms = self._run.terms_of(given)
        affinity = self._run.affinity_of(self.asking[need][0], given)
        assessment = assess_pair(pair, (), terms.left_out)
        score = score_pair(pair, assessment, affinity, terms.weights)
        award = measure_award(pair)
        least = goal_of(award)
        if score.proposed is not None:
            return Standing(score.value, score.proposed.amount.hundredths, least)
        return Standing(score.value, 0 if award.asked is None else least, least)


def _readable(
    read: Callable[[Row, Party], Facts], sides: Sequence[tuple[Row, Party]]
) -> list[tuple[tuple[Row, Party], Facts]]:
    found = []
    for rows in sides:
        try:
            found.append((rows, read(*rows)))
        except KeyGoneError:
            continue  # its owner deleted itself; the rows follow
    return found
