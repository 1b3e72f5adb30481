"""The donor accepts organisations of this kind."""

from collections.abc import Iterator

from search.codes import Party
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Rule, Shape, facts, met, not_met
from search.eligibility.way import Way, with_also
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    kind, accepted = pair.organisation.kind, pair.offer.organisation_kinds
    if not accepted:
        return met("any")
    return met(kind=kind) if kind in accepted else not_met(kind=kind, accepted=accepted)


def find_ways(pair: Pair) -> Iterator[Way]:
    kind = pair.organisation.kind
    yield Way("offer.organisation_kinds", with_also(pair.offer.organisation_kinds, kind))


RULE = Rule(
    code="organisation_kind_accepted",
    label=Words(
        en="The kind of organisation is accepted",
        be="Тып арганізацыі падыходзіць",
        ru="Тип организации подходит",
    ),
    protects=Party.DONOR,
    reads=facts("organisation.kind offer.organisation_kinds"),
    shape=Shape.MEMBERSHIP,
    reference=Words(
        en="The donor's own terms.",
        be="Уласныя ўмовы донара.",
        ru="Собственные условия донора.",
    ),
    check=check,
    changeable=facts("offer.organisation_kinds"),
    ways=find_ways,
    sentences={
        "met": Words(
            en="The donor accepts this kind of organisation: {kind:organisation_kind}.",
            be="Донар прымае арганізацыі такога тыпу: {kind:organisation_kind}.",
            ru="Донор принимает организации такого типа: {kind:organisation_kind}.",
        ),
        "met.any": Words(
            en="The donor accepts every kind of organisation.",
            be="Донар прымае арганізацыі любога тыпу.",
            ru="Донор принимает организации любого типа.",
        ),
        "not_met": Words(
            en="The donor accepts other kinds of organisations: {accepted:organisation_kind}."
            " This one is of the kind: {kind:organisation_kind}.",
            be="Донар прымае арганізацыі іншага тыпу: {accepted:organisation_kind}."
            " Тып гэтай: {kind:organisation_kind}.",
            ru="Донор принимает организации другого типа: {accepted:organisation_kind}."
            " Тип этой: {kind:organisation_kind}.",
        ),
    },
    remedies={
        "not_met": Words(
            en="The donor would have to accept one more kind: {kind:organisation_kind}.",
            be="Донар мусіў бы прымаць яшчэ адзін тып: {kind:organisation_kind}.",
            ru="Донору нужно было бы принимать ещё один тип: {kind:organisation_kind}.",
        ),
    },
)
