"""The offer gives what the need asks for: money for money, hours for hours."""

from collections.abc import Iterator

from search.codes import Party
from search.eligibility.award_ways import ask_ways
from search.eligibility.compiled import ByKeys
from search.eligibility.facts import NeedFacts, OrganisationFacts
from search.eligibility.pair import Pair, Settings, measures_asked
from search.eligibility.rule import Finding, Rule, Shape, facts, met, not_met
from search.eligibility.way import Way, with_also
from search.eligibility.words import Words
from search.money import family


def check(pair: Pair) -> Finding:
    given, asked = pair.offer.budget.measure, pair.asked_measures
    return met(given=given) if pair.instrument_fits else not_met(given=given, asked=asked)


def families_asked(
    need: NeedFacts, _organisation: OrganisationFacts, _settings: Settings
) -> frozenset[str]:
    return frozenset(map(family, measures_asked(need)))


def find_ways(pair: Pair) -> Iterator[Way]:
    """Ask for this too; where amounts alone say what is asked for, by an amount of it."""
    if pair.need.asks_for:
        yield Way("need.asks_for", with_also(pair.need.asks_for, pair.offer.budget.measure))
    else:
        yield from ask_ways(pair)


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
    changeable=facts("need.asks_for need.amount_requested need.quantity"),
    ways=find_ways,
    compiled=ByKeys(families_asked, lambda offer: family(offer.budget.measure)),
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
