"""Why a pair does not come about: exactly one class, the one that has to be dealt with first."""

from dataclasses import dataclass, replace

from search.codes import Outcome, WhyNot
from search.eligibility.award import measure_award
from search.eligibility.award_ways import goal_of
from search.eligibility.catalogue import load_rules
from search.eligibility.engine import judge
from search.eligibility.pair import Pair
from search.eligibility.verdict import Assessment

_AMOUNT = "amount_within_range"


@dataclass(frozen=True, slots=True)
class Race:
    """How an eligible pair stands among the others of its offer.

    `taken` is what would go to better placed ones, as hundredths of the offer's budget.
    """

    taken: int = 0


def classify(
    pair: Pair, assessment: Assessment, *, decided: bool = False, race: Race | None = None
) -> WhyNot | None:
    """Return the one class of a pair; None where nothing keeps it apart.

    A person's decision goes before all rules; rules before what is not known; and only of a pair
    that is eligible can be said that others come first. Where the amount alone fails, and would
    fit if the budget were still whole, what is left of it is too little. Without a `race` nobody
    comes first.
    """
    if decided:
        return WhyNot.DECIDED
    failing = assessment.of_outcome(Outcome.NOT_MET)
    if failing:
        by_amount = [each.rule for each in failing] == [_AMOUNT]
        return WhyNot.REMAINDER if by_amount and _fits_whole_budget(pair) else WhyNot.FAILS_RULES
    if assessment.of_outcome(Outcome.NEEDS_INFORMATION):
        return WhyNot.LACKS_INFORMATION
    return _lose(pair, race) if race else None


def _fits_whole_budget(pair: Pair) -> bool:
    whole = replace(pair, offer=replace(pair.offer, budget_left=None))
    return judge(load_rules()[_AMOUNT], whole).outcome is not Outcome.NOT_MET


def _lose(pair: Pair, race: Race) -> WhyNot | None:
    budget = pair.offer.budget_left or pair.offer.budget
    left = budget.hundredths - race.taken
    if left >= goal_of(measure_award(pair)):
        return None
    return WhyNot.REMAINDER if left > 0 else WhyNot.OUTBID
