"""The need helps people whom the offer is meant for."""

from collections.abc import Iterator

from search.codes import Party
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.way import Way, with_also
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    helped, wanted = pair.need.target_groups, pair.offer.target_groups
    shared = [group for group in helped if group in wanted]
    if not wanted:
        return met("any")
    if not helped:
        return unknown(wanted=wanted)
    return met(shared=shared) if shared else not_met(helped=helped, wanted=wanted)


def find_ways(pair: Pair) -> Iterator[Way]:
    helped, wanted = pair.need.target_groups, pair.offer.target_groups
    if not helped:
        yield Way("need.target_groups", wanted[:1])
    for group in helped:
        yield Way("offer.target_groups", with_also(wanted, group))


RULE = Rule(
    code="target_group_covered",
    label=Words(
        en="The people helped are those meant",
        be="Дапамога ідзе тым, каму прызначана",
        ru="Помощь идёт тем, кому предназначена",
    ),
    protects=Party.DONOR,
    reads=facts("need.target_groups offer.target_groups"),
    shape=Shape.MEMBERSHIP,
    reference=Words(
        en="The donor's own terms.",
        be="Уласныя ўмовы донара.",
        ru="Собственные условия донора.",
    ),
    optional=True,
    check=check,
    changeable=facts("need.target_groups offer.target_groups"),
    ways=find_ways,
    changes={
        "offer.target_groups": Words(
            en="The donor would have to take in one more group of people: {added:target_group}.",
            be="Донар мусіў бы дадаць яшчэ адну групу людзей: {added:target_group}.",
            ru="Донору нужно было бы добавить ещё одну группу людей: {added:target_group}.",
        ),
    },
    sentences={
        "met": Words(
            en="The offer is meant for the people who will be helped: {shared:target_group}.",
            be="Прапанова прызначаная якраз для тых, хто атрымае дапамогу: {shared:target_group}.",
            ru="Предложение предназначено как раз для тех, кто получит помощь:"
            " {shared:target_group}.",
        ),
        "met.any": Words(
            en="The offer is not limited to certain groups of people.",
            be="Прапанова не абмежаваная пэўнымі групамі людзей.",
            ru="Предложение не ограничено определёнными группами людей.",
        ),
        "not_met": Words(
            en="The offer is meant for others: {wanted:target_group}."
            " Here the help is for: {helped:target_group}.",
            be="Прапанова прызначаная для іншых: {wanted:target_group}."
            " Тут дапамогу атрымаюць: {helped:target_group}.",
            ru="Предложение предназначено для других: {wanted:target_group}."
            " Здесь помощь получат: {helped:target_group}.",
        ),
        "needs_information": Words(
            en="The offer is meant for certain people ({wanted:target_group}); the need does not"
            " say whom it helps.",
            be="Прапанова прызначаная для пэўных людзей ({wanted:target_group}), а хто атрымае"
            " дапамогу, не сказана.",
            ru="Предложение предназначено для определённых людей ({wanted:target_group}), а кто"
            " получит помощь, не сказано.",
        ),
    },
    remedies={
        "not_met": Words(
            en="The donor would have to take in one of these: {helped:target_group}.",
            be="Донар мусіў бы дадаць адну з гэтых груп: {helped:target_group}.",
            ru="Донору нужно было бы добавить одну из этих групп: {helped:target_group}.",
        ),
    },
    questions={
        "needs_information": Question(
            Party.ORGANISATION,
            Words(
                en="Whom will this help reach?",
                be="Каму дапаможа тое, пра што вы просіце?",
                ru="Кому поможет то, о чём вы просите?",
            ),
            answers=("need.target_groups",),
        ),
    },
)
