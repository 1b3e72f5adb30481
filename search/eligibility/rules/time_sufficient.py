"""The help arrives while it is still of use."""

from search.codes import Party
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    last_day, times = pair.need.last_day, (pair.offer.decision_days, pair.offer.payout_days)
    if last_day is None:
        return met("no_last_day")
    if pair.offer.retroactive:
        return met("retroactive")
    known = sum(days for days in times if days is not None)
    if known > (last_day - pair.on).days:
        return not_met("days" if known else "past", known=known, last_day=last_day)
    return (unknown if None in times else met)(known=known, last_day=last_day)


RULE = Rule(
    code="time_sufficient",
    label=Words(
        en="The help arrives in time",
        be="Дапамога прыйдзе своечасова",
        ru="Помощь придёт вовремя",
    ),
    protects=Party.ORGANISATION,
    reads=facts(
        "need.needed_by need.useful_until offer.retroactive offer.decision_days"
        " offer.payout_days on"
    ),
    shape=Shape.RANGE,
    reference=Words(
        en="A need has a life of weeks or months; help that comes later is no help.",
        be="Патрэба жыве тыдні або месяцы; дапамога, якая прыйшла пазней, ужо не дапаможа.",
        ru="Потребность живёт недели или месяцы; помощь, пришедшая позже, уже не поможет.",
    ),
    check=check,
    sentences={
        "met": Words(
            en="Decision and payment take {known:days}, and the help is of use until"
            " {last_day:day}.",
            be="Рашэнне і выплата зоймуць {known:days}, а дапамога карысная да"
            " {last_day:day} уключна.",
            ru="Решение и выплата займут {known:days}, а помощь полезна до {last_day:day}"
            " включительно.",
        ),
        "met.no_last_day": Words(
            en="The need names no last day.",
            be="У патрэбе не названы апошні дзень.",
            ru="В потребности не назван последний день.",
        ),
        "met.retroactive": Words(
            en="The offer also pays for what has been spent already.",
            be="Прапанова аплачвае і тое, што ўжо выдаткавана.",
            ru="Предложение оплачивает и то, что уже потрачено.",
        ),
        "not_met.days": Words(
            en="Decision and payment take {known:days} or more, so the help would come after"
            " {last_day:day}, the last day on which it is of use.",
            be="Рашэнне і выплата зоймуць {known:days} або больш, таму дапамога прыйшла б пасля"
            " {last_day:day}, апошняга дня, калі яна карысная.",
            ru="Решение и выплата займут {known:days} или больше, поэтому помощь пришла бы после"
            " {last_day:day}, последнего дня, когда она полезна.",
        ),
        "not_met.past": Words(
            en="The last day on which the help is of use has passed: {last_day:day}.",
            be="Апошні дзень, калі дапамога карысная, мінуў: {last_day:day}.",
            ru="Последний день, когда помощь полезна, прошёл: {last_day:day}.",
        ),
        "needs_information": Words(
            en="The donor has not said how long its decision and the payment take; the help is of"
            " use until {last_day:day}.",
            be="Донар не сказаў, колькі часу зоймуць рашэнне і выплата; дапамога карысная да"
            " {last_day:day} уключна.",
            ru="Донор не сказал, сколько времени займут решение и выплата; помощь полезна до"
            " {last_day:day} включительно.",
        ),
    },
    remedies={
        "not_met.days": Words(
            en="The donor would have to decide and pay faster, or pay for what has been spent"
            " already.",
            be="Донар мусіў бы хутчэй вырашаць і плаціць або аплачваць ужо выдаткаванае.",
            ru="Донору нужно было бы быстрее решать и платить либо оплачивать уже потраченное.",
        ),
        "not_met.past": Words(
            en="The organisation would have to say that help is still of use later, or the donor"
            " pay for what has been spent already.",
            be="Арганізацыя мусіла б сказаць, што дапамога карысная і пазней, або донар мусіў бы"
            " аплачваць ужо выдаткаванае.",
            ru="Организации нужно было бы сказать, что помощь полезна и позже, либо донору"
            " оплачивать уже потраченное.",
        ),
    },
    questions={
        "needs_information": Question(
            Party.DONOR,
            Words(
                en="How many days do your decision and then the payment take?",
                be="Колькі дзён зоймуць ваша рашэнне і потым выплата?",
                ru="Сколько дней займут ваше решение и затем выплата?",
            ),
            answers=("offer.decision_days", "offer.payout_days"),
        ),
    },
)
