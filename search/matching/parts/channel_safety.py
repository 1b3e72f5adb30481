"""How safely the help can arrive: by the safest of the ways that both sides can use."""

from search.eligibility.rule import facts
from search.eligibility.words import Words
from search.matching.part import Measured, Part, Prospect, not_known


def measure(prospect: Prospect) -> Measured:
    pair, safety = prospect.pair, prospect.weights.channel_safety
    if not pair.pays_money:
        return Measured(1, "no_money")
    if not pair.offer.channels or not pair.need.channels:
        return not_known()
    shared = sorted(set(pair.offer.channels) & set(pair.need.channels))
    if not shared:
        return Measured(0, "none_shared")
    safest = max(shared, key=lambda channel: safety[channel])
    return Measured(safety[safest], "safest", {"channel": str(safest)})


PART = Part(
    code="channel_safety",
    label=Words(en="Safety of the payment", be="Бяспека выплаты", ru="Безопасность выплаты"),
    measure=measure,
    reads=facts("need.channels offer.channels offer.budget.measure"),
    sentences={
        "safest": Words(
            en="The safest way that both can use: {channel:channel}.",
            be="Самы бяспечны спосаб, даступны абодвум бакам: {channel:channel}.",
            ru="Самый безопасный способ, доступный обеим сторонам: {channel:channel}.",
        ),
        "no_money": Words(
            en="No money has to be sent.",
            be="Грошы пераводзіць не трэба.",
            ru="Деньги переводить не нужно.",
        ),
        "none_shared": Words(
            en="There is no way of paying that both can use.",
            be="Няма спосабу выплаты, даступнага абодвум бакам.",
            ru="Нет способа выплаты, доступного обеим сторонам.",
        ),
        "unknown": Words(
            en="It is not known by which way the help can arrive.",
            be="Невядома, якім спосабам можа прыйсці дапамога.",
            ru="Неизвестно, каким способом может прийти помощь.",
        ),
    },
)
