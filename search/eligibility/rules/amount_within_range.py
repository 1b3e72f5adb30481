"""An award exists that is of use to the need and that the offer can give."""

from search.codes import Party
from search.eligibility.award import AwardRange, as_offered, currency_of, measure_award
from search.eligibility.award_ways import find_award_ways
from search.eligibility.compiled import ByAwards
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.words import Words
from search.money import Amount, find_rate


def check(pair: Pair) -> Finding:
    if not pair.instrument_fits:
        return not_met("instrument")
    award = measure_award(pair)
    obstacle = find_shortage(pair, award) or find_excess(pair, award)
    return obstacle or find_gap(pair, award) or find_award(pair, award)


def _offered(pair: Pair, **hundredths: int) -> dict[str, Amount]:
    return {name: as_offered(pair, each) for name, each in hundredths.items()}


def find_shortage(pair: Pair, award: AwardRange) -> Finding | None:
    """Find why the offer cannot give enough, whatever is asked for."""
    least, minimum, highest = award.least, award.minimum or 0, award.highest
    if highest <= 0:
        return not_met("nothing_left")
    if least > highest:
        return not_met("offer_closed", **_offered(pair, least=least, highest=highest))
    if minimum > highest:
        return not_met("too_little", **_offered(pair, minimum=minimum, highest=highest))
    return None


def find_excess(pair: Pair, award: AwardRange) -> Finding | None:
    """Find why too little is asked for, as far as the ask is known."""
    least, minimum, asked = award.least, award.minimum or 0, award.asked
    if asked is None:
        return None
    if asked <= 0:
        return not_met("nothing_asked")
    if least > asked:
        return not_met("too_large", **_offered(pair, least=least, asked=asked))
    if minimum > asked:
        return not_met("minimum_above_ask", **_offered(pair, minimum=minimum, asked=asked))
    return None


def find_gap(pair: Pair, award: AwardRange) -> Finding | None:
    """Find what has to be known before the offer can be said to be enough."""
    if award.lacks_rate:
        return find_missing_rate(pair)
    if award.asked is None:
        return unknown("ask", given=pair.offer.budget.measure)
    if award.minimum is None and award.asked > award.highest:
        amounts = _offered(pair, asked=award.asked, highest=award.highest)
        return unknown("minimum", **amounts)
    return None


def find_missing_rate(pair: Pair) -> Finding:
    """Find whose currency has no rate; while the offer's has none, the need's cannot help."""
    given = pair.offer.budget.denomination
    if find_rate(given, pair.on, pair.settings.entered_rates) is None:
        return unknown("no_rate_given", given=given)
    return unknown("no_rate", stated=currency_of(pair.need))


def find_award(pair: Pair, award: AwardRange) -> Finding:
    """Name the largest award that is possible (an ask is known when this is called)."""
    asked = award.asked or 0
    amounts = _offered(pair, largest=min(asked, award.highest), asked=asked)
    rates = [f"{rate.currency} {rate.per_euro} {rate.day} {rate.source}" for rate in award.rates]
    return met("whole" if asked <= award.highest else "", **amounts, rates=rates)


