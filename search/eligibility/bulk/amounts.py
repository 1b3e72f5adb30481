"""Amounts of needs and of offers as columns of whole hundredths.

What is not given is `NOTHING`. An amount of more than `VAST` hundredths is left to the rule's own
check, pair by pair, so that no sum or product of two columns can overflow.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from search.codes import CATEGORIES, CATEGORY_GROUPS, Measure, group_of, is_group, items_of
from search.eligibility.award import currency_of
from search.eligibility.bulk.columns import grown
from search.eligibility.facts import NeedFacts, OfferFacts
from search.eligibility.pair import measures_asked
from search.eligibility.taxonomy import bits_asked, bits_named, bits_taken
from search.money import Amount, Money, family

Whole = NDArray[np.int64]
Column = NDArray[Any]

NOTHING = int(np.iinfo(np.int64).min)
VAST = 1 << 50
LONGEST_GROUP = max(map(len, CATEGORY_GROUPS.values()))
FAMILIES = tuple(dict.fromkeys(family(measure) for measure in Measure))
NO_FAMILY = -1
_FAMILY = {name: number for number, name in enumerate(FAMILIES)}
_CATEGORY = {code: number for number, code in enumerate(CATEGORIES)}
_ITEMS = {
    category: {item: place for place, item in enumerate(items_of(category))}
    for category in CATEGORIES
}


@dataclass(frozen=True, slots=True)
class Denominations:
    """What amounts are counted in: currencies and families of units, numbered once for all."""

    numbers: dict[str, int]

    def number(self, name: str) -> int:
        return self.numbers.setdefault(name, len(self.numbers))

    def name(self, number: int) -> str:
        return tuple(self.numbers)[number]


def family_of(amount: Amount | None) -> int:
    return NO_FAMILY if amount is None else _FAMILY[family(amount.measure)]


def hundredths_of(amount: Amount | None) -> int:
    return NOTHING if amount is None else min(amount.hundredths, VAST)


def _is_vast(*amounts: Amount | None) -> bool:
    return any(each is not None and each.hundredths >= VAST for each in amounts)


class _Columns:
    """Columns that grow together, a place per record; `fill` names what stands in an empty one."""

    fill: ClassVar[dict[str, tuple[Any, int, tuple[int, ...]]]]

    def __init__(self) -> None:
        self.of: dict[str, Column] = {
            name: np.full((64, *shape), empty, dtype=kind)
            for name, (kind, empty, shape) in self.fill.items()
        }

    def _put(self, place: int, **values: object) -> None:
        for name, value in values.items():
            column = self.of[name]
            if place >= len(column):
                column = self.of[name] = grown(column, place + 1, self.fill[name][1])
            column[place] = value

    def clear(self, place: int) -> None:
        """Forget what was written down for a place."""
        for name, (_, empty, _) in self.fill.items():
            self.of[name][place] = empty


class NeedAmounts(_Columns):
    """What needs ask for, in their own currency and unit; earlier awards are not yet taken off."""

    fill: ClassVar[dict[str, tuple[Any, int, tuple[int, ...]]]] = {
        "money": (np.int64, NOTHING, ()),
        "quantity": (np.int64, NOTHING, ()),
        "quantity_family": (np.int8, NO_FAMILY, ()),
        "useful": (np.int64, NOTHING, ()),
        "useful_family": (np.int8, NO_FAMILY, ()),
        "funded": (np.int64, NOTHING, ()),
        "funded_family": (np.int8, NO_FAMILY, ()),
        "families": (np.int32, 0, ()),
        "currency": (np.int32, 0, ()),
        "months": (np.int32, -1, ()),
        "category": (np.int16, 0, ()),
        "items": (np.int64, 0, ()),
        "named": (np.int64, 0, ()),
        "parts": (np.int64, 0, (LONGEST_GROUP,)),
        "part_families": (np.int8, NO_FAMILY, (LONGEST_GROUP,)),
        "part_bits": (np.int64, 0, (LONGEST_GROUP,)),
        "is_broken_down": (np.bool_, False, ()),
        "is_vast": (np.bool_, False, ()),
    }

    def __init__(self, denominations: Denominations) -> None:
        super().__init__()
        self._denominations = denominations

    def put(self, place: int, need: NeedFacts) -> None:
        """Write down what a need asks for."""
        named = {family(measure) for measure in measures_asked(need)}
        self._put(
            place,
            money=hundredths_of(need.amount_requested),
            quantity=hundredths_of(need.quantity),
            quantity_family=family_of(need.quantity),
            useful=hundredths_of(need.minimum_useful),
            useful_family=family_of(need.minimum_useful),
            funded=hundredths_of(need.funded_amount),
            funded_family=family_of(need.funded_amount),
            families=sum(1 << _FAMILY[each] for each in named),
            currency=self._denominations.number(currency_of(need)),
            months=-1 if need.months_covered is None else need.months_covered,
            category=_CATEGORY[need.category],
            items=bits_asked(need.category),
            named=bits_named(need),
            is_vast=_is_vast(
                need.amount_requested,
                need.quantity,
                need.minimum_useful,
                need.funded_amount,
                *need.breakdown.values(),
            ),
            **_break_down(need),
        )


def _break_down(need: NeedFacts) -> dict[str, object]:
    """Return the amounts of a group's items; a breakdown of other items is of no use to it."""
    parts, families = [0] * LONGEST_GROUP, [NO_FAMILY] * LONGEST_GROUP
    bits = [0] * LONGEST_GROUP
    broken_down = is_group(need.category) and bool(need.breakdown)
    places = _ITEMS[need.category] if broken_down else {}
    for item, place in places.items():
        bits[place] = bits_asked(item)
        if item in need.breakdown:
            parts[place] = hundredths_of(need.breakdown[item])
            families[place] = family_of(need.breakdown[item])
    return {
        "parts": parts,
        "part_families": families,
        "part_bits": bits,
        "is_broken_down": broken_down,
    }


