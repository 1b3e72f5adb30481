"""What the fields of one record must agree on; pure functions over loaded values.

Schemas ask on every load. A change to a part of a record is checked again as a whole, by
`registry.schemas.records.check_record`, once it is merged with what stands.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from registry.domain.errors import FieldProblem
from search.codes import items_of
from search.money import Amount, Money, family

Record = Mapping[str, Any]
Problems = Iterator[FieldProblem]

SAYS_HOW_MUCH = ("amount_requested", "quantity", "asks_for")


def disagreements(kind: str, record: Record, *, whole: bool = True) -> Problems:
    """Yield a problem per disagreement, at the field that is most likely meant to change.

    Args:
        kind: `organisation`, `need`, `offer` ...; kinds without such rules yield nothing.
        record: typed values by name; what is absent disagrees with nothing.
        whole: whether what is absent is truly not there, rather than left as it stands.
    """
    for check in _CHECKS.get(kind, ()):
        yield from check(record)
    if whole and kind == "need" and not any(record.get(name) for name in SAYS_HOW_MUCH):
        yield FieldProblem("amount_requested", "amount_missing")


def _amounts(record: Record, names: Iterable[str]) -> Iterator[tuple[str, Amount]]:
    return ((name, record[name]) for name in names if record.get(name) is not None)


def _check_denominations(named: Iterable[tuple[str, Amount]]) -> Problems:
    """Refuse a second currency and a second unit; a session counts as an hour."""
    seen: dict[str, str] = {}
    for name, amount in named:
        is_money = isinstance(amount, Money)
        first = seen.setdefault("money" if is_money else "unit", _counted_in(amount))
        if _counted_in(amount) != first:
            yield FieldProblem(name, "mixed_currencies" if is_money else "mixed_units")


def _counted_in(amount: Amount) -> str:
    return amount.currency if isinstance(amount, Money) else family(amount.unit)


def _check_need_amounts(need: Record) -> Problems:
    named = list(_amounts(need, ("amount_requested", "quantity", "minimum_useful")))
    for item, amount in (need.get("breakdown") or {}).items():
        named.append((f"breakdown.{item}", amount))
    yield from _check_denominations(named)


def _check_minimum(need: Record) -> Problems:
    minimum = need.get("minimum_useful")
    asked = [need[name] for name in ("amount_requested", "quantity") if need.get(name)]
    if minimum is None or not asked:
        return
    ask = next((each for each in asked if _is_alike(each, minimum)), None)
    if ask is None:
        yield FieldProblem("minimum_useful", "minimum_in_other_measure")
    elif _counted_in(ask) == _counted_in(minimum) and minimum.hundredths > ask.hundredths:
        yield FieldProblem("minimum_useful", "minimum_above_ask")


def _is_alike(first: Amount, second: Amount) -> bool:
    return family(first.measure) == family(second.measure)


def _check_need_times(need: Record) -> Problems:
    if _is_before(need.get("useful_until"), need.get("needed_by")):
        yield FieldProblem("useful_until", "useful_until_before_needed_by")
    if _is_before(need.get("months_covered"), need.get("minimum_months")):
        yield FieldProblem("minimum_months", "minimum_months_above_covered")


def _is_before(first: Any, second: Any) -> bool:
    return first is not None and second is not None and first < second


def _check_breakdown(need: Record) -> Problems:
    category = need.get("category")
    if category is None:
        return
    for item in need.get("breakdown") or {}:
        if item not in items_of(category):
            yield FieldProblem(f"breakdown.{item}", "outside_category")


def _check_offer_amounts(offer: Record) -> Problems:
    """An offer counts in one measure only, so a comparison of its amounts has a meaning."""
    named = list(_amounts(offer, ("budget", "min_award", "max_award")))
    problems = list(_check_denominations(named))
    measures = {"money" if isinstance(amount, Money) else "unit" for _, amount in named}
    if len(measures) > 1:
        problems.append(FieldProblem(named[-1][0], "mixed_units"))
    yield from problems or _check_award_range(offer)


def _check_award_range(offer: Record) -> Problems:
    least, most, budget = (_hundredths(offer, n) for n in ("min_award", "max_award", "budget"))
    if _is_before(most, least):
        yield FieldProblem("min_award", "min_above_max_award")
    if _is_before(budget, most):
        yield FieldProblem("max_award", "award_above_budget")
    elif _is_before(budget, least):
        yield FieldProblem("min_award", "award_above_budget")


def _hundredths(record: Record, name: str) -> int | None:
    amount: Amount | None = record.get(name)
    return None if amount is None else amount.hundredths


def _check_offer_days(offer: Record) -> Problems:
    if _is_before(offer.get("closes_on"), offer.get("opens_on")):
        yield FieldProblem("closes_on", "closes_before_opening")


def _check_categories(offer: Record) -> Problems:
    taken, excluded = offer.get("categories") or (), offer.get("excluded_categories") or ()
    if set(taken) & set(excluded):
        yield FieldProblem("excluded_categories", "taken_and_excluded")


_CHECKS = {
    "need": (_check_need_amounts, _check_minimum, _check_need_times, _check_breakdown),
    "offer": (_check_offer_amounts, _check_offer_days, _check_categories),
}
