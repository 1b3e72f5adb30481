"""The offer has not helped this need yet, and does not mind that others have."""

from collections.abc import Iterator
from dataclasses import replace

from search.codes import Party
from search.eligibility.compiled import ByKeys, Names
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Pair, Settings
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.way import Way
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    need, offer = pair.need, pair.offer
    if offer.external_id and offer.external_id in need.funded_by:
        return not_met("by_this")
    if need.funded_amount is None or not need.funded_amount.is_positive:
        return met()
    if offer.co_funding is None:
        return unknown(funded=need.funded_amount)
    return met("shared") if offer.co_funding else not_met("by_others", funded=need.funded_amount)


def has_been_funded(need: NeedFacts, _organisation: OrganisationFacts, _settings: Settings) -> bool:
    return need.funded_amount is not None and need.funded_amount.is_positive


def name_of(offer: OfferFacts) -> list[str]:
    return [offer.external_id] if offer.external_id else []


def find_ways(pair: Pair) -> Iterator[Way]:
    """Help together with others; nothing makes an offer help the same need twice."""
    if not pair.offer.external_id or pair.offer.external_id not in pair.need.funded_by:
        yield Way("offer.co_funding", to=True)


COMPILED = ByKeys(
    asking=has_been_funded,
    giving=lambda offer: offer.co_funding,
    names=Names(
        asking=lambda need, _organisation: need.funded_by,
        giving=name_of,
        nameless=lambda offer: replace(offer, external_id=None),
    ),
)


RULE = Rule(
    code="not_already_funded",
    label=Words(
        en="Earlier help is no obstacle",
        be="Ранейшая дапамога не замінае",
        ru="Прежняя помощь не мешает",
    ),
    protects=Party.DONOR,
    reads=facts("need.funded_by need.funded_amount offer.external_id offer.co_funding"),
    shape=Shape.COMPOSED,
    reference=Words(
        en="No offer helps the same need twice; whether it joins others is the donor's choice.",
        be="Адна прапанова не дапамагае той жа патрэбе двойчы; ці далучацца да іншых, вырашае"
        " донар.",
        ru="Одно предложение не помогает одной потребности дважды; присоединяться ли к другим,"
        " решает донор.",
    ),
    check=check,
    changeable=facts("offer.co_funding"),
    ways=find_ways,
    compiled=COMPILED,
    sentences={
        "met": Words(
            en="No earlier award to this need stands in the way.",
            be="Ранейшая дапамога гэтай патрэбе не перашкаджае.",
            ru="Прежняя помощь этой потребности не мешает.",
        ),
        "met.shared": Words(
            en="Others have helped in part, and the donor does not mind.",
            be="Іншыя ўжо часткова дапамаглі, і донар не супраць.",
            ru="Другие уже частично помогли, и донор не против.",
        ),
        "not_met.by_this": Words(
            en="This offer has helped this need already.",
            be="Гэтая прапанова ўжо дапамагла гэтай патрэбе.",
            ru="Это предложение уже помогло этой потребности.",
        ),
        "not_met.by_others": Words(
            en="Others have given {funded:amount} already, and the donor only helps alone.",
            be="Іншыя ўжо далі {funded:amount}, а донар дапамагае толькі адзін.",
            ru="Другие уже дали {funded:amount}, а донор помогает только один.",
        ),
        "needs_information": Words(
            en="Others have given {funded:amount} already; the donor has not said whether it helps"
            " together with others.",
            be="Іншыя ўжо далі {funded:amount}; донар не сказаў, ці дапамагае ён разам з іншымі.",
            ru="Другие уже дали {funded:amount}; донор не сказал, помогает ли он вместе с другими.",
        ),
    },
    remedies={
        "not_met.by_this": Words(
            en="The help would have to come from another offer.",
            be="Дапамога мусіла б прыйсці з іншай прапановы.",
            ru="Помощь должна была бы прийти из другого предложения.",
        ),
        "not_met.by_others": Words(
            en="The donor would have to help together with others.",
            be="Донар мусіў бы дапамагаць разам з іншымі.",
            ru="Донору нужно было бы помогать вместе с другими.",
        ),
    },
    questions={
        "needs_information": Question(
            Party.DONOR,
            Words(
                en="Do you also help where others have already given a part?",
                be="Ці дапамагаеце вы і там, дзе іншыя ўжо далі частку?",
                ru="Помогаете ли вы и там, где другие уже дали часть?",
            ),
            answers=("offer.co_funding",),
        ),
    },
)
