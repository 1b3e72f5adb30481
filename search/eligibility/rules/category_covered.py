"""The offer takes the category of the need, or the part of a group that its breakdown names."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from search.codes import Outcome, Party, group_of, is_group, items_of
from search.eligibility.award import asked_amount
from search.eligibility.compiled import ByKeys
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Pair, Settings
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.taxonomy import (
    bits_asked,
    bits_named,
    bits_taken,
    is_met_in_part,
    judge_category,
    taken_items,
    takes,
)
from search.eligibility.way import Way, with_also, without
from search.eligibility.words import Words
from search.money import Amount


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


def items_asked(
    need: NeedFacts, _organisation: OrganisationFacts, _settings: Settings
) -> tuple[int, int, int]:
    return bits_asked(need.category), bits_named(need), bool(need.breakdown)


def items_taken(offer: OfferFacts) -> tuple[int]:
    return (bits_taken(offer),)


def decide(asked: Any, given: Any, _on: int) -> tuple[Any, Any]:
    """Compare items as bits of a number, as `check` compares one pair's."""
    (items, named, is_broken_down), [taken] = asked, given
    is_partial = (items & taken != 0) & (items & taken != items)
    fails = (items & taken == 0) | (is_partial & (is_broken_down == 1) & (named & taken == 0))
    return fails, is_partial & (is_broken_down == 0)


def find_ways(pair: Pair) -> Iterator[Way]:
    """Take in the whole category or one of its items; or need something of what is taken."""
    category = pair.need.category
    for wanted in dict.fromkeys((items_of(category), *_single_items(pair))):
        yield from _take_in(pair, wanted)
    taken = taken_items(pair.offer, category)
    if taken and is_group(category):
        amount = _amount_needed(pair)
        breakdown = {**pair.need.breakdown, taken[0]: amount}
        said = {"item": taken[0], "amount": amount.to_record()}
        yield Way("need.breakdown", breakdown, values=said)


def _single_items(pair: Pair) -> Iterator[tuple[str]]:
    """Yield items that would do: those that the breakdown names, and the one nearest to taken."""
    items = items_of(pair.need.category)
    yield from ((item,) for item in items if item in pair.need.breakdown)
    yield (min(items, key=lambda item: len(list(_take_in(pair, (item,))))),)


def _take_in(pair: Pair, wanted: tuple[str, ...]) -> Iterator[Way]:
    """Exclude the items no longer, and name them where the offer names what it takes."""
    offer, group = pair.offer, group_of(pair.need.category)
    said = {"items": [group] if wanted == items_of(group) else list(wanted)}
    if {group, *wanted} & set(offer.excluded_categories):
        kept = items_of(group) if group in offer.excluded_categories else ()
        left = without((*offer.excluded_categories, *kept), group, *wanted)
        yield Way("offer.excluded_categories", tuple(dict.fromkeys(left)), values=said)
    named = replace(offer, excluded_categories=())
    if not all(takes(named, item) for item in wanted):
        yield Way("offer.categories", with_also(offer.categories, *said["items"]), values=said)


def _amount_needed(pair: Pair) -> Amount:
    """Return what the need asks for in the offer's measure, at least a cent of it."""
    asked = asked_amount(pair, whole=True) or 0
    unit = pair.need.amount_requested if pair.pays_money else pair.need.quantity
    return replace(unit or pair.offer.budget, hundredths=max(1, asked))


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
    changeable=facts("need.breakdown offer.categories offer.excluded_categories"),
    ways=find_ways,
    changes={
        "offer.categories": Words(
            en="The donor would have to take in one thing more: {items:category}.",
            be="Донар мусіў бы дадаць у прапанову яшчэ адно: {items:category}.",
            ru="Донору нужно было бы включить в предложение ещё одно: {items:category}.",
        ),
        "offer.excluded_categories": Words(
            en="The donor would have to exclude this no longer: {items:category}.",
            be="Донар мусіў бы больш не выключаць гэта: {items:category}.",
            ru="Донору нужно было бы больше не исключать это: {items:category}.",
        ),
        "need.breakdown": Words(
            en="The organisation would have to need something of “{item:category}”:"
            " {amount:amount}.",
            be="Арганізацыі мусіла б быць патрэбна і гэта: «{item:category}», {amount:amount}.",
            ru="Организации должно было бы быть нужно и это: «{item:category}», {amount:amount}.",
        ),
    },
    compiled=ByKeys(items_asked, items_taken, decide),
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
                en="How much of this need goes to each of its parts?",
                be="Колькі з гэтай патрэбы прыпадае на кожную яе частку?",
                ru="Сколько из этой потребности приходится на каждую её часть?",
            ),
            answers=("need.breakdown",),
        ),
    },
)
