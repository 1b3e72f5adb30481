"""Money can reach the organisation by a way that is safe for it."""

from collections.abc import Iterator

from search.codes import Channel, Party
from search.eligibility.compiled import ByKeys
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Pair, Settings
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.way import Way, with_also
from search.eligibility.words import Words

SAFEST_FIRST = (
    Channel.IN_KIND,
    Channel.SUPPLIER_DIRECT,
    Channel.FISCAL_SPONSOR,
    Channel.BANK_ABROAD,
    Channel.SERVICE_CONTRACT,
    Channel.CRYPTO,
    Channel.CASH_EQUIVALENT,
)
"""In which of the ways that a need takes a donor is asked to pay: an assumption, as the weights
of the score are, to be checked with practitioners."""


def check(pair: Pair) -> Finding:
    pays, takes = pair.offer.channels, pair.need.channels
    shared = [channel for channel in takes if channel in pays]
    if not pair.pays_money:
        return met("no_money")
    if not pays:
        return unknown("offer_silent") if pair.touches_home else met("abroad")
    if not takes:
        return unknown("need_silent", pays=pays)
    return met(shared=shared) if shared else not_met(pays=pays, takes=takes)


def ways_taken(
    need: NeedFacts, organisation: OrganisationFacts, settings: Settings
) -> tuple[frozenset[Channel], bool]:
    places = {need.country, organisation.base_country}
    return frozenset(need.channels), bool(places & settings.home_countries)


def ways_paid(offer: OfferFacts) -> tuple[frozenset[Channel], bool]:
    return frozenset(offer.channels), offer.budget.measure == "money"


def find_ways(pair: Pair) -> Iterator[Way]:
    """Pay in a way that the need calls safe; or say which ways there are, where nobody did."""
    pays, takes = pair.offer.channels, tuple(sorted(pair.need.channels, key=SAFEST_FIRST.index))
    if not pays:
        yield Way("offer.channels", takes[:1] or (Channel.BANK_ABROAD,))
    elif not takes:
        yield Way("need.channels", pays[:1])
    for channel in takes if pays else ():
        yield Way("offer.channels", with_also(pays, channel))


RULE = Rule(
    code="channel_shared",
    label=Words(
        en="There is a safe way to pay",
        be="Ёсць бяспечны спосаб выплаты",
        ru="Есть безопасный способ выплаты",
    ),
    protects=Party.ORGANISATION,
    reads=facts(
        "need.channels need.country organisation.base_country offer.channels offer.budget"
        " settings.home_countries"
    ),
    shape=Shape.COMPOSED,
    reference=Words(
        en="A transparent transfer home can become a pretext for prosecution.",
        be="Адкрыты перавод на радзіму можа стаць падставай для пераследу.",
        ru="Открытый перевод на родину может стать поводом для преследования.",
    ),
    check=check,
    changeable=facts("need.channels offer.channels"),
    ways=find_ways,
    changes={
        "offer.channels": Words(
            en="The donor would have to pay in one more way: {added:channel}.",
            be="Донар мусіў бы плаціць яшчэ адным спосабам: {added:channel}.",
            ru="Донору нужно было бы платить ещё одним способом: {added:channel}.",
        ),
    },
    compiled=ByKeys(ways_taken, ways_paid),
    sentences={
        "met": Words(
            en="The help can arrive in a way that the organisation accepts: {shared:channel}.",
            be="Дапамога можа прыйсці спосабам, які прымае арганізацыя: {shared:channel}.",
            ru="Помощь может прийти способом, который принимает организация: {shared:channel}.",
        ),
        "met.no_money": Words(
            en="No money has to be sent.",
            be="Грошы пераводзіць не трэба.",
            ru="Деньги переводить не нужно.",
        ),
        "met.abroad": Words(
            en="The donor names no way of paying, and the money stays outside the countries where"
            " receiving it is dangerous.",
            be="Донар не назваў спосабу выплаты, але грошы не трапляюць у краіны, дзе атрымліваць"
            " іх небяспечна.",
            ru="Донор не назвал способа выплаты, но деньги не попадают в страны, где получать их"
            " опасно.",
        ),
        "not_met": Words(
            en="The donor pays in one way ({pays:channel}), and the organisation can only be paid"
            " in another ({takes:channel}).",
            be="Донар плаціць адным спосабам ({pays:channel}), а арганізацыя можа атрымаць толькі"
            " іншым ({takes:channel}).",
            ru="Донор платит одним способом ({pays:channel}), а организация может получить только"
            " другим ({takes:channel}).",
        ),
        "needs_information.offer_silent": Words(
            en="The donor has not said how it pays, and receiving money could be dangerous here.",
            be="Донар не сказаў, як ён плаціць, а атрымліваць грошы тут можа быць небяспечна.",
            ru="Донор не сказал, как он платит, а получать деньги здесь может быть опасно.",
        ),
        "needs_information.need_silent": Words(
            en="The donor pays in this way: {pays:channel}. It is not known whether the"
            " organisation can be paid so.",
            be="Донар плаціць так: {pays:channel}. Невядома, ці можа арганізацыя гэтак атрымаць"
            " грошы.",
            ru="Донор платит так: {pays:channel}. Неизвестно, может ли организация так получить"
            " деньги.",
        ),
    },
    remedies={
        "not_met": Words(
            en="The donor would have to pay in one of these ways: {takes:channel}.",
            be="Донар мусіў бы плаціць адным з гэтых спосабаў: {takes:channel}.",
            ru="Донору нужно было бы платить одним из этих способов: {takes:channel}.",
        ),
    },
    questions={
        "needs_information.offer_silent": Question(
            Party.DONOR,
            Words(
                en="How can you pay? Receiving money openly can be dangerous for those you help.",
                be="Як вы можаце плаціць? Адкрыта атрымліваць грошы для тых, каму вы дапамагаеце,"
                " можа быць небяспечна.",
                ru="Как вы можете платить? Открыто получать деньги для тех, кому вы помогаете,"
                " может быть опасно.",
            ),
            answers=("offer.channels",),
        ),
        "needs_information.need_silent": Question(
            Party.ORGANISATION,
            Words(
                en="In which ways can money reach you safely?",
                be="Якімі спосабамі грошы могуць бяспечна дайсці да вас?",
                ru="Какими способами деньги могут безопасно дойти до вас?",
            ),
            answers=("need.channels",),
        ),
    },
)
