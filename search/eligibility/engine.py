"""Judging a pair by all rules."""

from collections.abc import Iterable
from datetime import date

from search.codes import Outcome
from search.eligibility.catalogue import load_rules, optional_rules
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Pair, Settings
from search.eligibility.rule import Rule
from search.eligibility.verdict import LEFT_OUT, Assessment, Verdict, Waiver

__all__ = ["Assessment", "Pair", "Settings", "Verdict", "Waiver", "assess", "assess_pair"]


def assess(
    need: NeedFacts,
    organisation: OrganisationFacts,
    offer: OfferFacts,
    on: date,
    settings: Settings | None = None,
    *,
    waivers: Iterable[Waiver] = (),
    left_out: frozenset[str] = frozenset(),
) -> Assessment:
    """Judge a pair on a day (UTC) by every rule, also after one has failed.

    `left_out` are optional rules that the offer's programme does not apply.

    Raises:
        ValueError: a waiver names a rule that does not exist, or a rule is left out that must not.
    """
    pair = Pair(need, organisation, offer, on, settings or Settings())
    return assess_pair(pair, waivers, left_out)


def assess_pair(
    pair: Pair, waivers: Iterable[Waiver] = (), left_out: frozenset[str] = frozenset()
) -> Assessment:
    """Judge a pair by every rule; see `assess`."""
    rules = load_rules()
    waived = _read_waivers(waivers, pair.on)
    _refuse_left_out(left_out)
    return Assessment(
        tuple(judge(rule, pair, code in waived, code in left_out) for code, rule in rules.items())
    )


def _read_waivers(waivers: Iterable[Waiver], on: date) -> set[str]:
    given = tuple(waivers)
    for waiver in given:
        if waiver.rule not in load_rules():
            raise ValueError(f"There is no rule {waiver.rule!r} to waive; see the catalogue.")
    return {waiver.rule for waiver in given if waiver.holds(on)}


def _refuse_left_out(left_out: frozenset[str]) -> None:
    if not left_out <= optional_rules():
        refused = ", ".join(sorted(left_out - optional_rules()))
        raise ValueError(f"These rules are never left out: {refused}. Take them from the list.")


def judge(rule: Rule, pair: Pair, waived: bool = False, left_out: bool = False) -> Verdict:
    """Judge a pair by one rule."""
    if left_out:
        return Verdict(rule.code, Outcome.NOT_IN_FORCE, LEFT_OUT, waived=waived)
    if not rule.is_in_force(pair.on):
        return Verdict(rule.code, Outcome.NOT_IN_FORCE, waived=waived)
    found = rule.check(pair)
    return Verdict(rule.code, found.outcome, found.variant, found.values, waived)
