"""An offer takes requests while it is open, on the closing day too."""

from collections.abc import Iterator

from search.codes import OfferStatus, Party
from search.eligibility.pair import Pair
from search.eligibility.rule import Finding, Rule, Shape, facts, met, not_met
from search.eligibility.way import Way
from search.eligibility.words import Words


def check(pair: Pair) -> Finding:
    offer = pair.offer
    if offer.status != OfferStatus.OPEN:
        return not_met("status")
    if offer.opens_on and pair.on < offer.opens_on:
        return not_met("not_yet", opens_on=offer.opens_on)
    if offer.closes_on and pair.on > offer.closes_on:
        return not_met("closed", closes_on=offer.closes_on)
    return met(on=pair.on)


def find_ways(pair: Pair) -> Iterator[Way]:
    offer = pair.offer
    if offer.status != OfferStatus.OPEN:
        yield Way("offer.status", OfferStatus.OPEN)
    if offer.opens_on and pair.on < offer.opens_on:
        yield Way("offer.opens_on", pair.on)
    if offer.closes_on and pair.on > offer.closes_on:
        yield Way("offer.closes_on", pair.on)


RULE = Rule(
    code="offer_open",
    label=Words(en="The offer is open", be="Прапанова адкрытая", ru="Предложение открыто"),
    protects=Party.BOTH,
    reads=facts("offer.status offer.opens_on offer.closes_on on"),
    shape=Shape.RANGE,
    reference=Words(
        en="The donor's own dates; a closing day belongs to the days that are open.",
        be="Тэрміны донара; апошні дзень таксама адкрыты.",
        ru="Сроки донора; последний день тоже открыт.",
    ),
    check=check,
    changeable=facts("offer.status offer.opens_on offer.closes_on"),
    ways=find_ways,
    changes={
        "offer.status": Words(
            en="The donor would have to open the offer.",
            be="Донар мусіў бы адкрыць прапанову.",
            ru="Донору нужно было бы открыть предложение.",
        ),
        "offer.opens_on": Words(
            en="The donor would have to open the offer earlier: on {to:day} instead of {was:day}.",
            be="Донар мусіў бы адкрыць прапанову раней: {to:day}, а не {was:day}.",
            ru="Донору нужно было бы открыть предложение раньше: {to:day}, а не {was:day}.",
        ),
        "offer.closes_on": Words(
            en="The donor would have to set a later closing day: {to:day} or later.",
            be="Донар мусіў бы прызначыць пазнейшы апошні дзень: {to:day} або пазней.",
            ru="Донору нужно было бы назначить более поздний последний день: {to:day} или позже.",
        ),
    },
    sentences={
        "met": Words(
            en="The offer is open on {on:day}.",
            be="На {on:day} прапанова адкрытая.",
            ru="На {on:day} предложение открыто.",
        ),
        "not_met.status": Words(
            en="The offer takes no requests now: it is a draft, paused, exhausted or closed.",
            be="Прапанова цяпер не прымае запытаў: гэта чарнавік, або яна прыпыненая, вычарпаная"
            " ці закрытая.",
            ru="Предложение сейчас не принимает запросов: это черновик, либо оно приостановлено,"
            " исчерпано или закрыто.",
        ),
        "not_met.not_yet": Words(
            en="The offer opens only on {opens_on:day}.",
            be="Прапанова адкрыецца толькі {opens_on:day}.",
            ru="Предложение откроется только {opens_on:day}.",
        ),
        "not_met.closed": Words(
            en="The offer closed after {closes_on:day}.",
            be="Прапанова закрылася: апошні дзень быў {closes_on:day}.",
            ru="Предложение закрылось: последним днём было {closes_on:day}.",
        ),
    },
    remedies={
        "not_met.status": Words(
            en="The donor would have to open the offer.",
            be="Донар мусіў бы адкрыць прапанову.",
            ru="Донору нужно было бы открыть предложение.",
        ),
        "not_met.not_yet": Words(
            en="From {opens_on:day} on this is no obstacle any more.",
            be="Пачынаючы з {opens_on:day} гэтай перашкоды ўжо не будзе.",
            ru="Начиная с {opens_on:day} этого препятствия уже не будет.",
        ),
        "not_met.closed": Words(
            en="The donor would have to set a later closing day.",
            be="Донар мусіў бы прызначыць пазнейшы дзень закрыцця.",
            ru="Донору нужно было бы назначить более поздний день закрытия.",
        ),
    },
)
