"""Trying every set of facts, with values so generous that no better ones exist."""

from datetime import timedelta
from itertools import combinations, product

from search.codes import (
    Channel,
    OfferStatus,
    Publicity,
    Reporting,
    TargetGroup,
    Vetting,
    items_of,
)
from search.eligibility.award import currency_of, measure_award
from search.eligibility.catalogue import load_rules
from search.eligibility.engine import judge
from search.eligibility.way import set_facts
from search.money import Money, Quantity

VAST = 10**13
GENEROUS = {
    "need.channels": [tuple(Channel)],
    "need.publicity_accepted": [Publicity.NAMED],
    "need.reporting_accepted": [Reporting.FULL],
    "need.target_groups": [tuple(TargetGroup)],
    "need.minimum_months": [0],
    "organisation.vetting": [Vetting.VERIFIED],
    "organisation.declines_donor_kinds": [()],
    "offer.donor_vetting": [Vetting.VERIFIED],
    "offer.status": [OfferStatus.OPEN],
    "offer.opens_on": [None],
    "offer.closes_on": [None],
    "offer.min_award": [None],
    "offer.max_award": [None],
    "offer.category_caps": [{}],
    "offer.max_months": [None],
    "offer.countries": [()],
    "offer.base_countries": [()],
    "offer.organisation_kinds": [()],
    "offer.legal_statuses": [()],
    "offer.target_groups": [()],
    "offer.languages": [()],
    "offer.channels": [tuple(Channel)],
    "offer.publicity_required": [Publicity.NONE],
    "offer.reporting_required": [Reporting.NONE],
    "offer.retroactive": [True],
    "offer.decision_days": [0],
    "offer.payout_days": [0],
    "offer.co_funding": [True],
    "offer.min_years_active": [0],
    "offer.excluded_organisations": [()],
}


def values_of(pair):
    """Every fact that somebody could change -> the values worth trying."""
    need, offer = pair.need, pair.offer
    items, budget = items_of(need.category), offer.budget
    vast = type(budget)(VAST, budget.denomination)
    found = dict(GENEROUS)
    found["need.useful_until"] = [pair.on + timedelta(days=36_500)]
    found["need.asks_for"] = [(*need.asks_for, budget.measure)]
    found["need.minimum_useful"] = [_less(need.minimum_useful)] if need.minimum_useful else []
    found |= {"offer.budget": [vast], "offer.budget_left": [vast] if offer.budget_left else []}
    asks = [_in_need(pair, amount) for amount in (VAST, measure_award(pair).highest)]
    found["need.amount_requested" if pair.pays_money else "need.quantity"] = asks
    found["need.breakdown"] = [{item: ask} for item in items for ask in asks]
    kept = [tuple(e for e in offer.excluded_categories if e != item) for item in items]
    found["offer.excluded_categories"] = [(), *kept]
    found["offer.categories"] = [(), *((*offer.categories, item) for item in items)]
    return found


def _less(amount):
    return type(amount)(0, getattr(amount, "currency", None) or amount.unit)


def _in_need(pair, hundredths):
    budget = pair.offer.budget
    if isinstance(budget, Money):
        return Money(hundredths, currency_of(pair.need) or budget.currency)
    return Quantity(hundredths, budget.unit)


def find_set_of(pair, size):
    """Return a set of so many facts by which the pair becomes eligible, or None."""
    values = values_of(pair)
    for paths in combinations(values, size):
        for chosen in product(*(values[path] for path in paths)):
            facts = dict(zip(paths, chosen, strict=True))
            if is_eligible_once_answered(set_facts(pair, facts)):
                return facts
    return None


def is_eligible_once_answered(pair, answers=0):
    """Say whether nothing refuses the pair, and its open questions have an answer that helps."""
    open_rules = []
    for rule in load_rules().values():
        outcome = judge(rule, pair).outcome
        if outcome == "not_met":
            return False
        if outcome == "needs_information":
            open_rules.append(rule)
    if not open_rules:
        return True
    ways = next((list(rule.ways(pair)) for rule in open_rules), [])
    return answers < 12 and any(
        is_eligible_once_answered(set_facts(pair, {way.path: way.to}), answers + 1) for way in ways
    )
