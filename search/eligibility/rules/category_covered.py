"""The offer takes the category of the need, or the part of a group that its breakdown names."""

from search.codes import Outcome, Party, is_group
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.taxonomy import is_met_in_part, judge_category
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    category = pair.need.category
    outcome, taken = judge_category(pair.need, pair.offer)
    if outcome is Outcome.NEEDS_INFORMATION:
        return unknown(category=category, taken=taken)
    if outcome is Outcome.NOT_MET:
        return not_met("part", taken=taken) if taken else not_met(category=category)
    if is_met_in_part(pair.need, pair.offer):
        return met("part", category=category, taken=taken)
    return met("group" if is_group(category) else "", category=category)


RULE = Rule(
    code="category_covered",
    label=Words(
        en="The category is covered", be="Від патрэбы падыходзіць", ru="Вид потребности подходит"
    ),
    protects=Party.DONOR,
    reads=facts("need.category need.breakdown offer.categories offer.excluded_categories"),
    shape=Shape.COMPOSED,
    reference=Words(
        en="The taxonomy of needs: an item covers itself and what the taxonomy says.",
        be="Пералік патрэб: кожны пункт ахоплівае сябе і тое, што названа ў пераліку.",
        ru="Перечень потребностей: каждый пункт охватывает себя и то, что названо в перечне.",
    ),
    check=check,
    sentences={
        "met": Words(
            en="The offer pays for “{category:category}”.",
            be="Прапанова пакрывае «{category:category}».",
            ru="Предложение покрывает «{category:category}».",
        ),
        "met.group": Words(
            en="The offer pays for everything in “{category:category}”.",
            be="Прапанова пакрывае ўсё з групы «{category:category}».",
            ru="Предложение покрывает всё из группы «{category:category}».",
        ),
        "met.part": Words(
            en="Of “{category:category}” the offer pays for a part, and the need names it:"
            " {taken:category}.",
            be="З групы «{category:category}» прапанова пакрывае частку, і патрэба яе называе:"
            " {taken:category}.",
            ru="Из группы «{category:category}» предложение покрывает часть, и потребность её"
            " называет: {taken:category}.",
        ),
        "not_met": Words(
            en="The offer does not pay for “{category:category}”.",
            be="Прапанова не пакрывае «{category:category}».",
            ru="Предложение не покрывает «{category:category}».",
        ),
        "not_met.part": Words(
            en="The offer pays only for this: {taken:category}. The breakdown of the need asks"
            " nothing for it.",
            be="Прапанова пакрывае толькі гэта: {taken:category}. У раскладцы патрэбы на гэта"
            " нічога не прасілі.",
            ru="Предложение покрывает только это: {taken:category}. В разбивке потребности на это"
            " ничего не просили.",
        ),
        "needs_information": Words(
            en="Of “{category:category}” the offer pays for a part only: {taken:category}.",
            be="З групы «{category:category}» прапанова пакрывае толькі частку: {taken:category}.",
            ru="Из группы «{category:category}» предложение покрывает только часть:"
            " {taken:category}.",
        ),
    },
    remedies={
        "not_met": Words(
            en="The donor would have to take “{category:category}” into the offer.",
            be="Донар мусіў бы ўключыць у прапанову «{category:category}».",
            ru="Донору нужно было бы включить в предложение «{category:category}».",
        ),
        "not_met.part": Words(
            en="The organisation would have to need something of this: {taken:category}.",
            be="Падышло б, калі б арганізацыі было патрэбна нешта з гэтага: {taken:category}.",
            ru="Подошло бы, если бы организации было нужно что-то из этого: {taken:category}.",
        ),
    },
    questions={
        "needs_information": Question(
            Party.ORGANISATION,
            Words(
                en="The offer pays only for this: {taken:category}. How much of the need is that?",
                be="Прапанова пакрывае толькі гэта: {taken:category}. Якую частку патрэбы гэта"
                " складае?",
                ru="Предложение покрывает только это: {taken:category}. Какую часть потребности это"
                " составляет?",
            ),
            answers=("need.breakdown",),
        ),
    },
)