class OfferAmounts(_Columns):
    """What offers can give, in their own measure: `highest` before any share of a need."""

    fill: ClassVar[dict[str, tuple[Any, int, tuple[int, ...]]]] = {
        "least": (np.int64, 0, ()),
        "highest": (np.int64, 0, ()),
        "family": (np.int8, NO_FAMILY, ()),
        "denomination": (np.int32, 0, ()),
        "months": (np.int32, -1, ()),
        "taken": (np.int64, 0, ()),
        "caps": (np.int64, VAST, (len(CATEGORIES),)),
        "is_vast": (np.bool_, False, ()),
    }

    def __init__(self, denominations: Denominations) -> None:
        super().__init__()
        self._denominations = denominations

    def put(self, place: int, offer: OfferFacts) -> None:
        """Write down what an offer can give."""
        budget, left = offer.budget, offer.budget_left or offer.budget
        bounds = [left] if offer.max_award is None else [left, offer.max_award]
        name = budget.currency if isinstance(budget, Money) else family(budget.measure)
        self._put(
            place,
            least=hundredths_of(offer.min_award) if offer.min_award else 0,
            highest=min(map(hundredths_of, bounds)),
            family=family_of(budget),
            denomination=self._denominations.number(name),
            months=-1 if offer.max_months is None else offer.max_months,
            taken=bits_taken(offer),
            caps=_cap_categories(offer),
            is_vast=_is_vast(budget, left, offer.min_award, offer.max_award),
        )

    def is_capped(self, place: int) -> NDArray[np.bool_]:
        """Return for every category whether the offer limits it."""
        limited: NDArray[np.bool_] = self.of["caps"][place] < VAST
        return limited


def _cap_categories(offer: OfferFacts) -> list[int]:
    if not offer.category_caps:
        return [VAST] * len(CATEGORIES)
    return [_cap(offer, category) for category in CATEGORIES]


def _cap(offer: OfferFacts, category: str) -> int:
    percent = offer.category_caps.get(category, offer.category_caps.get(group_of(category)))
    if percent is None:
        return VAST
    return min(VAST, floor(Fraction(offer.budget.hundredths) * Fraction(percent) / 100))
