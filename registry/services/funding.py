"""What awards gave to needs and took from offers, in the measure of each.

An award is made in the offer's currency; towards a need it counts at the reference rate of
its day. An award for which there is no rate counts as nothing rather than as a guess.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, select

from registry.storage.awards import Award
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.offers import Offer
from search.codes import BudgetPer
from search.money import Amount, Money, convert, family

_COLUMNS = (col(Award.need_id), col(Award.offer_id), col(Award.amount), col(Award.awarded_on))


@dataclass(frozen=True, slots=True)
class Gift:
    """The open part of one award."""

    need_id: str
    offer_id: str
    amount: Amount
    awarded_on: date


class Funding:
    """Every award, read once: what a need got, and what is left of an offer."""

    def __init__(self, gifts: Iterable[Gift], today: date) -> None:
        self._of_need: dict[str, list[Gift]] = defaultdict(list)
        self._of_offer: dict[str, list[Gift]] = defaultdict(list)
        self._today = today
        for gift in gifts:
            self._of_need[gift.need_id].append(gift)
            self._of_offer[gift.offer_id].append(gift)

    def given_to(self, need: Need) -> Amount | None:
        """Return what earlier awards gave, in the need's own measure; None where nothing did."""
        gifts = self._of_need.get(need.id)
        if not gifts:
            return None
        unit = need.amount_requested or need.quantity or need.minimum_useful or gifts[0].amount
        return sum_in(unit, gifts)

    def givers_of(self, need_id: str) -> tuple[str, ...]:
        """Return the ids of the offers that gave to a need."""
        return tuple(sorted({gift.offer_id for gift in self._of_need.get(need_id, ())}))

    def left_of(self, offer: Offer) -> Amount | None:
        """Return what is left of the budget (of this month's); None where nothing was taken."""
        gifts = self._of_offer.get(offer.id, [])
        if offer.budget_per == BudgetPer.MONTH:
            gifts = [gift for gift in gifts if _same_month(gift.awarded_on, self._today)]
        if not gifts:
            return None
        taken = sum_in(offer.budget, gifts).hundredths
        return replace(offer.budget, hundredths=max(0, offer.budget.hundredths - taken))


def read_funding(session: RegistrySession) -> Funding:
    """Read what awards gave and took, as of the session's day."""
    rows = session.execute(select(*_COLUMNS).order_by(col(Award.id)))
    return Funding((Gift(*row) for row in rows), session.today)


def read_funding_of(session: RegistrySession, offers: Iterable[Offer]) -> Funding:
    """Read what awards took from these offers, in one query; in none where none gave anything."""
    spent = [offer.id for offer in offers if offer.spent is not None]
    if not spent:
        return Funding((), session.today)
    rows = session.execute(select(*_COLUMNS).where(col(Award.offer_id).in_(spent)))
    return Funding((Gift(*row) for row in rows), session.today)


def sum_in(unit: Amount, gifts: Iterable[Gift]) -> Amount:
    """Sum gifts in the currency or unit of an amount; what cannot be counted in it is left out."""
    total = sum(_counted(unit, gift) or 0 for gift in gifts)
    return replace(unit, hundredths=total)


def _counted(unit: Amount, gift: Gift) -> int | None:
    if family(gift.amount.measure) != family(unit.measure):
        return None
    if not (isinstance(unit, Money) and isinstance(gift.amount, Money)):
        return gift.amount.hundredths
    found = convert(gift.amount.hundredths, gift.amount.currency, unit.currency, gift.awarded_on)
    return found.hundredths if found else None


def _same_month(first: date, second: date) -> bool:
    return (first.year, first.month) == (second.year, second.month)
