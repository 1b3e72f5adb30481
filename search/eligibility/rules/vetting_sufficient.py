"""The organisation has been vetted as far as the donor asks, and is not suspended."""

from collections.abc import Iterator

from search.codes import VETTING_ORDER, Party, Vetting
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.way import Way
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    has, least = pair.organisation.vetting, pair.offer.minimum_vetting
    if has == Vetting.SUSPENDED:
        return not_met()
    if least is None or least == Vetting.UNVERIFIED:
        return met("any")
    if has is not None and VETTING_ORDER.index(has) >= VETTING_ORDER.index(least):
        return met(has=has)
    return unknown(least=least)


def find_ways(pair: Pair) -> Iterator[Way]:
    yield Way("organisation.vetting", pair.offer.minimum_vetting or Vetting.UNVERIFIED)


RULE = Rule(
    code="vetting_sufficient",
    label=Words(
        en="The organisation is vetted enough",
        be="Арганізацыя дастаткова правераная",
        ru="Организация достаточно проверена",
    ),
    protects=Party.DONOR,
    reads=facts("organisation.vetting offer.minimum_vetting"),
    shape=Shape.ORDER,
    reference=Words(
        en="Trust is checked through people: unverified, vouched for, verified.",
        be="Давер правяраюць праз людзей: не праверана, паручыліся, праверана.",
        ru="Доверие проверяют через людей: не проверено, поручились, проверено.",
    ),
    check=check,
    changeable=facts("organisation.vetting"),
    ways=find_ways,
    sentences={
        "met": Words(
            en="The organisation is vetted as far as the donor asks: {has:vetting}.",
            be="Арганізацыя правераная настолькі, наколькі просіць донар: {has:vetting}.",
            ru="Организация проверена настолько, насколько просит донор: {has:vetting}.",
        ),
        "met.any": Words(
            en="The donor asks for no vetting of its own.",
            be="Донар не патрабуе асобнай праверкі арганізацыі.",
            ru="Донор не требует отдельной проверки организации.",
        ),
        "not_met": Words(
            en="The organisation is suspended.",
            be="Удзел арганізацыі прыпынены.",
            ru="Участие организации приостановлено.",
        ),
        "needs_information": Words(
            en="The donor asks for more vetting than the organisation has had: {least:vetting}.",
            be="Донар просіць больш грунтоўнай праверкі, чым была ў арганізацыі: {least:vetting}.",
            ru="Донор просит более основательной проверки, чем была у организации:"
            " {least:vetting}.",
        ),
    },
    remedies={
        "not_met": Words(
            en="An officer would have to lift the suspension after checking the organisation.",
            be="Каардынатар мусіў бы праверыць арганізацыю і зняць прыпыненне.",
            ru="Координатору нужно было бы проверить организацию и снять приостановку.",
        ),
    },
    questions={
        "needs_information": Question(
            Party.OFFICER,
            Words(
                en="Can the organisation be vetted up to this level: {least:vetting}?",
                be="Ці можна праверыць арганізацыю да такога ўзроўню: {least:vetting}?",
                ru="Можно ли проверить организацию до такого уровня: {least:vetting}?",
            ),
            answers=("organisation.vetting",),
        ),
    },
)
