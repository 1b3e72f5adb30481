"""The offer gives what the need asks for: money for money, hours for hours."""

from search.codes import Party
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Rule, Shape, facts, met, not_met
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    given, asked = pair.offer.budget.measure, pair.asked_measures
    return met(given=given) if pair.instrument_fits else not_met(given=given, asked=asked)


RULE = Rule(
    code="instrument_fits",
    label=Words(
        en="The kind of help fits", be="Від дапамогі падыходзіць", ru="Вид помощи подходит"
    ),
    protects=Party.BOTH,
    reads=facts("offer.budget need.asks_for need.amount_requested need.quantity"),
    shape=Shape.MEMBERSHIP,
    reference=Words(
        en="Help in kind counts as an offer too; a session counts as an hour.",
        be="Дапамога рэчамі і паслугамі — таксама прапанова; адна сустрэча лічыцца за гадзіну.",
        ru="Помощь вещами и услугами — тоже предложение; одна встреча считается за час.",
    ),
    check=check,
    sentences={
        "met": Words(
            en="The offer gives what the need asks for: {given:measure}.",
            be="Прапанова дае тое, што патрэбна: {given:measure}.",
            ru="Предложение даёт то, что нужно: {given:measure}.",
        ),
        "not_met": Words(
            en="The offer gives something else ({given:measure}) than the need asks for"
            " ({asked:measure}).",
            be="Прапанова дае не тое ({given:measure}), што патрэбна ({asked:measure}).",
            ru="Предложение даёт не то ({given:measure}), что нужно ({asked:measure}).",
        ),
    },
    remedies={
        "not_met": Words(
            en="The organisation would have to be helped by this too: {given:measure}.",
            be="Арганізацыі мусіла б дапамагчы і гэта: {given:measure}.",
            ru="Организации должно было бы помочь и это: {given:measure}.",
        ),
    },
)
