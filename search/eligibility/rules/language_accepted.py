"""The donor and the organisation share a language, or somebody interprets."""

from collections.abc import Iterator

from search.codes import Instrument, Party
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.way import Way, with_also
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    spoken, wanted = pair.organisation.languages, pair.offer.languages
    shared = [language for language in spoken if language in wanted]
    if not wanted:
        return met("any")
    if not spoken:
        return unknown("languages", wanted=wanted)
    if shared:
        return met(shared=shared)
    if pair.offer.instrument == Instrument.SERVICE:
        return not_met(spoken=spoken, wanted=wanted)
    return unknown("interpreter", spoken=spoken, wanted=wanted)


def find_ways(pair: Pair) -> Iterator[Way]:
    """Speak one more language; where people could interpret, that is the organisation's answer."""
    spoken, wanted = pair.organisation.languages, pair.offer.languages
    if spoken and pair.offer.instrument == Instrument.SERVICE:
        yield from (Way("offer.languages", with_also(wanted, each)) for each in spoken)
    else:
        yield Way("organisation.languages", with_also(spoken, wanted[0]))


RULE = Rule(
    code="language_accepted",
    label=Words(en="There is a common language", be="Ёсць агульная мова", ru="Есть общий язык"),
    protects=Party.DONOR,
    reads=facts("organisation.languages offer.languages offer.instrument"),
    shape=Shape.MEMBERSHIP,
    reference=Words(
        en="People work in Belarusian and Russian, donors mostly in English.",
        be="Людзі працуюць па-беларуску і па-руску, донары пераважна па-англійску.",
        ru="Люди работают по-белорусски и по-русски, доноры в основном по-английски.",
    ),
    optional=True,
    check=check,
    changeable=facts("organisation.languages offer.languages"),
    ways=find_ways,
    changes={
        "offer.languages": Words(
            en="The donor would have to give the service in one more language: {added:language}.",
            be="Донар мусіў бы аказваць паслугу яшчэ на адной мове: {added:language}.",
            ru="Донору нужно было бы оказывать услугу ещё на одном языке: {added:language}.",
        ),
    },
    sentences={
        "met": Words(
            en="Both use this language: {shared:language}.",
            be="Агульная мова: {shared:language}.",
            ru="Общий язык: {shared:language}.",
        ),
        "met.any": Words(
            en="The offer asks for no certain language.",
            be="Прапанова не патрабуе пэўнай мовы.",
            ru="Предложение не требует определённого языка.",
        ),
        "not_met": Words(
            en="The service is given in other languages ({wanted:language}) than the organisation"
            " uses ({spoken:language}).",
            be="Паслуга даецца на іншых мовах ({wanted:language}), а не на мовах арганізацыі"
            " ({spoken:language}).",
            ru="Услуга оказывается на других языках ({wanted:language}), а не на языках"
            " организации ({spoken:language}).",
        ),
        "needs_information.languages": Words(
            en="The offer is in certain languages ({wanted:language}); it is not known which ones"
            " the organisation uses.",
            be="Прапанова — на пэўных мовах ({wanted:language}), а якімі карыстаецца"
            " арганізацыя, невядома.",
            ru="Предложение — на определённых языках ({wanted:language}), а какими"
            " пользуется организация, неизвестно.",
        ),
        "needs_information.interpreter": Words(
            en="The donor uses other languages ({wanted:language}) than the organisation"
            " ({spoken:language}), so somebody would have to interpret.",
            be="Мовы донара ({wanted:language}) і арганізацыі ({spoken:language}) не супадаюць,"
            " таму нехта мусіў бы перакладаць.",
            ru="Языки донора ({wanted:language}) и организации ({spoken:language}) не совпадают,"
            " поэтому кому-то нужно было бы переводить.",
        ),
    },
    remedies={
        "not_met": Words(
            en="The donor would have to give the service in one of these languages:"
            " {spoken:language}.",
            be="Донар мусіў бы даць паслугу на адной з гэтых моў: {spoken:language}.",
            ru="Донору нужно было бы оказать услугу на одном из этих языков: {spoken:language}.",
        ),
    },
    questions={
        "needs_information.languages": Question(
            Party.ORGANISATION,
            Words(
                en="In which languages can you write and talk with a donor?",
                be="На якіх мовах вы можаце пісаць і размаўляць з донарам?",
                ru="На каких языках вы можете писать и разговаривать с донором?",
            ),
            answers=("organisation.languages",),
        ),
        "needs_information.interpreter": Question(
            Party.ORGANISATION,
            Words(
                en="Who could interpret for you, and into which languages?",
                be="Хто мог бы для вас перакладаць і на якія мовы?",
                ru="Кто мог бы для вас переводить и на какие языки?",
            ),
        ),
    },
)
