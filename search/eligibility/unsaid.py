"""What a record leaves unsaid that a rule could ask of whoever wrote it.

Found without looking at anybody else's record: the rules judge a need beside the strictest offers
there could be, and an offer beside the most careful need. So the list of open questions tells its
reader nothing of others, not even whether there are any.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from search.codes import (
    Channel,
    DonorKind,
    Flexibility,
    Instrument,
    LegalStatus,
    Measure,
    OfferStatus,
    OrganisationKind,
    Party,
    Publicity,
    Reporting,
    TargetGroup,
    is_group,
    items_of,
)
from search.eligibility.catalogue import load_rules
from search.eligibility.engine import judge
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Pair, Settings
from search.eligibility.rule import Question
from search.eligibility.verdict import Verdict
from search.money import Amount, Money, Quantity

_HUGE = 10**15
_LATER = timedelta(days=36_500)
_NOBODYS_LANGUAGE = "xx"
_CURRENCIES = ("EUR", "USD")
"""Two, so that an amount in a currency without a rate shows beside at least one of them."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """One question of a rule to whoever wrote the record, with the fields that answer it."""

    rule: str
    key: str
    question: Question

    @property
    def code(self) -> str:
        """Name it by rule and variant: `channel_shared.need_silent`."""
        return question_code(self.rule, self.key)

    @property
    def record(self) -> str:
        """Name the record that its answer stands in: `need`, `organisation`, `offer`, `donor`."""
        return self.question.answers[0].partition(".")[0]

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of the fields that answer it, in that record."""
        return tuple(name.partition(".")[2] for name in self.question.answers)


def question_code(rule: str, key: str) -> str:
    """Name a question by its rule and the variant of its sentence's key."""
    variant = key.partition(".")[2]
    return f"{rule}.{variant}" if variant else rule


def code_of(verdict: Verdict) -> str:
    """Name the question that an open verdict asks."""
    return question_code(verdict.rule, verdict.key)


def unsaid_of_need(
    need: NeedFacts, organisation: OrganisationFacts, on: date, settings: Settings
) -> tuple[Unsaid, ...]:
    """Return what a need and its organisation leave unsaid, in the order of the catalogue."""
    strictest = Pair(need, organisation, _strictest_offer(need), on, settings)
    budgets = (each for measure in strictest.asked_measures for each in _budgets_of(measure))
    offers = (replace(strictest.offer, budget=budget) for budget in budgets)
    asked = _asked_of(Party.ORGANISATION, (replace(strictest, offer=offer) for offer in offers))
    closed = set(_amounts_without_room(need, strictest.asked_measures))
    return tuple(each for each in asked if each.code not in closed)


def unsaid_of_offer(offer: OfferFacts, on: date, settings: Settings) -> tuple[Unsaid, ...]:
    """Return what an offer and its donor leave unsaid, in the order of the catalogue."""
    home = min(settings.home_countries, default="BY")
    needs = _most_careful_needs(offer, home, on)
    pairs = (Pair(need, _most_careful_organisation(home), offer, on, settings) for need in needs)
    return _asked_of(Party.DONOR, pairs)


def _amounts_without_room(need: NeedFacts, asked: Iterable[str]) -> Iterator[str]:
    """Name the questions whose answer has no field left: a need in two measures has one of each.

    The rule stays open beside an offer in the other measure; its owner could not say more.
    """
    kinds = {measure == Measure.MONEY for measure in asked}
    is_missing = {True: need.amount_requested is None, False: need.quantity is None}
    if not any(is_missing[kind] for kind in kinds):
        yield "amount_within_range.ask"
    if need.minimum_useful is not None:
        yield "amount_within_range.minimum"


def _asked_of(whom: Party, pairs: Iterable[Pair]) -> tuple[Unsaid, ...]:
    found = {each.code: each for pair in pairs for each in _open_questions(whom, pair)}
    places = list(load_rules())
    return tuple(sorted(found.values(), key=lambda each: (places.index(each.rule), each.key)))


def _open_questions(whom: Party, pair: Pair) -> Iterator[Unsaid]:
    for code, rule in load_rules().items():
        verdict = judge(rule, pair)
        asked = rule.questions.get(verdict.key)
        if asked and asked.whom is whom and asked.answers:
            yield Unsaid(code, verdict.key, asked)


def _strictest_offer(need: NeedFacts) -> OfferFacts:
    """Make an offer that states every condition; its budget is still to be set."""
    return OfferFacts(
        instrument=Instrument.GRANT,
        budget=Money(1, "EUR"),
        flexibility=Flexibility.PROJECT,
        status=OfferStatus.OPEN,
        categories=items_of(need.category)[:1] if is_group(need.category) else (),
        target_groups=(TargetGroup.GENERAL_PUBLIC,),
        channels=(Channel.IN_KIND,),
        publicity_required=Publicity.NAMED,
        reporting_required=Reporting.FULL,
        languages=(_NOBODYS_LANGUAGE,),
        max_months=1,
        min_years_active=1,
    )


def _budgets_of(measure: str) -> Iterator[Amount]:
    """Make a budget that is next to nothing, and one that is more than anybody asks for."""
    for hundredths in (1, _HUGE):
        if measure == Measure.MONEY:
            yield from (Money(hundredths, currency) for currency in _CURRENCIES)
        else:
            yield Quantity(hundredths, Measure(measure))


def _most_careful_organisation(home: str) -> OrganisationFacts:
    return OrganisationFacts(
        kind=OrganisationKind.COMMUNITY,
        legal_statuses=(LegalStatus.UNREGISTERED,),
        base_country=home,
        declines_donor_kinds=tuple(DonorKind),
    )


def _most_careful_needs(offer: OfferFacts, home: str, on: date) -> Iterator[NeedFacts]:
    """Make needs at home that accept next to nothing and were helped before, by a later day."""
    careful = NeedFacts(
        category="fixed_costs.rent",
        country=home,
        needed_by=on + _LATER,
        channels=(Channel.IN_KIND,),
        publicity_accepted=Publicity.NONE,
        reporting_accepted=Reporting.NONE,
    )
    if not isinstance(offer.budget, Money):
        unit = offer.budget.unit
        yield replace(careful, quantity=Quantity(200, unit), funded_amount=Quantity(100, unit))
        return
    for currency in _CURRENCIES:
        asked, given = Money(200, currency), Money(100, currency)
        yield replace(careful, amount_requested=asked, funded_amount=given)
