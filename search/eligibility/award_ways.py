"""Which single amount would have to be another so that an award becomes possible.

Every way is exact: a limit is raised to the least that is needed, a floor is lowered to the most
that can be given, an ask is raised to the smallest that serves; each to the cent, also through an
exchange rate. What one way leaves undone, a further one does on top of it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from typing import Any

from search.codes import Measure, group_of
from search.eligibility.award import (
    AwardRange,
    Bound,
    as_offered,
    currency_of,
    measure_award,
)
from search.eligibility.pair import Pair
from search.eligibility.taxonomy import is_met_in_part, taken_items
from search.eligibility.way import Way, set_facts
from search.money import MOST_DIGITS, Amount, Money, Quantity, family

MOST_HUNDREDTHS = 10**MOST_DIGITS - 1
_CENT = Decimal("0.01")


def find_award_ways(pair: Pair) -> Iterator[Way]:
    """Name what makes an award possible, or answers what is not known of it."""
    if not pair.instrument_fits:
        return
    award = measure_award(pair)
    if award.lacks_rate:
        return
    if award.asked is None and goal_of(award) <= award.highest:
        yield from ask_ways(pair)
    yield from _raise_limits(pair, award)
    yield from _lower_floors(pair, award)
    yield from _raise_ask(pair, award)


def goal_of(award: AwardRange) -> int:
    """Return the smallest award that would be of use and that the offer gives."""
    return max(award.least, award.minimum or 0, 1)


def ask_ways(pair: Pair) -> Iterator[Way]:
    """Say how much is asked for: all that the offer can give, else the least of use."""
    award, state_ask = measure_award(pair), _stated_ask(pair)
    if state_ask is None:
        return
    goal = goal_of(award)
    most = _largest(lambda ask: (_asked(pair, state_ask(ask)) or 0) <= award.highest)
    if most and (_asked(pair, state_ask(most)) or 0) >= goal:
        yield state_ask(most)
        return
    least = _smallest(lambda ask: (_asked(pair, state_ask(ask)) or 0) >= goal)
    if least is not None:
        yield state_ask(least)


def _asked(pair: Pair, way: Way) -> int | None:
    return measure_award(set_facts(pair, {way.path: way.to})).asked


def _stated_ask(pair: Pair) -> Callable[[int], Way] | None:
    """Return how an ask that is not known is stated; None where the need has no room for it.

    A need holds one currency and one unit, so that hours cannot be stated beside seats.
    """
    if is_met_in_part(pair.need, pair.offer):
        free = [item for item in _taken(pair) if item not in pair.need.breakdown]
        return _broken_down(pair, free[0]) if free else None
    if pair.pays_money:
        return lambda ask: Way("need.amount_requested", _in_need_unit(pair, ask))
    units = {each.unit for each in _amounts_of(pair) if isinstance(each, Quantity)}
    if {family(unit) for unit in units} - {family(pair.offer.budget.measure)}:
        return None
    return lambda ask: Way("need.quantity", _in_need_unit(pair, ask))


def _amounts_of(pair: Pair) -> tuple[Amount | None, ...]:
    need = pair.need
    return (need.quantity, need.minimum_useful, need.funded_amount, *need.breakdown.values())


def _taken(pair: Pair) -> tuple[str, ...]:
    return taken_items(pair.offer, pair.need.category)


def _broken_down(pair: Pair, item: str) -> Callable[[int], Way]:
    return lambda ask: Way(
        "need.breakdown",
        {**pair.need.breakdown, item: _in_need_unit(pair, ask)},
        values={"item": item, "amount": _in_need_unit(pair, ask).to_record()},
    )


def _in_need_unit(pair: Pair, hundredths: int) -> Amount:
    """Give hundredths the currency of the need (of the offer, where it has none) or the unit."""
    budget = pair.offer.budget
    if isinstance(budget, Quantity):
        return Quantity(hundredths, budget.unit)
    given = pair.need.funded_amount
    funded = given.currency if isinstance(given, Money) else ""
    return Money(hundredths, currency_of(pair.need) or funded or budget.currency)


def _raise_limits(pair: Pair, award: AwardRange) -> Iterator[Way]:
    """Raise each limit of the offer that lies below what is needed, each by itself."""
    goal = goal_of(award)
    for bound, amount in award.limits:
        if amount < goal:
            yield from _RAISED[bound](pair, award, goal)


def _raise_maximum(pair: Pair, _: AwardRange, goal: int) -> Iterator[Way]:
    yield Way("offer.max_award", as_offered(pair, goal))


def _raise_left(pair: Pair, _: AwardRange, goal: int) -> Iterator[Way]:
    yield Way("offer.budget_left", as_offered(pair, goal), values=_more(pair, "budget_left", goal))


def _raise_budget(pair: Pair, _: AwardRange, goal: int) -> Iterator[Way]:
    yield Way("offer.budget", as_offered(pair, goal), values=_more(pair, "budget", goal))


def _more(pair: Pair, name: str, goal: int) -> dict[str, Any]:
    before = getattr(pair.offer, name).hundredths
    return {"more": as_offered(pair, max(0, goal - before)).to_record()}


def _raise_cap(pair: Pair, _: AwardRange, goal: int) -> Iterator[Way]:
    """Raise the share of the category, or drop it; or add to the budget that it is a share of."""
    caps, budget = pair.offer.category_caps, pair.offer.budget.hundredths
    names = (pair.need.category, group_of(pair.need.category))
    name = next(each for each in names if each in caps)
    share = _share_needed(goal, budget)
    if share is not None:
        raised = {**caps, name: share}
        yield Way("offer.category_caps", raised, values={"category": name, "share": str(share)})
    kept = {each: cap for each, cap in caps.items() if each not in names}
    yield Way("offer.category_caps", kept, "dropped", {"category": name})
    if caps[name] > 0:
        enough = _smallest(lambda total: int(total * caps[name] / 100) >= goal)
        if enough:
            yield from _raise_budget(pair, _, enough)


def _share_needed(goal: int, budget: int) -> Decimal | None:
    """Return the smallest percentage of the budget, in hundredths, that reaches the goal."""
    if budget < goal:
        return None
    return (Decimal(goal) * 100 / Decimal(budget)).quantize(_CENT, ROUND_CEILING)


def _raise_months(pair: Pair, award: AwardRange, goal: int) -> Iterator[Way]:
    """Pay for so many months that their share of the ask is enough, at most for all of them."""
    asked, covered = award.asked or 0, pair.need.months_covered or 1
    if asked > 0:
        yield Way("offer.max_months", min(covered, -(-goal * covered // asked)))


_RAISED: dict[Bound, Callable[[Pair, AwardRange, int], Iterator[Way]]] = {
    Bound.MAXIMUM: _raise_maximum,
    Bound.LEFT: _raise_left,
    Bound.BUDGET: _raise_budget,
    Bound.CAP: _raise_cap,
    Bound.MONTHS: _raise_months,
}


def _lower_floors(pair: Pair, award: AwardRange) -> Iterator[Way]:
    """Lower the donor's smallest award, or the least that helps, to what can be given."""
    most = award.binding[1] if award.binding else award.highest
    if most <= 0:
        return
    if award.least > most:
        yield Way("offer.min_award", as_offered(pair, most))
    is_open = award.minimum is None and pair.need.minimum_useful is None
    if (award.minimum or 0) > most or (is_open and (award.asked or 0) > award.highest):
        yield _lower_minimum(pair, most)


