"""The donor accepts organisations from the country where this one is based."""

from collections.abc import Iterator

from search.codes import Party
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Rule, Shape, facts, met, not_met
from search.eligibility.way import Way, with_also
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    base, accepted = pair.organisation.base_country, pair.offer.base_countries
    if not accepted:
        return met("any")
    return met(base=base) if base in accepted else not_met(base=base, accepted=accepted)


def find_ways(pair: Pair) -> Iterator[Way]:
    base = pair.organisation.base_country
    yield Way("offer.base_countries", with_also(pair.offer.base_countries, base))


RULE = Rule(
    code="base_country_accepted",
    label=Words(
        en="The base country is accepted",
        be="Краіна знаходжання арганізацыі падыходзіць",
        ru="Страна нахождения организации подходит",
    ),
    protects=Party.DONOR,
    reads=facts("organisation.base_country offer.base_countries"),
    shape=Shape.MEMBERSHIP,
    reference=Words(
        en="The donor's own terms.",
        be="Уласныя ўмовы донара.",
        ru="Собственные условия донора.",
    ),
    check=check,
    changeable=facts("offer.base_countries"),
    ways=find_ways,
    sentences={
        "met": Words(
            en="The donor accepts organisations based here: {base:country}.",
            be="Донар прымае арганізацыі, якія знаходзяцца тут: {base:country}.",
            ru="Донор принимает организации, которые находятся здесь: {base:country}.",
        ),
        "met.any": Words(
            en="The donor accepts organisations from every country.",
            be="Донар прымае арганізацыі з любой краіны.",
            ru="Донор принимает организации из любой страны.",
        ),
        "not_met": Words(
            en="The donor accepts organisations based elsewhere: {accepted:country}."
            " This one is based here: {base:country}.",
            be="Донар прымае арганізацыі з іншых краін: {accepted:country}."
            " Гэтая знаходзіцца тут: {base:country}.",
            ru="Донор принимает организации из других стран: {accepted:country}."
            " Эта находится здесь: {base:country}.",
        ),
    },
    remedies={
        "not_met": Words(
            en="The donor would have to accept one more base country: {base:country}.",
            be="Донар мусіў бы дадаць яшчэ адну краіну знаходжання: {base:country}.",
            ru="Донору нужно было бы добавить ещё одну страну нахождения: {base:country}.",
        ),
    },
)
