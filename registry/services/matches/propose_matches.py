"""Proposing pairs: every need that is open beside every offer that is open.

Judging reads, storing writes; the worker does the first outside of the write lock. A pair that
no rule lets through is not kept, unless it is kept already: then it is judged anew.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy.orm import Mapped
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

STORED_AT_ONCE = 500
"""Pairs that one statement and one transaction of the worker hold."""

CANDIDATES_AT_ONCE = 500
"""Pairs whose data keys are looked up together."""

NEEDS_AT_ONCE = 200
IDS_AT_ONCE = 500

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
    for part in _parts(judged, STORED_AT_ONCE):
        counts.add(store_judged(session, part))
    return counts


def judge_need(run: MatchRun, need: Need) -> Iterator[Judged]:
    """Judge a need beside every open offer; nothing comes of one that is not matched."""
    organisation = run.session.get_one(Organisation, need.organisation_id)
    if not is_matched_need(need, organisation):
        return
    stored = _stored_by_need(run.session, [need.id]).get(need.id, {})
    asking = (need, organisation)
    others = _offers_beside(run, need, stored)
    yield from _judge(run, ((asking, each, stored.get(each[0].id)) for each in others))


def judge_offer(run: MatchRun, offer: Offer) -> Iterator[Judged]:
    """Judge an offer beside every open need; nothing comes of one that is not matched."""
    donor = run.session.get_one(Donor, offer.donor_id)
    if not is_matched_offer(offer, donor):
        return
    stored = _stored_by_offer(run.session, [offer.id]).get(offer.id, {})
    giving = (offer, donor)
    others = _needs_beside(run, offer, stored)
    yield from _judge(run, ((each, giving, stored.get(each[0].id)) for each in others))


def judge_missing(run: MatchRun, need: Need) -> Iterator[Judged]:
    """Judge a need beside those of its best offers with which no match of it is stored."""
    organisation = run.session.get_one(Organisation, need.organisation_id)
    if run.best is None or not is_matched_need(need, organisation):
        return
    stored = _stored_by_need(run.session, [need.id]).get(need.id, {})
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


def _read_offers(run: MatchRun, ids: Iterable[str]) -> Iterator[Giving]:
    for part in _parts(ids, IDS_AT_ONCE):
        yield from matched_offers(run.session, among=part)


def _read_needs(run: MatchRun, ids: Iterable[str]) -> Iterator[Asking]:
    for part in _parts(ids, IDS_AT_ONCE):
        yield from matched_needs(run.session, part)


def judge_all(run: MatchRun, tell_done: Callable[[int], None] = lambda _: None) -> Iterator[Judged]:
    """Judge every pair; with `run.best` the best of each offer and of each need.

    `tell_done` hears how many more needs have been looked at.
    """
    chosen = run.best.choose_all(run.pulse) if run.best is not None else None
    offers = {giving[0].id: giving for giving in run.offers}
    for part in _parts(run.needs, NEEDS_AT_ONCE):
        stored = _stored_by_need(run.session, [need.id for need, _ in part])
        yield from _judge(run, _pair_up(part, offers, chosen, stored))
        tell_done(len(part))


def _pair_up(
    needs: Iterable[Asking],
    offers: Mapping[str, Giving],
    chosen: Mapping[str, Sequence[str]] | None,
    stored: Mapping[str, Waivers],
) -> Iterator[Candidate]:
    for asking in needs:
        need_id = asking[0].id
        waived = stored.get(need_id, {})
        beside = offers if chosen is None else (*chosen.get(need_id, ()), *waived)
        for offer_id in dict.fromkeys(beside):
            if offer_id in offers:
                yield asking, offers[offer_id], waived.get(offer_id)


def each_once(judged: Iterable[Judged]) -> Iterator[Judged]:
    """Pass every pair once, so that a transaction holds none twice."""
    seen: set[tuple[str, str]] = set()
    for each in judged:
        if each.ids not in seen:
            seen.add(each.ids)
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
    for part in _parts(candidates, CANDIDATES_AT_ONCE):
        wanted = [each for each in part if each[2] is not None or _may_fit(run, each)]
        run.look_up_keys(owner for asking, giving, _ in wanted for owner in (asking[1], giving[1]))
        for candidate in wanted:
            yield from _judge_one(run, candidate)


def _may_fit(run: MatchRun, candidate: Candidate) -> bool:
    """Say whether a pair is worth opening; those that `run.best` chose are known to be."""
    run.pulse()
    if run.best is not None:
        return True
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


def _stored_by_need(session: RegistrySession, need_ids: Sequence[str]) -> dict[str, Waivers]:
    """Return for needs the offers with which a match is stored, and what was waived in each."""
    return _stored(session, col(Match.need_id), col(Match.offer_id), need_ids)


def _stored_by_offer(session: RegistrySession, offer_ids: Sequence[str]) -> dict[str, Waivers]:
    return _stored(session, col(Match.offer_id), col(Match.need_id), offer_ids)


def _stored(
    session: RegistrySession,
    one_side: Mapped[str],
    other_side: Mapped[str],
    ids: Sequence[str],
) -> dict[str, Waivers]:
    statement = select(col(Match.id), one_side, other_side).where(one_side.in_(ids))
    rows = session.execute(statement).all()
    waived: dict[str, tuple[Waiver, ...]] = {}
    for part in _parts((row[0] for row in rows), IDS_AT_ONCE):
        waived |= waivers_in_force_of(session, part)
    found: dict[str, Waivers] = {}
    for match_id, one, other in rows:
        found.setdefault(one, {})[other] = waived.get(match_id, ())
    return found


def _parts(all_of_them: Iterable[Any], size: int) -> Iterator[list[Any]]:
    remaining = iter(all_of_them)
    while part := list(islice(remaining, size)):
        yield part
