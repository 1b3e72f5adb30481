"""The organisation does not decline help from this kind of donor."""

from collections.abc import Iterator

from search.codes import DonorKind, Party
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.way import Way, without
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    kind, declined = pair.offer.donor_kind, pair.organisation.declines_donor_kinds
    if not declined:
        return met()
    if kind is None:
        return unknown()
    return not_met(kind=kind) if kind in declined else met()


def find_ways(pair: Pair) -> Iterator[Way]:
    """Only the organisation itself can accept a kind of donor that it declines."""
    kind, declined = pair.offer.donor_kind, pair.organisation.declines_donor_kinds
    if kind is not None:
        yield Way("organisation.declines_donor_kinds", without(declined, kind))
    else:
        yield from (Way("offer.donor_kind", each) for each in DonorKind if each not in declined)


RULE = Rule(
    code="donor_accepted",
    label=Words(
        en="The organisation accepts this kind of donor",
        be="Арганізацыя прымае такіх донараў",
        ru="Организация принимает таких доноров",
    ),
    protects=Party.ORGANISATION,
    reads=facts("offer.donor_kind organisation.declines_donor_kinds"),
    shape=Shape.MEMBERSHIP,
    reference=Words(
        en="Some money endangers those who take it; an organisation may say no beforehand.",
        be="Некаторыя грошы небяспечныя для тых, хто іх бярэ; арганізацыя можа адмовіцца загадзя.",
        ru="Некоторые деньги опасны для тех, кто их берёт; организация может отказаться заранее.",
    ),
    check=check,
    changeable=facts("offer.donor_kind organisation.declines_donor_kinds"),
    ways=find_ways,
    sentences={
        "met": Words(
            en="The organisation does not decline this kind of donor.",
            be="Арганізацыя не адмаўляецца ад такіх донараў.",
            ru="Организация не отказывается от таких доноров.",
        ),
        "not_met": Words(
            en="The organisation declines help from this kind of donor: {kind:donor_kind}.",
            be="Арганізацыя адмаўляецца ад дапамогі такіх донараў: {kind:donor_kind}.",
            ru="Организация отказывается от помощи таких доноров: {kind:donor_kind}.",
        ),
        "needs_information": Words(
            en="The organisation declines some kinds of donors, and it is not known of which kind"
            " this one is.",
            be="Ад некаторых донараў арганізацыя адмаўляецца, а да якога тыпу належыць гэты,"
            " невядома.",
            ru="От некоторых доноров организация отказывается, а к какому типу относится этот,"
            " неизвестно.",
        ),
    },
    remedies={
        "not_met": Words(
            en="Only the organisation itself can accept donors of this kind: {kind:donor_kind}.",
            be="Прыняць такіх донараў можа толькі сама арганізацыя: {kind:donor_kind}.",
            ru="Принять таких доноров может только сама организация: {kind:donor_kind}.",
        ),
    },
    questions={
        "needs_information": Question(
            Party.DONOR,
            Words(
                en="What kind of donor are you?",
                be="Да якога тыпу донараў вы належыце?",
                ru="К какому типу доноров вы относитесь?",
            ),
            answers=("donor.donor_kind",),
        ),
    },
)
