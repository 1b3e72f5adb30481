"""Which items of a category an offer takes."""

from search.codes import CATEGORY_GROUPS, COVERS, Outcome, group_of, is_group, items_of
from search.eligibility.facts import NeedFacts, OfferFacts


def takes(offer: OfferFacts, item: str) -> bool:
    """Say whether the offer takes an item: not excluded, and named, in a named group or covered.

    A named group is read as its items, which cover what they cover. An exclusion matters only
    for the item asked for: an excluded item still covers others.
    """
    if {item, group_of(item)} & set(offer.excluded_categories):
        return False
    named = {each for category in offer.categories for each in items_of(category)}
    covered = {further for each in named for further in COVERS.get(each, ())}
    return not offer.categories or item in named | covered


def taken_items(offer: OfferFacts, category: str) -> tuple[str, ...]:
    """Return those items of a category (an item or a whole group) that the offer takes."""
    return tuple(item for item in items_of(category) if takes(offer, item))


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
    outcome, taken = judge_category(need, offer)
    whole = len(taken) == len(CATEGORY_GROUPS.get(need.category, taken))
    return is_group(need.category) and outcome is Outcome.MET and not whole
