"""Between which amounts an award can lie, and which bound binds.

All amounts are hundredths in the measure (and currency) of the offer's budget.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor

from search.codes import group_of
from search.eligibility.facts import NeedFacts
from search.eligibility.pair import Pair
from search.eligibility.taxonomy import is_met_in_part, taken_items
from search.money import Amount, Conversion, Money, Quantity, Rate, convert, family


class Bound(StrEnum):
    """What keeps an award from being larger."""

    ASK = "ask"
    MAXIMUM = "maximum"
    BUDGET = "budget"
    LEFT = "left"
    CAP = "cap"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class AwardRange:
    """What is asked for, what is the least of use, and what the offer can give.

    `asked` and `minimum` are None where not known, also for want of an exchange rate
    (`lacks_rate`). `limits` are the offer's own upper bounds, never empty.
    """

    asked: int | None
    minimum: int | None
    least: int
    limits: tuple[tuple[Bound, int], ...]
    lacks_rate: bool
    rates: tuple[Rate, ...]

    @property
    def highest(self) -> int:
        """The most that the offer can give, whatever is asked for."""
        return min(amount for _, amount in self.limits)

    @property
    def binding(self) -> tuple[Bound, int] | None:
        """The largest award and the bound that binds it; None while the ask is not known."""
        if self.asked is None:
            return None
        return min(((Bound.ASK, self.asked), *self.limits), key=lambda bound: bound[1])


def measure_award(pair: Pair) -> AwardRange:
    """Work out the range of a pair once; it may be empty (`amount_within_range` says so)."""
    if "award" not in pair.known:
        pair.known["award"] = _measure_award(pair)
    found: AwardRange = pair.known["award"]
    return found


def _measure_award(pair: Pair) -> AwardRange:
    wanted = (asked_amount(pair), minimum_amount(pair))
    asked, minimum = (convert_into_offer(pair, each) for each in wanted)
    known_ask = asked.hundredths if asked else None
    return AwardRange(
        asked=known_ask,
        minimum=minimum.hundredths if minimum else None,
        least=pair.offer.min_award.hundredths if pair.offer.min_award else 0,
        limits=tuple(_limits(pair, known_ask)),
        lacks_rate=any(
            amount is not None and conversion is None
            for amount, conversion in zip(wanted, (asked, minimum), strict=True)
        ),
        rates=next((each.rates for each in (asked, minimum) if each and each.rates), ()),
    )


def asked_amount(pair: Pair, *, whole: bool = False) -> int | None:
    """What is still asked for, in the need's own currency; None where it is not known.

    With `whole` also the part of a group need that the offer does not take counts.
    """
    if not whole and is_met_in_part(pair.need, pair.offer):
        requested = _broken_down(pair)
    else:
        requested = _in_measure(pair, pair.need.amount_requested, pair.need.quantity)
    return None if requested is None else requested - _funded(pair)


def minimum_amount(pair: Pair) -> int | None:
    """The least that is still of use, in the need's own currency; earlier awards count."""
    useful = _in_measure(pair, pair.need.minimum_useful)
    return None if useful is None else max(0, useful - _funded(pair))


def _funded(pair: Pair) -> int:
    return _in_measure(pair, pair.need.funded_amount) or 0


def _broken_down(pair: Pair) -> int | None:
    """Sum the items that the offer takes; None where none of them is in its measure."""
    taken = taken_items(pair.offer, pair.need.category)
    amounts = [
        _in_measure(pair, amount) for item, amount in pair.need.breakdown.items() if item in taken
    ]
    known = [each for each in amounts if each is not None]
    return sum(known) if known else None


def _in_measure(pair: Pair, *amounts: Amount | None) -> int | None:
    """Return the first amount that is in the measure of the offer's budget, if any is."""
    measure = family(pair.offer.budget.measure)
    found = (each for each in amounts if each is not None and family(each.measure) == measure)
    return next((each.hundredths for each in found), None)


def convert_into_offer(pair: Pair, hundredths: int | None) -> Conversion | None:
    """Convert into the offer's currency; None where not known or without a rate.

    Nothing is nothing in every currency, so it needs no rate.
    """
    budget = pair.offer.budget
    if hundredths is None:
        return None
    if isinstance(budget, Quantity) or hundredths <= 0:
        return Conversion(hundredths, ())
    entered = pair.settings.entered_rates
    return convert(hundredths, currency_of(pair.need), budget.currency, pair.on, entered)


def as_offered(pair: Pair, hundredths: int) -> Amount:
    """Give hundredths the currency or the unit of the offer's budget."""
    budget = pair.offer.budget
    if isinstance(budget, Money):
        return Money(hundredths, budget.currency)
    return Quantity(hundredths, budget.unit)


def currency_of(need: NeedFacts) -> str:
    """Return the one currency of the need's amounts ("" where it holds no money)."""
    named = (need.amount_requested, need.minimum_useful, *need.breakdown.values())
    return next((each.currency for each in named if isinstance(each, Money)), "")


def _limits(pair: Pair, asked: int | None) -> Iterator[tuple[Bound, int]]:
    need, offer = pair.need, pair.offer
    if offer.max_award is not None:
        yield Bound.MAXIMUM, offer.max_award.hundredths
    if offer.budget_left is not None:
        yield Bound.LEFT, offer.budget_left.hundredths
    else:
        yield Bound.BUDGET, offer.budget.hundredths
    cap = offer.category_caps.get(need.category, offer.category_caps.get(group_of(need.category)))
    if cap is not None:
        yield Bound.CAP, floor(Fraction(offer.budget.hundredths) * Fraction(cap) / 100)
    if asked is not None and pair.is_longer_than_paid:
        yield Bound.MONTHS, asked * (offer.max_months or 0) // (need.months_covered or 1)