def _lower_minimum(pair: Pair, most: int) -> Way:
    stated = pair.need.minimum_useful or _in_need_unit(pair, 0)

    def lowered(useful: int) -> Way:
        return Way("need.minimum_useful", replace(stated, hundredths=useful))

    def suffices(useful: int) -> bool:
        way = lowered(useful)
        return (measure_award(set_facts(pair, {way.path: way.to})).minimum or 0) <= most

    return lowered(_largest(suffices) or 0)


def _raise_ask(pair: Pair, award: AwardRange) -> Iterator[Way]:
    """Ask for more: as much as is needed, and as its share of the months needs."""
    if award.asked is None:
        return
    goal, state_ask = goal_of(award), _raised_ask(pair)
    share = dict(award.limits).get(Bound.MONTHS, goal)

    def reaches(ask: int, *, with_share: bool) -> bool:
        way = state_ask(ask)
        found = measure_award(set_facts(pair, {way.path: way.to}))
        limits = dict(found.limits) if with_share else {}
        return min(found.asked or 0, limits.get(Bound.MONTHS, goal)) >= goal

    if award.asked < goal:
        yield from _stated(state_ask, lambda ask: reaches(ask, with_share=False))
    if share < goal:
        yield from _stated(state_ask, lambda ask: reaches(ask, with_share=True))


def _stated(state_ask: Callable[[int], Way], reaches: Callable[[int], bool]) -> Iterator[Way]:
    ask = _smallest(reaches)
    if ask is not None:
        yield state_ask(ask)


def _raised_ask(pair: Pair) -> Callable[[int], Way]:
    """Return how an ask that is known is stated anew."""
    need, measure = pair.need, family(pair.offer.budget.measure)
    if is_met_in_part(need, pair.offer):
        named = [i for i in _taken(pair) if i in need.breakdown]
        return _broken_down(pair, next(i for i in named if _is_in(need.breakdown[i], measure)))
    if measure == Measure.MONEY:
        return lambda ask: Way("need.amount_requested", _in_need_unit(pair, ask))
    unit = need.quantity or pair.offer.budget
    return lambda ask: Way("need.quantity", replace(unit, hundredths=ask))


def _is_in(amount: Amount, measure: str) -> bool:
    return family(amount.measure) == measure


def _smallest(holds: Callable[[int], bool]) -> int | None:
    """Find the smallest hundredths from 0 on for which it holds; it holds for all above."""
    high = 1
    while not holds(high):
        high *= 4
        if high > MOST_HUNDREDTHS:
            return None
    low = 0
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _largest(holds: Callable[[int], bool]) -> int | None:
    """Find the largest hundredths for which it holds; None where it holds for nothing."""
    beyond = _smallest(lambda hundredths: not holds(hundredths))
    return None if not beyond else beyond - 1
