"""The donor asks for no more reporting than the organisation can give."""

from collections.abc import Iterator

from search.codes import REPORTING_ORDER, Party, Reporting
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Question, Rule, Shape, facts, met, not_met, unknown
from search.eligibility.way import Way
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    required, accepted = pair.offer.reporting_required, pair.need.reporting_accepted
    if required is None or required == Reporting.NONE:
        return met("none")
    if accepted is None:
        return unknown(required=required)
    fits = REPORTING_ORDER.index(required) <= REPORTING_ORDER.index(accepted)
    return (met if fits else not_met)(required=required, accepted=accepted)


def find_ways(pair: Pair) -> Iterator[Way]:
    accepted = pair.need.reporting_accepted
    if accepted is None:
        yield Way("need.reporting_accepted", pair.offer.reporting_required)
    else:
        yield Way("offer.reporting_required", accepted)


RULE = Rule(
    code="reporting_compatible",
    label=Words(
        en="The reporting can be done",
        be="Такая справаздачнасць магчымая",
        ru="Такая отчётность возможна",
    ),
    protects=Party.ORGANISATION,
    reads=facts("offer.reporting_required need.reporting_accepted"),
    shape=Shape.ORDER,
    reference=Words(
        en="Reports should be light, late, and never name people.",
        be="Справаздачы маюць быць простыя, нескорыя і без імёнаў.",
        ru="Отчёты должны быть простыми, нескорыми и без имён.",
    ),
    check=check,
    changeable=facts("need.reporting_accepted offer.reporting_required"),
    ways=find_ways,
    sentences={
        "met": Words(
            en="The donor asks for this reporting: {required:reporting}. The most that the"
            " organisation can do: {accepted:reporting}.",
            be="Донар просіць такую справаздачнасць: {required:reporting}. Найбольшае, што"
            " можа арганізацыя: {accepted:reporting}.",
            ru="Донор просит такую отчётность: {required:reporting}. Самое большее, что"
            " может организация: {accepted:reporting}.",
        ),
        "met.none": Words(
            en="The donor asks for no report.",
            be="Донар не просіць справаздачы.",
            ru="Донор не просит отчёта.",
        ),
        "not_met": Words(
            en="The donor asks for more reporting ({required:reporting}) than the organisation can"
            " do ({accepted:reporting}).",
            be="Донар просіць большую справаздачнасць ({required:reporting}), чым можа даць"
            " арганізацыя ({accepted:reporting}).",
            ru="Донор просит большую отчётность ({required:reporting}), чем может дать организация"
            " ({accepted:reporting}).",
        ),
        "needs_information": Words(
            en="The donor asks for this reporting: {required:reporting}. It is not known whether"
            " the organisation can do it.",
            be="Донар просіць такую справаздачнасць: {required:reporting}. Невядома, ці можа яе"
            " даць арганізацыя.",
            ru="Донор просит такую отчётность: {required:reporting}. Неизвестно, может ли её дать"
            " организация.",
        ),
    },
    remedies={
        "not_met": Words(
            en="The donor would have to ask for no more than this: {accepted:reporting}.",
            be="Донар мусіў бы прасіць не больш за гэта: {accepted:reporting}.",
            ru="Донору нужно было бы просить не больше этого: {accepted:reporting}.",
        ),
    },
    questions={
        "needs_information": Question(
            Party.ORGANISATION,
            Words(
                en="How much reporting can you do?",
                be="Якую справаздачу вы можаце даць?",
                ru="Какой отчёт вы можете дать?",
            ),
            answers=("need.reporting_accepted",),
        ),
    },
)
