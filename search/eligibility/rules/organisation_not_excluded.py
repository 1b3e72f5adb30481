"""The offer does not exclude this organisation."""

from search.codes import Party
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Rule, Shape, facts, met, not_met
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    names = {pair.organisation.external_id, pair.organisation.handle}
    return not_met() if names & set(pair.offer.excluded_organisations) else met()


RULE = Rule(
    code="organisation_not_excluded",
    label=Words(
        en="The organisation is not excluded",
        be="Арганізацыя не выключаная",
        ru="Организация не исключена",
    ),
    protects=Party.DONOR,
    reads=facts("organisation.external_id organisation.handle offer.excluded_organisations"),
    shape=Shape.MEMBERSHIP,
    reference=Words(
        en="Conflicts of interest, and pseudonyms that a donor has already been shown.",
        be="Канфлікты інтарэсаў і псеўданімы, якія донару ўжо паказвалі.",
        ru="Конфликты интересов и псевдонимы, которые донору уже показывали.",
    ),
    check=check,
    sentences={
        "met": Words(
            en="The offer does not exclude this organisation.",
            be="Прапанова не выключае гэтую арганізацыю.",
            ru="Предложение не исключает эту организацию.",
        ),
        "not_met": Words(
            en="The offer excludes this organisation.",
            be="Прапанова выключае гэтую арганізацыю.",
            ru="Предложение исключает эту организацию.",
        ),
    },
    remedies={
        "not_met": Words(
            en="The donor would have to take the organisation off its list.",
            be="Донар мусіў бы прыбраць арганізацыю са свайго спісу.",
            ru="Донору нужно было бы убрать организацию из своего списка.",
        ),
    },
)
