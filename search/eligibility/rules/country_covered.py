"""The offer helps in the country of the need, or the people of a country that the need serves."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from search.codes import COUNTRIES, Party
from search.eligibility.compiled import ByKeys
from search.eligibility.facts import NeedFacts, OrganisationFacts
from search.eligibility.pair import Pair, Settings
from search.eligibility.rule import Finding, Rule, Shape, facts, met, not_met
from search.eligibility.way import Way, with_also
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    wanted = pair.offer.countries
    places = (pair.need.country, *(pair.need.serves or pair.organisation.operates_in))
    shared = [country for country in dict.fromkeys(places) if country in wanted]
    if not wanted:
        return met("any")
    if shared:
        return met(shared=shared)
    return not_met(wanted=wanted, places=list(dict.fromkeys(places)))


_BITS = {country: divmod(place, 62) for place, country in enumerate(sorted(COUNTRIES))}
"""Country -> which of five whole numbers, and which bit of it, stands for the country."""


def bits_of(countries: Iterable[str]) -> tuple[int, ...]:
    """Return the countries as bits of five whole numbers."""
    numbers = [0] * 5
    for country in countries:
        number, bit = _BITS[country]
        numbers[number] |= 1 << bit
    return tuple(numbers)


def places_of(
    need: NeedFacts, organisation: OrganisationFacts, _settings: Settings
) -> tuple[int, ...]:
    return bits_of((need.country, *(need.serves or organisation.operates_in)))


def decide(asked: Any, given: Any, _on: int) -> tuple[Any, Any]:
    """Compare many places with many countries, as `check` compares one pair's."""
    is_limited = (given != 0).any(axis=0)
    shares = reduce(or_, ((one & other) != 0 for one, other in zip(asked, given, strict=True)))
    return is_limited & ~shares, False


def find_ways(pair: Pair) -> Iterator[Way]:
    yield Way("offer.countries", with_also(pair.offer.countries, pair.need.country))


RULE = Rule(
    code="country_covered",
    label=Words(en="The country is covered", be="Краіна падыходзіць", ru="Страна подходит"),
    protects=Party.DONOR,
    reads=facts("need.country need.serves organisation.operates_in offer.countries"),
    shape=Shape.MEMBERSHIP,
    reference=Words(
        en="Help for people in one country is often used by a team that sits in another.",
        be="Дапамогу людзям у адной краіне часта арганізуе каманда, якая працуе ў іншай.",
        ru="Помощь людям в одной стране часто организует команда, которая работает в другой.",
    ),
    check=check,
    changeable=facts("offer.countries"),
    ways=find_ways,
    changes={
        "offer.countries": Words(
            en="The donor would have to take in one more country: {added:country}.",
            be="Донар мусіў бы дадаць яшчэ адну краіну: {added:country}.",
            ru="Донору нужно было бы добавить ещё одну страну: {added:country}.",
        ),
    },
    compiled=ByKeys(places_of, lambda offer: bits_of(offer.countries), decide),
    sentences={
        "met": Words(
            en="The offer helps here: {shared:country}.",
            be="Прапанова дапамагае тут: {shared:country}.",
            ru="Предложение помогает здесь: {shared:country}.",
        ),
        "met.any": Words(
            en="The offer names no countries, so it helps in every one.",
            be="У прапанове не названыя краіны, таму падыходзіць любая.",
            ru="В предложении не названы страны, поэтому подходит любая.",
        ),
        "not_met": Words(
            en="The offer helps elsewhere: {wanted:country}. The need is for: {places:country}.",
            be="Прапанова дзейнічае ў іншым месцы: {wanted:country}. Дапамога патрэбная тут:"
            " {places:country}.",
            ru="Предложение действует в другом месте: {wanted:country}. Помощь нужна здесь:"
            " {places:country}.",
        ),
    },
    remedies={
        "not_met": Words(
            en="The donor would have to take in one of these: {places:country}.",
            be="Донар мусіў бы дадаць адну з гэтых краін: {places:country}.",
            ru="Донору нужно было бы добавить одну из этих стран: {places:country}.",
        ),
    },
)
