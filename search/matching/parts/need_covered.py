"""How much of the whole need the offer could cover."""

from fractions import Fraction
from typing import Any

from search.codes import Outcome
from search.eligibility.award import asked_amount, convert_into_offer
from search.eligibility.words import Words
from search.matching.part import (
    KNOWN,
    NEUTRAL,
    UNKNOWN,
    ManyProspects,
    Measured,
    Part,
    Prospect,
    not_known,
)


def measure(prospect: Prospect) -> Measured:
    if _is_refused(prospect):
        return Measured(0, "nothing")
    binding, whole = prospect.award.binding, _whole_ask(prospect)
    if binding is None or whole is None:
        return not_known()
    share = min(Fraction(1), Fraction(binding[1], max(whole, 1)))
    percent = str(round(100 * float(share), 1))
    return Measured(float(share), "share", {"share": percent})


def measure_many(many: ManyProspects) -> tuple[Any, Any]:
    given, whole, known = many.amounts()
    share = (given / whole).clip(0, 1)
    return known * share + ~known * NEUTRAL, known * KNOWN + ~known * UNKNOWN


def _is_refused(prospect: Prospect) -> bool:
    verdicts = prospect.assessment.verdicts
    amount = (each for each in verdicts if each.rule == "amount_within_range")
    return any(each.outcome is Outcome.NOT_MET for each in amount)


def _whole_ask(prospect: Prospect) -> int | None:
    """What is asked for in all, also in the part of a group need that the offer does not take."""
    whole = convert_into_offer(prospect.pair, asked_amount(prospect.pair, whole=True))
    return whole.hundredths if whole else prospect.award.asked


PART = Part(
    code="need_covered",
    label=Words(
        en="Share of the need covered",
        be="Якая частка патрэбы пакрываецца",
        ru="Какая часть потребности покрывается",
    ),
    measure=measure,
    measure_many=measure_many,
    sentences={
        "share": Words(
            en="The offer could cover {share:percent} of what is asked for.",
            be="Прапанова можа пакрыць {share:percent} таго, пра што просяць.",
            ru="Предложение может покрыть {share:percent} того, о чём просят.",
        ),
        "nothing": Words(
            en="The offer can cover nothing of it.",
            be="Прапанова не можа пакрыць нічога.",
            ru="Предложение не может покрыть ничего.",
        ),
        "unknown": Words(
            en="It is not known how much of the need the offer could cover.",
            be="Невядома, якую частку патрэбы можа пакрыць прапанова.",
            ru="Неизвестно, какую часть потребности может покрыть предложение.",
        ),
    },
)
