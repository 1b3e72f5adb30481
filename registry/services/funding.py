"""What awards gave to needs and took from offers, in the measure of each.

An award is made in the offer's currency; towards a need it counts at the reference rate of
its day. An award for which there is no rate counts as nothing rather than as a guess.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, select

from registry.storage.awards import Award, KeptAward
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.offers import Offer
from search.codes import BudgetPer
from search.money import Amount, Money, convert, family

_SOURCES = (
    (Award, (col(Award.need_id), col(Award.offer_id), col(Award.amount), col(Award.awarded_on))),
    (
        KeptAward,
        (
            col(KeptAward.need_id),
            col(KeptAward.offer_id),
            col(KeptAward.amount),
            col(KeptAward.month),
        ),
    ),
)
"""Where what was given stands, and its columns in the order of `Gift`."""


@dataclass(frozen=True, slots=True)
class Gift:
    """The open part of one award; its need or its offer may be gone."""

    need_id: str | None
    offer_id: str | None
    amount: Amount
    awarded_on: date


class Funding:
    """Every award, read once: what a need got, and what is left of an offer."""

    def __init__(self, gifts: Iterable[Gift], today: date) -> None:
        self._of_need: dict[str, list[Gift]] = defaultdict(list)
        self._of_offer: dict[str, list[Gift]] = defaultdict(list)
        self._today = today
        for gift in gifts:
            self._of_need[gift.need_id or ""].append(gift)
            self._of_offer[gift.offer_id or ""].append(gift)

    def given_to(self, need: Need) -> Amount | None:
        """Return what earlier awards gave, in the need's own measure; None where nothing did."""
        gifts = self._of_need.get(need.id)
        if not gifts:
            return None
        unit = need.amount_requested or need.quantity or need.minimum_useful or gifts[0].amount
        return sum_in(unit, gifts)

    def givers_of(self, need_id: str) -> tuple[str, ...]:
        """Return the ids of the offers that gave to a need."""
        gifts = self._of_need.get(need_id, ())
        return tuple(sorted({gift.offer_id for gift in gifts if gift.offer_id}))

    def first_day(self, need_id: str) -> date | None:
        """Return the day of the first award to a need; None where nothing was given."""
        return min((gift.awarded_on for gift in self._of_need.get(need_id, ())), default=None)

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
    return Funding(_read_gifts(session), session.today)


def read_funding_of(session: RegistrySession, offers: Iterable[Offer]) -> Funding:
    """Read what awards took from these offers; nothing is asked where none gave anything."""
    spent = [offer.id for offer in offers if offer.spent is not None]
    if not spent:
        return Funding((), session.today)
    return Funding(_read_gifts(session, offer_ids=spent), session.today)


def read_gifts_to(session: RegistrySession, need_id: str) -> list[Gift]:
    """Read what awards gave to one need."""
    return list(_read_gifts(session, need_id=need_id))


def _read_gifts(
    session: RegistrySession, *, offer_ids: Sequence[str] = (), need_id: str | None = None
) -> Iterator[Gift]:
    for table, columns in _SOURCES:
        statement = select(*columns).order_by(col(table.id))
        if offer_ids:
            statement = statement.where(col(table.offer_id).in_(offer_ids))
        if need_id:
            statement = statement.where(col(table.need_id) == need_id)
        yield from (Gift(*row) for row in session.execute(statement))


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
