"""Ranked proposals for one need among many offers, and for one offer among many needs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from search.codes import PairOutcome
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Pair, Settings
from search.eligibility.verdict import Waiver
from search.matching.pairing import Pairing, examine


@dataclass(frozen=True, slots=True)
class NeedEntry:
    """A need with its organisation. `affinity` is to the one offer it is held against."""

    id: str
    need: NeedFacts
    organisation: OrganisationFacts
    affinity: float | None = None
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferEntry:
    """An offer. `affinity` is to the one need it is held against."""

    id: str
    offer: OfferFacts
    affinity: float | None = None
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pairing that is not refused by any rule."""

    need_id: str
    offer_id: str
    pairing: Pairing


_RANKS = {PairOutcome.ELIGIBLE: 0, PairOutcome.NEEDS_INFORMATION: 1}


def propose_offers(
    need: NeedEntry, offers: Iterable[OfferEntry], on: date, settings: Settings | None = None
) -> list[Proposal]:
    """Rank the offers for a need: eligible ones first, then open ones, each by score.

    Pairs that a rule refuses are left out. Equal scores are ordered by identifier.
    """
    return rank(_examine(need, offer, offer.affinity, on, settings) for offer in offers)


def propose_needs(
    offer: OfferEntry, needs: Iterable[NeedEntry], on: date, settings: Settings | None = None
) -> list[Proposal]:
    """Rank the needs for an offer, as `propose_offers` ranks offers."""
    return rank(_examine(need, offer, need.affinity, on, settings) for need in needs)


def rank(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Order proposals and leave out what a rule refuses."""
    return sorted(_without_refused(proposals), key=_place)


def _without_refused(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    return (each for each in proposals if each.pairing.outcome in _RANKS)


def _place(proposal: Proposal) -> tuple[int, float, str, str]:
    pairing = proposal.pairing
    rank_of_outcome = _RANKS[pairing.outcome]
    return rank_of_outcome, -pairing.score.value, proposal.need_id, proposal.offer_id


def _examine(
    need: NeedEntry,
    offer: OfferEntry,
    affinity: float | None,
    on: date,
    settings: Settings | None,
) -> Proposal:
    pair = Pair(need.need, need.organisation, offer.offer, on, settings or Settings())
    pairing = examine(pair, affinity, waivers=(*need.waivers, *offer.waivers))
    return Proposal(need.id, offer.id, pairing)
