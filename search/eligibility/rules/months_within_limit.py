"""The need covers no more months than the offer pays for, or fewer months would still help."""

from collections.abc import Iterator

from search.codes import Party
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.way import Way
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    covered, least, most = (
        pair.need.months_covered,
        pair.need.minimum_months,
        pair.offer.max_months,
    )
    if most is None:
        return met("any")
    if covered is not None and covered <= most:
        return met(covered=covered, most=most)
    if least is not None and least > most:
        return not_met(least=least, most=most)
    if covered is None:
        return unknown("covered", most=most)
    if least is None:
        return unknown("least", covered=covered, most=most)
    return met("shorter", covered=covered, least=least, most=most)


def find_ways(pair: Pair) -> Iterator[Way]:
    """Pay for longer, or be helped by less; or say for how long, where nobody did."""
    covered, least = pair.need.months_covered, pair.need.minimum_months
    most = pair.offer.max_months
    if least is None:
        yield Way("need.minimum_months", most)
    elif most is not None and least > most:
        yield Way("offer.max_months", least)
        yield Way("need.minimum_months", most)
    if covered is None:
        yield Way("need.months_covered", most)


RULE = Rule(
    code="months_within_limit",
    label=Words(en="The time span fits", be="Працягласць падыходзіць", ru="Срок подходит"),
    protects=Party.DONOR,
    reads=facts("need.months_covered need.minimum_months offer.max_months"),
    shape=Shape.RANGE,
    reference=Words(
        en="Half of the organisations asked in 2021 could plan six months ahead at most.",
        be="Палова арганізацый, апытаных у 2021 годзе, магла планаваць не больш чым на паўгода.",
        ru="Половина организаций, опрошенных в 2021 году, могла планировать не более чем на"
        " полгода.",
    ),
    check=check,
    changeable=facts("need.months_covered need.minimum_months offer.max_months"),
    ways=find_ways,
    changes={
        "offer.max_months": Words(
            en="The donor would have to pay for a longer time: at least {to:months}.",
            be="Донар мусіў бы аплачваць больш часу, прынамсі {to:months}.",
            ru="Донору нужно было бы оплачивать больше времени, не меньше чем {to:months}.",
        ),
        "need.minimum_months": Words(
            en="The organisation would have to be helped by a shorter time too: {to:months}.",
            be="Арганізацыі мусіў бы дапамагчы і карацейшы час: {to:months}.",
            ru="Организации должен был бы помочь и более короткий срок: {to:months}.",
        ),
    },
    sentences={
        "met": Words(
            en="The time asked for ({covered:months}) is within what the offer pays for"
            " ({most:months}).",
            be="Патрэбны тэрмін ({covered:months}) не большы за той, які аплачвае прапанова"
            " ({most:months}).",
            ru="Нужный срок ({covered:months}) не больше того, который оплачивает предложение"
            " ({most:months}).",
        ),
        "met.any": Words(
            en="The offer does not limit the number of months.",
            be="Прапанова не абмяжоўвае колькасць месяцаў.",
            ru="Предложение не ограничивает количество месяцев.",
        ),
        "met.shorter": Words(
            en="The offer pays for a shorter time ({most:months}) than is asked for"
            " ({covered:months}), and that is enough (at least: {least:months}).",
            be="Прапанова аплачвае карацейшы тэрмін ({most:months}), чым просяць"
            " ({covered:months}), але гэтага хопіць (мінімум: {least:months}).",
            ru="Предложение оплачивает более короткий срок ({most:months}), чем просят"
            " ({covered:months}), но этого хватит (минимум: {least:months}).",
        ),
        "not_met": Words(
            en="The offer pays for too short a time ({most:months}); less than {least:months}"
            " does not help.",
            be="Прапанова аплачвае занадта кароткі тэрмін ({most:months}); каб дапамагчы, трэба"
            " больш (мінімум: {least:months}).",
            ru="Предложение оплачивает слишком короткий срок ({most:months}); чтобы помочь, нужно"
            " больше (минимум: {least:months}).",
        ),
        "needs_information.covered": Words(
            en="The offer pays for a limited time ({most:months}); the need does not say how many"
            " months it covers.",
            be="Прапанова аплачвае абмежаваны тэрмін ({most:months}), а на колькі месяцаў"
            " патрэбна дапамога, не сказана.",
            ru="Предложение оплачивает ограниченный срок ({most:months}), а на сколько месяцев"
            " нужна помощь, не сказано.",
        ),
        "needs_information.least": Words(
            en="The offer pays for a shorter time ({most:months}) than is asked for"
            " ({covered:months}). It is not known whether that would help.",
            be="Прапанова аплачвае карацейшы тэрмін ({most:months}), чым просяць"
            " ({covered:months}). Невядома, ці гэта дапаможа.",
            ru="Предложение оплачивает более короткий срок ({most:months}), чем просят"
            " ({covered:months}). Неизвестно, поможет ли это.",
        ),
    },
    remedies={
        "not_met": Words(
            en="The donor would have to pay for a longer time: at least {least:months}.",
            be="Донар мусіў бы аплаціць большы тэрмін (мінімум: {least:months}).",
            ru="Донору нужно было бы оплатить больший срок (минимум: {least:months}).",
        ),
    },
    questions={
        "needs_information.covered": Question(
            Party.ORGANISATION,
            Words(
                en="How many months is the help for?",
                be="На колькі месяцаў патрэбная дапамога?",
                ru="На сколько месяцев нужна помощь?",
            ),
            answers=("need.months_covered", "need.minimum_months"),
        ),
        "needs_information.least": Question(
            Party.ORGANISATION,
            Words(
                en="What is the smallest number of months that would still help you?",
                be="Якая найменшая колькасць месяцаў вам усё ж дапаможа?",
                ru="Какое наименьшее количество месяцев вам всё же поможет?",
            ),
            answers=("need.minimum_months",),
        ),
    },
)
