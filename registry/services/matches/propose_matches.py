"""Proposing pairs: every need that is open beside every offer that is open.

Judging reads, storing writes; the worker does the first outside of the write lock. A pair that
no rule lets through is not kept, unless it is kept already: then it is judged anew.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from sqlmodel import col, select

from registry.domain.errors import KeyGoneError
from registry.services.matches.end_matches import end_matches_of_need, end_matches_of_offer
from registry.services.matches.judge_pair import Judged, judge_sides
from registry.services.matches.match_run import MatchRun
from registry.services.matches.matched_records import (
    is_matched_need,
    is_matched_offer,
    matched_needs,
    matched_offers,
)
from registry.services.matches.store_judged import Stored, store_judged
from registry.services.matches.waivers import waivers_in_force_of
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import PairOutcome
from search.eligibility.verdict import Waiver

STORED_AT_ONCE = 100
"""Pairs that one statement and one transaction of the worker hold."""

CANDIDATES_AT_ONCE = 200
"""Pairs whose data keys are looked up together."""

Asking = tuple[Need, Organisation]
Giving = tuple[Offer, Donor]
Candidate = tuple[Asking, Giving, Sequence[Waiver] | None]
"""A pair, and what was waived of it; None where no match of the two is stored."""

Waivers = dict[str, tuple[Waiver, ...]]
"""Id of the other side -> the waivers of the stored match with it."""


def propose_for_need(session: RegistrySession, need_id: str) -> Stored:
    """Judge a need beside every open offer, and store what fits; safe to repeat."""
    need = session.get(Need, need_id)
    if need is None:
        return Stored()
    end_matches_of_need(session, need)
    return store_all(session, judge_need(MatchRun(session), need))


def propose_for_offer(session: RegistrySession, offer_id: str) -> Stored:
    """Judge an offer beside every open need, and store what fits; safe to repeat."""
    offer = session.get(Offer, offer_id)
    if offer is None:
        return Stored()
    end_matches_of_offer(session, offer)
    return store_all(session, judge_offer(MatchRun(session), offer))


def propose_all(session: RegistrySession) -> Stored:
    """Judge every open need beside every open offer, and store what fits; safe to repeat."""
    return store_all(session, judge_all(MatchRun(session)))


def propose_again(session: RegistrySession, match_id: str) -> Stored:
    """Judge one stored match anew, with the waivers that count today."""
    return store_all(session, judge_match(MatchRun(session), match_id))


def store_all(session: RegistrySession, judged: Iterator[Judged]) -> Stored:
    """Store in one transaction what was judged."""
    counts = Stored()
    while part := list(islice(judged, STORED_AT_ONCE)):
        counts.add(store_judged(session, part))
    return counts


def judge_need(run: MatchRun, need: Need) -> Iterator[Judged]:
    """Judge a need beside every open offer; nothing comes of one that is not matched."""
    organisation = run.session.get_one(Organisation, need.organisation_id)
    if not is_matched_need(need, organisation):
        return
    stored = _stored_with(run.session, need=need)
    asking = (need, organisation)
    others = _offers_beside(run, need, stored)
    yield from _judge(run, ((asking, each, stored.get(each[0].id)) for each in others))


def judge_offer(run: MatchRun, offer: Offer) -> Iterator[Judged]:
    """Judge an offer beside every open need; nothing comes of one that is not matched."""
    donor = run.session.get_one(Donor, offer.donor_id)
    if not is_matched_offer(offer, donor):
        return
    stored = _stored_with(run.session, offer=offer)
    giving = (offer, donor)
    others = _needs_beside(run, offer, stored)
    yield from _judge(run, ((each, giving, stored.get(each[0].id)) for each in others))


def judge_missing(run: MatchRun, need: Need) -> Iterator[Judged]:
    """Judge a need beside those of its best offers with which no match of it is stored."""
    organisation = run.session.get_one(Organisation, need.organisation_id)
    if run.best is None or not is_matched_need(need, organisation):
        return
    stored = _stored_with(run.session, need=need)
    missing = [each for each in run.best.offers_of(need.id) if each not in stored]
    asking = (need, organisation)
    yield from _judge(run, ((asking, each, None) for each in _read_offers(run, missing)))


def _offers_beside(
    run: MatchRun, need: Need, stored: Collection[str]
) -> Iterable[tuple[Offer, Donor]]:
    """Return all offers, or the best ones and those with which a match is stored."""
    if run.best is None:
        return run.offers
    return _read_offers(run, dict.fromkeys((*run.best.offers_of(need.id), *stored)))


def _needs_beside(
    run: MatchRun, offer: Offer, stored: Collection[str]
) -> Iterable[tuple[Need, Organisation]]:
    if run.best is None:
        return run.needs
    return _read_needs(run, dict.fromkeys((*run.best.needs_of(offer.id), *stored)))


def _read_offers(run: MatchRun, ids: Iterable[str]) -> Iterator[tuple[Offer, Donor]]:
    remaining = iter(ids)
    while part := list(islice(remaining, CANDIDATES_AT_ONCE)):
        yield from matched_offers(run.session, col(Offer.id).in_(part))


def _read_needs(run: MatchRun, ids: Iterable[str]) -> Iterator[tuple[Need, Organisation]]:
    remaining = iter(ids)
    while part := list(islice(remaining, CANDIDATES_AT_ONCE)):
        yield from matched_needs(run.session, col(Need.id).in_(part))


def judge_all(run: MatchRun) -> Iterator[Judged]:
    """Judge every pair, offer by offer; with `run.best` the best of each offer and each need."""
    yield from each_once(_judge_all(run))


def _judge_all(run: MatchRun) -> Iterator[Judged]:
    for offer, _ in run.offers:
        yield from judge_offer(run, offer)
    if run.best is not None:
        for need, _ in run.needs:
            yield from judge_missing(run, need)


def each_once(judged: Iterable[Judged]) -> Iterator[Judged]:
    """Pass every pair once, so that a transaction holds none twice."""
    seen: set[tuple[str, str]] = set()
    for each in judged:
        pair = (each.need_id, each.offer_id)
        if pair not in seen:
            seen.add(pair)
            yield each


def judge_match(run: MatchRun, match_id: str) -> Iterator[Judged]:
    """Judge one stored match, if both its sides are still matched."""
    match = run.session.get(Match, match_id)
    if match is None:
        return
    need = run.session.get_one(Need, match.need_id)
    offer = run.session.get_one(Offer, match.offer_id)
    organisation = run.session.get_one(Organisation, need.organisation_id)
    donor = run.session.get_one(Donor, offer.donor_id)
    if is_matched_need(need, organisation) and is_matched_offer(offer, donor):
        waivers = waivers_in_force_of(run.session, [match.id]).get(match.id, ())
        yield from _judge(run, [((need, organisation), (offer, donor), waivers)])


def _judge(run: MatchRun, candidates: Iterable[Candidate]) -> Iterator[Judged]:
    """Judge what no rule refuses by open columns, and every pair whose match is stored."""
    remaining = iter(candidates)
    while part := list(islice(remaining, CANDIDATES_AT_ONCE)):
        wanted = [each for each in part if each[2] is not None or _may_fit(run, each)]
        run.look_up_keys(owner for asking, giving, _ in wanted for owner in (asking[1], giving[1]))
        for candidate in wanted:
            yield from _judge_one(run, candidate)


def _may_fit(run: MatchRun, candidate: Candidate) -> bool:
    run.pulse()
    asking, giving, _ = candidate
    try:
        return run.may_fit(*asking, *giving)
    except KeyGoneError:
        return False  # its owner deleted itself; the rows follow


def _judge_one(run: MatchRun, candidate: Candidate) -> Iterator[Judged]:
    run.pulse()
    asking, giving, waivers = candidate
    try:
        judged = judge_sides(run, asking, giving, waivers or ())
    except KeyGoneError:
        return
    if waivers is not None or judged.outcome is not PairOutcome.NOT_ELIGIBLE:
        yield judged


def _stored_with(
    session: RegistrySession, *, need: Need | None = None, offer: Offer | None = None
) -> Waivers:
    """Return the other sides with which a match is stored, and what was waived in each."""
    statement = select(col(Match.id), col(Match.offer_id if need else Match.need_id))
    if need is not None:
        statement = statement.where(col(Match.need_id) == need.id)
    if offer is not None:
        statement = statement.where(col(Match.offer_id) == offer.id)
    other_side = {row[0]: row[1] for row in session.execute(statement)}
    waived = _waivers_of(session, list(other_side))
    return {other: waived.get(match_id, ()) for match_id, other in other_side.items()}


def _waivers_of(session: RegistrySession, match_ids: list[str]) -> Waivers:
    found: Waivers = {}
    ids: Iterable[str] = iter(match_ids)
    while part := list(islice(ids, STORED_AT_ONCE)):
        found |= waivers_in_force_of(session, part)
    return found
