"""The donor makes no more public than the organisation accepts."""

from collections.abc import Iterator

from search.codes import PUBLICITY_ORDER, Party, Publicity
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.way import Way
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    required, accepted = pair.offer.publicity_required, pair.need.publicity_accepted
    if required == Publicity.NONE:
        return met("quiet")
    if required is None:
        return met("any") if accepted == Publicity.NAMED else unknown("offer_silent")
    if accepted is None:
        return unknown("need_silent", required=required)
    fits = PUBLICITY_ORDER.index(required) <= PUBLICITY_ORDER.index(accepted)
    return (met if fits else not_met)(required=required, accepted=accepted)


def find_ways(pair: Pair) -> Iterator[Way]:
    """Publish no more than is accepted: the organisation is not asked to accept more."""
    required, accepted = pair.offer.publicity_required, pair.need.publicity_accepted
    if required is not None and accepted is None:
        yield Way("need.publicity_accepted", required)
    else:
        yield Way("offer.publicity_required", accepted or Publicity.NONE)


RULE = Rule(
    code="publicity_compatible",
    label=Words(
        en="Nothing more becomes public than is accepted",
        be="Публічнасць не большая за дапушчальную",
        ru="Публичность не больше допустимой",
    ),
    protects=Party.ORGANISATION,
    reads=facts("offer.publicity_required need.publicity_accepted"),
    shape=Shape.ORDER,
    reference=Words(
        en="A donor that must publish its recipients can be a danger to them.",
        be="Донар, які мусіць называць тых, каму дапамог, можа быць для іх небяспечны.",
        ru="Донор, который обязан называть тех, кому помог, может быть для них опасен.",
    ),
    check=check,
    changeable=facts("need.publicity_accepted offer.publicity_required"),
    ways=find_ways,
    sentences={
        "met": Words(
            en="The donor publishes this: {required:publicity}. The most that the organisation"
            " accepts: {accepted:publicity}.",
            be="Донар публікуе: {required:publicity}. Найбольшае, на што згодная арганізацыя:"
            " {accepted:publicity}.",
            ru="Донор публикует: {required:publicity}. Самое большее, на что согласна"
            " организация: {accepted:publicity}.",
        ),
        "met.quiet": Words(
            en="The donor publishes nothing about whom it helps.",
            be="Донар нічога не публікуе пра тых, каму дапамагае.",
            ru="Донор ничего не публикует о тех, кому помогает.",
        ),
        "met.any": Words(
            en="The donor has not said what it publishes, and the organisation may even be named.",
            be="Донар не сказаў, што ён публікуе, але арганізацыю дазволена нават назваць.",
            ru="Донор не сказал, что он публикует, но организацию разрешено даже назвать.",
        ),
        "not_met": Words(
            en="The donor publishes more ({required:publicity}) than the organisation accepts"
            " ({accepted:publicity}).",
            be="Донар публікуе больш ({required:publicity}), чым дапускае арганізацыя"
            " ({accepted:publicity}).",
            ru="Донор публикует больше ({required:publicity}), чем допускает организация"
            " ({accepted:publicity}).",
        ),
        "needs_information.offer_silent": Words(
            en="The donor has not said what it publishes about those it helps.",
            be="Донар не сказаў, што ён публікуе пра тых, каму дапамагае.",
            ru="Донор не сказал, что он публикует о тех, кому помогает.",
        ),
        "needs_information.need_silent": Words(
            en="The donor publishes this: {required:publicity}. It is not known whether the"
            " organisation accepts that.",
            be="Донар публікуе: {required:publicity}. Невядома, ці згодная на гэта арганізацыя.",
            ru="Донор публикует: {required:publicity}. Неизвестно, согласна ли на это организация.",
        ),
    },
    remedies={
        "not_met": Words(
            en="The donor would have to publish no more than this: {accepted:publicity}.",
            be="Донар мусіў бы публікаваць не больш за гэта: {accepted:publicity}.",
            ru="Донору нужно было бы публиковать не больше этого: {accepted:publicity}.",
        ),
    },
    questions={
        "needs_information.offer_silent": Question(
            Party.DONOR,
            Words(
                en="What do you publish about those whom you help?",
                be="Што вы публікуеце пра тых, каму дапамагаеце?",
                ru="Что вы публикуете о тех, кому помогаете?",
            ),
            answers=("offer.publicity_required",),
        ),
        "needs_information.need_silent": Question(
            Party.ORGANISATION,
            Words(
                en="What may a donor make public about the help you get?",
                be="Што донар можа зрабіць публічным пра дапамогу, якую вы атрымаеце?",
                ru="Что донор может сделать публичным о помощи, которую вы получите?",
            ),
            answers=("need.publicity_accepted",),
        ),
    },
)
