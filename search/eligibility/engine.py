"""Judging a pair by all rules."""

from collections.abc import Iterable
from datetime import date

from search.codes import Outcome
from search.eligibility.catalogue import load_rules
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Pair, Settings
from search.eligibility.rule import Rule
from search.eligibility.verdict import Assessment, Verdict, Waiver

__all__ = ["Assessment", "Pair", "Settings", "Verdict", "Waiver", "assess", "assess_pair"]


def assess(
    need: NeedFacts,
    organisation: OrganisationFacts,
    offer: OfferFacts,
    on: date,
    settings: Settings | None = None,
    *,
    waivers: Iterable[Waiver] = (),
) -> Assessment:
    """Judge a pair on a day (UTC) by every rule, also after one has failed.

    Raises:
        ValueError: a waiver names a rule that does not exist.
    """
    return assess_pair(Pair(need, organisation, offer, on, settings or Settings()), waivers)


def assess_pair(pair: Pair, waivers: Iterable[Waiver] = ()) -> Assessment:
    """Judge a pair by every rule; see `assess`."""
    rules = load_rules()
    given = tuple(waivers)
    for waiver in given:
        if waiver.rule not in rules:
            raise ValueError(f"There is no rule {waiver.rule!r} to waive; see the catalogue.")
    waived = {waiver.rule for waiver in given if waiver.holds(pair.on)}
    return Assessment(tuple(judge(rule, pair, code in waived) for code, rule in rules.items()))


def judge(rule: Rule, pair: Pair, waived: bool = False) -> Verdict:
    """Judge a pair by one rule."""
    if not rule.is_in_force(pair.on):
        return Verdict(rule.code, Outcome.NOT_IN_FORCE, waived=waived)
    found = rule.check(pair)
    return Verdict(rule.code, found.outcome, found.variant, found.values, waived)
