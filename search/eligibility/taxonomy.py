"""Which items of a category an offer takes."""

from functools import lru_cache

from search.codes import (
    CATEGORY_GROUPS,
    CATEGORY_ITEMS,
    COVERS,
    Outcome,
    group_of,
    is_group,
    items_of,
)
from search.eligibility.facts import NeedFacts, OfferFacts


def takes(offer: OfferFacts, item: str) -> bool:
    """Say whether the offer takes an item: not excluded, and named, in a named group or covered.

    A named group is read as its items, which cover what they cover. An exclusion matters only
    for the item asked for: an excluded item still covers others.
    """
    return _is_taken(item, frozenset(offer.categories), frozenset(offer.excluded_categories))


def _is_taken(item: str, categories: frozenset[str], excluded: frozenset[str]) -> bool:
    if {item, group_of(item)} & excluded:
        return False
    return not categories or item in _cover(categories)


@lru_cache(maxsize=4_096)
def _cover(categories: frozenset[str]) -> frozenset[str]:
    """Return the items that are named, stand in a named group, or are covered by one of both."""
    named = {each for category in categories for each in items_of(category)}
    return frozenset(named | {further for each in named for further in COVERS.get(each, ())})


def taken_items(offer: OfferFacts, category: str) -> tuple[str, ...]:
    """Return those items of a category (an item or a whole group) that the offer takes."""
    return _taken(category, frozenset(offer.categories), frozenset(offer.excluded_categories))


@lru_cache(maxsize=65_536)
def _taken(category: str, categories: frozenset[str], excluded: frozenset[str]) -> tuple[str, ...]:
    return tuple(item for item in items_of(category) if _is_taken(item, categories, excluded))


def judge_category(need: NeedFacts, offer: OfferFacts) -> tuple[Outcome, tuple[str, ...]]:
    """Return whether the offer covers the need's category, and the items that it takes."""
    taken = taken_items(offer, need.category)
    if not taken:
        return Outcome.NOT_MET, taken
    if len(taken) == len(items_of(need.category)):
        return Outcome.MET, taken
    if not need.breakdown:
        return Outcome.NEEDS_INFORMATION, taken
    named = any(item in taken and amount.is_positive for item, amount in need.breakdown.items())
    return (Outcome.MET if named else Outcome.NOT_MET), taken


def is_met_in_part(need: NeedFacts, offer: OfferFacts) -> bool:
    """Say whether the offer takes a part of a group need only, and the breakdown names it."""
    if not is_group(need.category):
        return False
    outcome, taken = judge_category(need, offer)
    return outcome is Outcome.MET and len(taken) < len(CATEGORY_GROUPS[need.category])


_BITS = {item: 1 << place for place, item in enumerate(CATEGORY_ITEMS)}
"""Item -> its bit; all of them together fit into 63 bits."""


@lru_cache(maxsize=128)
def bits_asked(category: str) -> int:
    """Return the items that a category stands for, a bit each."""
    return sum(_BITS[item] for item in items_of(category))


def bits_named(need: NeedFacts) -> int:
    """Return those items of the need's category that its breakdown names with an amount."""
    named = (item for item, amount in need.breakdown.items() if amount.is_positive)
    return sum(_BITS[item] for item in named) & bits_asked(need.category)


def bits_taken(offer: OfferFacts) -> int:
    """Return all items that an offer takes, a bit each."""
    return _bits_taken(frozenset(offer.categories), frozenset(offer.excluded_categories))


@lru_cache(maxsize=4_096)
def _bits_taken(categories: frozenset[str], excluded: frozenset[str]) -> int:
    return sum(_BITS[item] for item in CATEGORY_ITEMS if _is_taken(item, categories, excluded))
