"""The donor accepts one of the legal statuses that the organisation has."""

from collections.abc import Iterator

from search.codes import Party
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Rule, Shape, facts, met, not_met
from search.eligibility.way import Way, with_also
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    statuses, accepted = pair.organisation.legal_statuses, pair.offer.legal_statuses
    shared = [status for status in statuses if status in accepted]
    if not accepted:
        return met("any")
    return met(shared=shared) if shared else not_met(statuses=statuses, accepted=accepted)


def find_ways(pair: Pair) -> Iterator[Way]:
    """Nobody is asked to have other papers: the donor would have to accept one of those held."""
    for status in pair.organisation.legal_statuses:
        yield Way("offer.legal_statuses", with_also(pair.offer.legal_statuses, status))


RULE = Rule(
    code="legal_status_accepted",
    label=Words(
        en="The legal status is accepted",
        be="Юрыдычны статус падыходзіць",
        ru="Юридический статус подходит",
    ),
    protects=Party.DONOR,
    reads=facts("organisation.legal_statuses offer.legal_statuses"),
    shape=Shape.MEMBERSHIP,
    reference=Words(
        en="An organisation without papers is the normal case; several statuses can hold.",
        be="Арганізацыя без дакументаў — звычайны выпадак; статусаў можа быць некалькі.",
        ru="Организация без документов — обычный случай; статусов может быть несколько.",
    ),
    check=check,
    changeable=facts("offer.legal_statuses"),
    ways=find_ways,
    changes={
        "offer.legal_statuses": Words(
            en="The donor would have to accept one more legal status: {added:legal_status}.",
            be="Донар мусіў бы прымаць яшчэ адзін юрыдычны статус: {added:legal_status}.",
            ru="Донору нужно было бы принимать ещё один юридический статус: {added:legal_status}.",
        ),
    },
    sentences={
        "met": Words(
            en="The donor accepts this legal status: {shared:legal_status}.",
            be="Донар прымае такі юрыдычны статус: {shared:legal_status}.",
            ru="Донор принимает такой юридический статус: {shared:legal_status}.",
        ),
        "met.any": Words(
            en="The donor accepts every legal status, and none at all.",
            be="Донар прымае любы юрыдычны статус, у тым ліку яго адсутнасць.",
            ru="Донор принимает любой юридический статус, в том числе его отсутствие.",
        ),
        "not_met": Words(
            en="The donor accepts other legal statuses: {accepted:legal_status}."
            " The organisation has: {statuses:legal_status}.",
            be="Донар прымае іншыя юрыдычныя статусы: {accepted:legal_status}."
            " У арганізацыі: {statuses:legal_status}.",
            ru="Донор принимает другие юридические статусы: {accepted:legal_status}."
            " У организации: {statuses:legal_status}.",
        ),
    },
    remedies={
        "not_met": Words(
            en="A fiscal sponsor or a host could help, or the donor would have to accept one of"
            " these: {statuses:legal_status}.",
            be="Мог бы дапамагчы фіскальны спонсар або іншая арганізацыя, якая возьме пад сваё"
            " крыло; ці донар мусіў бы прыняць адзін з гэтых статусаў: {statuses:legal_status}.",
            ru="Мог бы помочь фискальный спонсор или другая организация, которая возьмёт под своё"
            " крыло; либо донору нужно было бы принять один из этих статусов:"
            " {statuses:legal_status}.",
        ),
    },
)