RULE = Rule(
    code="amount_within_range",
    label=Words(en="The amount fits", be="Сума падыходзіць", ru="Сумма подходит"),
    protects=Party.BOTH,
    reads=facts(
        "need.category need.breakdown need.amount_requested need.quantity need.asks_for"
        " need.minimum_useful need.funded_amount need.months_covered offer.budget"
        " offer.budget_left offer.min_award offer.max_award offer.category_caps offer.categories"
        " offer.excluded_categories offer.max_months on settings.entered_rates"
    ),
    shape=Shape.RANGE,
    reference=Words(
        en="Amounts are compared at the European Central Bank's reference rate of the day.",
        be="Сумы параўноўваюцца па курсе Еўрапейскага цэнтральнага банка на гэты дзень.",
        ru="Суммы сравниваются по курсу Европейского центрального банка на этот день.",
    ),
    check=check,
    # The budget's amount too; but what other rules read of it is its measure, which stays.
    changeable=facts(
        "need.amount_requested need.quantity need.breakdown need.minimum_useful offer.budget_left"
        " offer.min_award offer.max_award offer.category_caps offer.max_months"
    ),
    ways=find_award_ways,
    changes={
        "offer.max_award": Words(
            en="The donor would have to raise its largest award from {was:amount} to {to:amount}.",
            be="Донар мусіў бы павялічыць найбольшую дапамогу: не {was:amount}, а {to:amount}.",
            ru="Донору нужно было бы увеличить наибольшую помощь: не {was:amount}, а {to:amount}.",
        ),
        "offer.min_award": Words(
            en="The donor would have to lower its smallest award from {was:amount} to {to:amount}.",
            be="Донар мусіў бы зменшыць найменшую дапамогу: не {was:amount}, а {to:amount}.",
            ru="Донору нужно было бы уменьшить наименьшую помощь: не {was:amount}, а {to:amount}.",
        ),
        "offer.budget_left": Words(
            en="The donor would have to add {more:amount} to the budget, so that {to:amount} are"
            " left.",
            be="Донар мусіў бы дадаць у бюджэт {more:amount}, каб засталося {to:amount}.",
            ru="Донору нужно было бы добавить в бюджет {more:amount}, чтобы осталось {to:amount}.",
        ),
        "offer.budget": Words(
            en="The donor would have to raise the budget from {was:amount} to {to:amount}.",
            be="Донар мусіў бы павялічыць бюджэт: не {was:amount}, а {to:amount}.",
            ru="Донору нужно было бы увеличить бюджет: не {was:amount}, а {to:amount}.",
        ),
        "offer.category_caps": Words(
            en="The donor would have to raise the share for “{category:category}” to"
            " {share:percent} of the budget.",
            be="Донар мусіў бы павялічыць долю на «{category:category}» да {share:percent}"
            " бюджэту.",
            ru="Донору нужно было бы увеличить долю на «{category:category}» до {share:percent}"
            " бюджета.",
        ),
        "offer.category_caps.dropped": Words(
            en="The donor would have to limit the share for “{category:category}” no longer.",
            be="Донар мусіў бы больш не абмяжоўваць долю на «{category:category}».",
            ru="Донору нужно было бы больше не ограничивать долю на «{category:category}».",
        ),
        "offer.max_months": Words(
            en="The donor would have to pay for a longer time: at least {to:months}.",
            be="Донар мусіў бы аплачваць больш часу, прынамсі {to:months}.",
            ru="Донору нужно было бы оплачивать больше времени, не меньше чем {to:months}.",
        ),
        "need.minimum_useful": Words(
            en="The organisation would have to be helped by {to:amount} too.",
            be="Арганізацыі мусіла б дапамагчы і такая сума: {to:amount}.",
            ru="Организации должна была бы помочь и такая сумма: {to:amount}.",
        ),
        "need.amount_requested": Words(
            en="The organisation would have to ask for {to:amount} or more.",
            be="Арганізацыя мусіла б папрасіць не менш за {to:amount}.",
            ru="Организации нужно было бы попросить не менее {to:amount}.",
        ),
        "need.quantity": Words(
            en="The organisation would have to ask for {to:amount} or more.",
            be="Арганізацыя мусіла б папрасіць не менш: {to:amount}.",
            ru="Организации нужно было бы попросить не меньше: {to:amount}.",
        ),
        "need.breakdown": Words(
            en="The organisation would have to need at least this much of “{item:category}”:"
            " {amount:amount}.",
            be="Арганізацыі мусіла б быць патрэбна не менш: «{item:category}», {amount:amount}.",
            ru="Организации должно было бы быть нужно не меньше: «{item:category}»,"
            " {amount:amount}.",
        ),
    },
    compiled=ByAwards(),
    sentences={
        "met": Words(
            en="The offer can give up to {largest:amount} of the {asked:amount} that are asked for"
            ", and that is of use.",
            be="Прапанова можа даць да {largest:amount} (просяць {asked:amount}), і гэта будзе"
            " карысна.",
            ru="Предложение может дать до {largest:amount} (просят {asked:amount}), и это будет"
            " полезно.",
        ),
        "met.whole": Words(
            en="The offer can give all that is asked for: {largest:amount}.",
            be="Прапанова можа даць усё, пра што просяць: {largest:amount}.",
            ru="Предложение может дать всё, о чём просят: {largest:amount}.",
        ),
        "not_met.instrument": Words(
            en="No amount fits, because the offer does not give the kind of help that the need"
            " asks for.",
            be="Ніякая сума не падыдзе: прапанова дае не той від дапамогі, які патрэбны.",
            ru="Никакая сумма не подойдёт: предложение даёт не тот вид помощи, который нужен.",
        ),
        "not_met.nothing_left": Words(
            en="The offer has nothing left to give to this need.",
            be="У прапанове нічога не засталося для гэтай патрэбы.",
            ru="В предложении ничего не осталось для этой потребности.",
        ),
        "not_met.nothing_asked": Words(
            en="Nothing more is asked for, once earlier awards are counted.",
            be="З улікам ранейшай дапамогі больш нічога не просяць.",
            ru="С учётом прежней помощи больше ничего не просят.",
        ),
        "not_met.offer_closed": Words(
            en="The smallest award is {least:amount}, and the offer can give at most"
            " {highest:amount} here.",
            be="Найменшая дапамога складае {least:amount}, а тут прапанова можа даць не больш за"
            " {highest:amount}.",
            ru="Наименьшая помощь составляет {least:amount}, а здесь предложение может дать не"
            " более {highest:amount}.",
        ),
        "not_met.too_little": Words(
            en="Less than {minimum:amount} does not help, and the offer can give at most"
            " {highest:amount}.",
            be="Менш за {minimum:amount} не дапаможа, а прапанова можа даць не больш за"
            " {highest:amount}.",
            ru="Менее {minimum:amount} не поможет, а предложение может дать не более"
            " {highest:amount}.",
        ),
        "not_met.too_large": Words(
            en="The smallest award is {least:amount}, and only {asked:amount} is asked for.",
            be="Найменшая дапамога складае {least:amount}, а просяць толькі {asked:amount}.",
            ru="Наименьшая помощь составляет {least:amount}, а просят только {asked:amount}.",
        ),
        "not_met.minimum_above_ask": Words(
            en="Less than {minimum:amount} does not help, and only {asked:amount} is asked for.",
            be="Менш за {minimum:amount} не дапаможа, а просяць толькі {asked:amount}.",
            ru="Менее {minimum:amount} не поможет, а просят только {asked:amount}.",
        ),
        "needs_information.no_rate": Words(
            en="The amounts cannot be compared: there is no exchange rate between the currency of"
            " the need ({stated:currency}) and that of the offer.",
            be="Сумы нельга параўнаць: няма абменнага курсу паміж валютай патрэбы"
            " ({stated:currency}) і валютай прапановы.",
            ru="Суммы нельзя сравнить: нет обменного курса между валютой потребности"
            " ({stated:currency}) и валютой предложения.",
        ),
        "needs_information.no_rate_given": Words(
            en="The amounts cannot be compared: there is no exchange rate for the currency of the"
            " offer ({given:currency}).",
            be="Сумы нельга параўнаць: няма абменнага курсу для валюты прапановы"
            " ({given:currency}).",
            ru="Суммы нельзя сравнить: нет обменного курса для валюты предложения"
            " ({given:currency}).",
        ),
        "needs_information.ask": Words(
            en="It is not known how much is asked for of what the offer gives ({given:measure}).",
            be="Невядома, колькі просяць таго, што дае прапанова ({given:measure}).",
            ru="Неизвестно, сколько просят того, что даёт предложение ({given:measure}).",
        ),
        "needs_information.minimum": Words(
            en="The offer can give at most {highest:amount} of the {asked:amount} that are asked"
            " for. It is not known whether so much is of use.",
            be="Прапанова можа даць не больш за {highest:amount} (просяць {asked:amount})."
            " Невядома, ці будзе столькі карысна.",
            ru="Предложение может дать не более {highest:amount} (просят {asked:amount})."
            " Неизвестно, будет ли столько полезно.",
        ),
    },
    remedies={
        "not_met.instrument": Words(
            en="The kind of help would have to fit first.",
            be="Спачатку мусіў бы падысці від дапамогі.",
            ru="Сначала должен был бы подойти вид помощи.",
        ),
        "not_met.nothing_left": Words(
            en="The donor would have to add to the budget or raise its limit.",
            be="Донар мусіў бы павялічыць бюджэт або ліміт.",
            ru="Донору нужно было бы увеличить бюджет или лимит.",
        ),
        "not_met.nothing_asked": Words(
            en="The organisation would have to ask for more.",
            be="Арганізацыя мусіла б папрасіць больш.",
            ru="Организации нужно было бы попросить больше.",
        ),
        "not_met.offer_closed": Words(
            en="The donor would have to give smaller awards: up to {highest:amount}.",
            be="Донар мусіў бы даваць меншыя сумы: да {highest:amount}.",
            ru="Донору нужно было бы давать меньшие суммы: до {highest:amount}.",
        ),
        "not_met.too_little": Words(
            en="The donor would have to give {minimum:amount} or more.",
            be="Донар мусіў бы даць не менш за {minimum:amount}.",
            ru="Донору нужно было бы дать не менее {minimum:amount}.",
        ),
        "not_met.too_large": Words(
            en="The donor would have to give smaller awards: up to {asked:amount}.",
            be="Донар мусіў бы даваць меншыя сумы: да {asked:amount}.",
            ru="Донору нужно было бы давать меньшие суммы: до {asked:amount}.",
        ),
        "not_met.minimum_above_ask": Words(
            en="The organisation would have to correct one of the two amounts.",
            be="Арганізацыя мусіла б выправіць адну з гэтых сум.",
            ru="Организации нужно было бы исправить одну из этих сумм.",
        ),
    },
    questions={
        "needs_information.no_rate": Question(
            Party.ORGANISATION,
            Words(
                en="Please state the amount in EUR or USD.",
                be="Назавіце, калі ласка, суму ў EUR або USD.",
                ru="Назовите, пожалуйста, сумму в EUR или USD.",
            ),
            answers=("need.amount_requested", "need.minimum_useful", "need.breakdown"),
        ),
        "needs_information.no_rate_given": Question(
            Party.DONOR,
            Words(
                en="Please state the amounts of the offer in EUR or USD.",
                be="Назавіце, калі ласка, сумы прапановы ў EUR або USD.",
                ru="Назовите, пожалуйста, суммы предложения в EUR или USD.",
            ),
            answers=("offer.budget", "offer.min_award", "offer.max_award"),
        ),
        "needs_information.ask": Question(
            Party.ORGANISATION,
            Words(
                en="How much of this do you need: {given:measure}?",
                be="Колькі гэтага вам трэба: {given:measure}?",
                ru="Сколько этого вам нужно: {given:measure}?",
            ),
            answers=("need.amount_requested", "need.quantity"),
        ),
        "needs_information.minimum": Question(
            Party.ORGANISATION,
            Words(
                en="What is the smallest amount that would still help you?",
                be="Якая найменшая сума вам усё ж дапаможа?",
                ru="Какая наименьшая сумма вам всё же поможет?",
            ),
            answers=("need.minimum_useful",),
        ),
    },
)
