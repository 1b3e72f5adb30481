"""The help arrives while it is still of use."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from search.codes import Party
from search.eligibility.compiled import ByKeys
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Pair, Settings
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.way import Way
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


def last_day_of(
    need: NeedFacts, _organisation: OrganisationFacts, _settings: Settings
) -> tuple[int]:
    return (need.last_day.toordinal() if need.last_day else 0,)


def times_of(offer: OfferFacts) -> tuple[int, int, int]:
    times = (offer.decision_days, offer.payout_days)
    return bool(offer.retroactive), sum(each or 0 for each in times), None in times


def decide(asked: Any, given: Any, on: int) -> tuple[Any, Any]:
    """Compare many last days (0: none) with many times, as `check` compares one pair's."""
    [last_day], (retroactive, known, is_partly_unknown) = asked, given
    matters = (last_day > 0) & (retroactive == 0)
    return matters & (known > last_day - on), matters & (is_partly_unknown == 1)


def find_ways(pair: Pair) -> Iterator[Way]:
    """Come sooner, pay for what was spent, or be of use for longer; or say how long it takes."""
    last_day = pair.need.last_day or pair.on
    times = {"decision_days": pair.offer.decision_days, "payout_days": pair.offer.payout_days}
    known = sum(days for days in times.values() if days is not None)
    slack = (last_day - pair.on).days - known
    if slack < 0:
        yield from _sooner(times, -slack)
        yield Way("offer.retroactive", to=True)
        yield Way("need.useful_until", pair.on + timedelta(days=known))
    for name, days in times.items():
        if slack >= 0 and days is None:
            yield Way(f"offer.{name}", slack // 2 if len(set(times.values())) == 1 else slack)


def _sooner(times: Mapping[str, int | None], late: int) -> Iterator[Way]:
    """Take the days that are too many off one of the two times, where it has so many."""
    for name in ("payout_days", "decision_days"):
        days = times[name] or 0
        if days >= late:
            yield Way(f"offer.{name}", days - late, values={"sooner": late})


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
    changeable=facts("need.useful_until offer.retroactive offer.decision_days offer.payout_days"),
    ways=find_ways,
    changes={
        "offer.payout_days": Words(
            en="The payment would have to come {sooner:days} sooner: within {to:days}.",
            be="Выплата мусіла б адбыцца на {sooner:days} раней: не пазней чым праз {to:days}.",
            ru="Выплата должна была бы прийти на {sooner:days} раньше: не позже чем через"
            " {to:days}.",
        ),
        "offer.decision_days": Words(
            en="The decision would have to come {sooner:days} sooner: within {to:days}.",
            be="Рашэнне мусіла б быць на {sooner:days} раней: не пазней чым праз {to:days}.",
            ru="Решение должно было бы прийти на {sooner:days} раньше: не позже чем через"
            " {to:days}.",
        ),
        "offer.retroactive": Words(
            en="The donor would have to pay for what has been spent already, too.",
            be="Донар мусіў бы аплачваць і тое, што ўжо выдаткавана.",
            ru="Донору нужно было бы оплачивать и то, что уже потрачено.",
        ),
        "need.useful_until": Words(
            en="The help would have to be of use for longer: until {to:day}.",
            be="Дапамога мусіла б быць карыснай даўжэй: да {to:day} уключна.",
            ru="Помощь должна была бы быть полезной дольше: до {to:day} включительно.",
        ),
    },
    compiled=ByKeys(last_day_of, times_of, decide),
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
