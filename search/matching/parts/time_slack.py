"""How many days are to spare between the help and the last day on which it is of use."""

from search.eligibility.rule import facts
from search.eligibility.words import Words
from search.matching.part import NEUTRAL, Measured, Part, Prospect, not_known
from search.thresholds import threshold


def measure(prospect: Prospect) -> Measured:
    pair = prospect.pair
    times = (pair.offer.decision_days, pair.offer.payout_days)
    if pair.need.last_day is None:
        return Measured(NEUTRAL, "no_last_day", known=None)
    if pair.offer.retroactive:
        return Measured(1, "retroactive")
    spare = (pair.need.last_day - pair.on).days - sum(each for each in times if each is not None)
    if spare < 0:
        return Measured(0, "late")
    if None in times:
        return not_known()
    comfortable = threshold("comfortable_days", pair.on)
    return Measured(min(1, spare / comfortable), "days", {"spare": spare})


PART = Part(
    code="time_slack",
    label=Words(en="Time to spare", be="Запас часу", ru="Запас времени"),
    measure=measure,
    reads=facts("need.last_day offer.decision_days offer.payout_days offer.retroactive"),
    sentences={
        "days": Words(
            en="Time to spare after decision and payment: {spare:days}.",
            be="Запас часу пасля рашэння і выплаты: {spare:days}.",
            ru="Запас времени после решения и выплаты: {spare:days}.",
        ),
        "late": Words(
            en="The help would come too late.",
            be="Дапамога прыйшла б запозна.",
            ru="Помощь пришла бы слишком поздно.",
        ),
        "retroactive": Words(
            en="What has been spent already is paid too, so nothing is late.",
            be="Аплачваецца і ўжо выдаткаванае, таму спазніцца немагчыма.",
            ru="Оплачивается и уже потраченное, поэтому опоздать невозможно.",
        ),
        "no_last_day": Words(
            en="The need names no last day, so time counts neither way.",
            be="Апошні дзень не названы, таму час не ўплывае на ацэнку.",
            ru="Последний день не назван, поэтому время не влияет на оценку.",
        ),
        "unknown": Words(
            en="The donor has not said how long it takes, so time counts neither way.",
            be="Донар не сказаў, колькі часу яму трэба, таму час не ўплывае на ацэнку.",
            ru="Донор не сказал, сколько времени ему нужно, поэтому время не влияет на оценку.",
        ),
    },
)
