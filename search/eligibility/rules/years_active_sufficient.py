"""The group has been at work for as many years as the donor asks, whatever its papers."""

from collections.abc import Iterator

from search.codes import Party
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.way import Way
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    since, least = pair.organisation.active_since, pair.offer.min_years_active
    if not least:
        return met("any")
    if since is None:
        return unknown(least=least)
    years = pair.on.year - since
    return (met if years >= least else not_met)(years=max(0, years), least=least)


def find_ways(pair: Pair) -> Iterator[Way]:
    since, least = pair.organisation.active_since, pair.offer.min_years_active or 0
    if since is None:
        yield Way("organisation.active_since", pair.on.year - least)
    else:
        yield Way("offer.min_years_active", max(0, pair.on.year - since))


RULE = Rule(
    code="years_active_sufficient",
    label=Words(
        en="The group has been active long enough",
        be="Група дзейнічае дастаткова доўга",
        ru="Группа действует достаточно долго",
    ),
    protects=Party.DONOR,
    reads=facts("organisation.active_since offer.min_years_active on"),
    shape=Shape.RANGE,
    reference=Words(
        en="Counted is the year in which the group began to work, not that of its papers.",
        be="Лічыцца год, калі група пачала працаваць, а не год яе дакументаў.",
        ru="Считается год, когда группа начала работать, а не год её документов.",
    ),
    optional=True,
    check=check,
    changeable=facts("organisation.active_since offer.min_years_active"),
    ways=find_ways,
    sentences={
        "met": Words(
            en="The group has been active for {years:years}; the donor asks for {least:years}.",
            be="Група дзейнічае {years:years}; мінімум, які просіць донар: {least:years}.",
            ru="Группа действует {years:years}; минимум, который просит донор: {least:years}.",
        ),
        "met.any": Words(
            en="The donor does not ask how long the group has been active.",
            be="Донару няважна, як доўга дзейнічае група.",
            ru="Донору неважно, как долго действует группа.",
        ),
        "not_met": Words(
            en="The group has been active for {years:years} only; the donor asks for"
            " {least:years}.",
            be="Група дзейнічае толькі {years:years}; мінімум, які просіць донар: {least:years}.",
            ru="Группа действует только {years:years}; минимум, который просит донор:"
            " {least:years}.",
        ),
        "needs_information": Words(
            en="The donor asks for {least:years} of activity; it is not known since when the group"
            " has been active.",
            be="Донар патрабуе досведу (мінімум: {least:years}). Невядома, з якога года"
            " дзейнічае група.",
            ru="Донор требует опыта (минимум: {least:years}). Неизвестно, с какого года"
            " действует группа.",
        ),
    },
    remedies={
        "not_met": Words(
            en="The donor would have to accept younger groups: {years:years}.",
            be="Донар мусіў бы прымаць маладзейшыя групы: {years:years}.",
            ru="Донору нужно было бы принимать более молодые группы: {years:years}.",
        ),
    },
    questions={
        "needs_information": Question(
            Party.ORGANISATION,
            Words(
                en="In which year did your group begin to work, with papers or without?",
                be="У якім годзе ваша група пачала працаваць, з дакументамі ці без?",
                ru="В каком году ваша группа начала работать, с документами или без?",
            ),
            answers=("organisation.active_since",),
        ),
    },
)
