"""The offer does not exclude this organisation."""

from collections.abc import Iterator
from dataclasses import replace

from search.codes import Party
from search.eligibility.compiled import ByKeys, Names
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Rule, Shape, facts, met, not_met
from search.eligibility.way import Way, without
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    names = {pair.organisation.external_id, pair.organisation.handle}
    return not_met() if names & set(pair.offer.excluded_organisations) else met()


def names_of(_need: NeedFacts, organisation: OrganisationFacts) -> list[str]:
    return [each for each in (organisation.external_id, organisation.handle) if each is not None]


def exclude_nobody(offer: OfferFacts) -> OfferFacts:
    return replace(offer, excluded_organisations=())


def find_ways(pair: Pair) -> Iterator[Way]:
    names = (pair.organisation.external_id, pair.organisation.handle)
    kept = without(pair.offer.excluded_organisations, *names)
    yield Way("offer.excluded_organisations", kept)


COMPILED = ByKeys(
    asking=lambda _need, _organisation, _settings: (),
    giving=lambda _offer: (),
    names=Names(names_of, lambda offer: offer.excluded_organisations, exclude_nobody),
)


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
    changeable=facts("offer.excluded_organisations"),
    ways=find_ways,
    compiled=COMPILED,
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
