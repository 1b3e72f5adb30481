"""Which pairs are worth storing: the facts of all open records, kept by the worker and ranked.

The worker keeps the facts of every need and offer that is matched, coded and without any text, and
brings them in step with what it drains. Names of organisations are kept as keyed hashes only.
What is left out here is only not proposed: every pair is judged by itself before it is stored.
Needs numpy, so neither pages nor API may import this.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from sqlmodel import col, select

from registry.domain.errors import KeyGoneError
from registry.privacy.vault import Vault
from registry.services.matches.match_run import MatchRun
from registry.services.matches.matched_records import matched_needs, matched_offers
from registry.services.programmes.read_terms import Terms
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.offers import Offer
from search.codes import MATCHED_NEED_STATUSES, MATCHED_OFFER_STATUSES
from search.eligibility.bulk.bits import Row, places_in
from search.eligibility.bulk.judging import Judging
from search.eligibility.bulk.tables import NOT_MET
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.matching.bulk.book import Book
from search.matching.bulk.ranking import Ranking

ALL_UP_TO = 100
"""Pairs of one record that are all stored; a list of so many can still be read through."""
BEST = 20
"""Of more pairs than that so many are stored: the best by outcome, score and id."""
READ_AT_ONCE = 500
HASHED = "names of the matcher"

Pulse = Callable[[], None]


class BestPairs:
    """Ranks the open records of the registry as they stood when it was last brought in step."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._empty()

    def _empty(self) -> None:
        self._book: Book | None = None
        self._ranking: Ranking | None = None
        self._needs: dict[str, int] = {}
        self._offers: dict[str, int] = {}
        self._owners: dict[str, str] = {}
        self._owned: dict[str, dict[str, None]] = {}

    def bring_in_step(
        self,
        session: RegistrySession,
        need_ids: Sequence[str],
        offer_ids: Sequence[str],
        pulse: Pulse = lambda: None,
    ) -> None:
        """Read what changed; everything on the first call of a day, and after one that failed."""
        run = MatchRun(session, pulse)
        if self._book is None or self._day != session.today:
            self._empty()
            need_ids, offer_ids = _open_needs(session), _open_offers(session)
        book, ranking, day = self._book or Book(run.settings), self._ranking, session.today
        self._book = self._ranking = None  # until all of it has been read
        for part in _parts(need_ids):
            self._read_needs(run, book, part)
            pulse()
        for part in _parts(offer_ids):
            self._read_offers(run, book, part)
            pulse()
        self._ranking = ranking or _begin_ranking(book, day)
        self._book, self._day = book, day

    def records_of(self, party_ids: Sequence[str]) -> tuple[list[str], list[str]]:
        """Return the needs and the offers of these parties that are kept, even if none is left."""
        owned = [each for party in party_ids for each in self._owned.get(party, ())]
        return [each for each in owned if each in self._needs], [
            each for each in owned if each in self._offers
        ]

    def offers_of(self, need_id: str) -> list[str]:
        """Return the offers to propose to a need; none where it is not matched."""
        place = self._needs.get(need_id)
        if place is None or self._ranking is None or self._book is None:
            return []
        fitting = np.flatnonzero(self._ranking.judging.judge_need(place) != NOT_MET)
        if len(fitting) > ALL_UP_TO:
            fitting = self._ranking.rank_offers(place, BEST).offers
        return [self._book.offer_ids[each] for each in fitting.tolist()]

    def needs_of(self, offer_id: str) -> list[str]:
        """Return the needs to propose for an offer; none where it is not matched."""
        place = self._offers.get(offer_id)
        if place is None or self._ranking is None or self._book is None:
            return []
        eligible, opens = self._ranking.judging.judge_offer(place)
        fitting = places_in(eligible | opens)
        if len(fitting) > ALL_UP_TO:
            fitting = self._ranking.rank_needs(place, BEST).needs
        return [self._book.need_ids[each] for each in fitting.tolist()]

    def choose_all(self, pulse: Pulse = lambda: None) -> dict[str, list[str]]:
        """Return for each need the offers of all pairs that `offers_of` and `needs_of` name.

        They are judged offer by offer, which takes much less time than need by need. A pair that
        both name is named twice.
        """
        chosen: dict[str, list[str]] = {need_id: [] for need_id in self._needs}
        if self._ranking is None or self._book is None:
            return chosen
        fitting, many = _judge_all(self._ranking.judging, pulse)
        ids, is_short = self._book.need_ids, many <= ALL_UP_TO
        for place, row in fitting.items():
            offer_id, needs = self._book.offer_ids[place], places_in(row)
            of_short_lists = [ids[need] for need in needs[is_short[needs]].tolist()]
            for need_id in (*of_short_lists, *self.needs_of(offer_id)):
                chosen[need_id].append(offer_id)
            pulse()
        for need in np.flatnonzero(~is_short).tolist():
            chosen[ids[need]] += self.offers_of(ids[need])
        return chosen

    def _read_needs(self, run: MatchRun, book: Book, need_ids: Sequence[str]) -> None:
        rows = matched_needs(run.session, need_ids)
        run.look_up_keys(organisation for _, organisation in rows)
        for need_id in set(need_ids) - {need.id for need, _ in rows}:
            self._drop_need(book, need_id)
        for need, organisation in rows:
            try:
                facts, party = run.read_asking(need, organisation)
            except KeyGoneError:  # its owner deleted itself; the rows follow
                self._drop_need(book, need.id)
            else:
                self._put_need(book, need, facts, _hide_names(run.session.vault, party))

    def _put_need(
        self, book: Book, need: Need, facts: NeedFacts, organisation: OrganisationFacts
    ) -> None:
        """Keep a need. What changed stays in its place, so that no table grows by it."""
        if need.id in self._needs:
            book.replace_need(self._needs[need.id], facts, organisation)
        else:
            self._needs[need.id] = book.add_need(need.id, facts, organisation)
            self._own(need.organisation_id, need.id)

    def _read_offers(self, run: MatchRun, book: Book, offer_ids: Sequence[str]) -> None:
        rows = matched_offers(run.session, among=offer_ids)
        run.look_up_keys(donor for _, donor in rows)
        for offer_id in set(offer_ids) - {offer.id for offer, _ in rows}:
            self._drop_offer(book, offer_id)
        for offer, donor in rows:
            try:
                facts = _hide_excluded(run.session.vault, run.read_giving(offer, donor))
            except KeyGoneError:
                self._drop_offer(book, offer.id)
            else:
                self._put_offer(book, offer, facts, run.terms_of(offer))

    def _put_offer(self, book: Book, offer: Offer, facts: OfferFacts, terms: Terms) -> None:
        weights, left_out = terms.weights, terms.left_out
        if offer.id in self._offers:
            place = self._offers[offer.id]
            book.replace_offer(place, facts, weights=weights, left_out=left_out)
        else:
            place = book.add_offer(offer.id, facts, weights=weights, left_out=left_out)
            self._offers[offer.id] = place
            self._own(offer.donor_id, offer.id)

    def _own(self, party_id: str, record_id: str) -> None:
        self._owners[record_id] = party_id
        self._owned.setdefault(party_id, {})[record_id] = None

    def _disown(self, record_id: str) -> None:
        party_id = self._owners.pop(record_id)
        del self._owned[party_id][record_id]
        if not self._owned[party_id]:
            del self._owned[party_id]

    def _drop_need(self, book: Book, need_id: str) -> None:
        place = self._needs.pop(need_id, None)
        if place is not None:
            self._disown(need_id)
            book.remove_need(place)

    def _drop_offer(self, book: Book, offer_id: str) -> None:
        place = self._offers.pop(offer_id, None)
        if place is not None:
            self._disown(offer_id)
            book.remove_offer(place)


def _judge_all(judging: Judging, pulse: Pulse) -> tuple[dict[int, Row], NDArray[np.int64]]:
    """Return for each offer the row of needs that nothing refuses, and per need of how many."""
    fitting: dict[int, Row] = {}
    many = np.zeros(judging.asking.places.words * 64, np.int64)
    for offer in judging.offers():
        eligible, opens = judging.judge_offer(offer, among_many=True)
        fitting[offer] = eligible | opens
        many[places_in(fitting[offer])] += 1
        pulse()
    return fitting, many


def _begin_ranking(book: Book, day: date) -> Ranking:
    """Make a ranking, and let it encode now what it would otherwise encode for the first change."""
    ranking = Ranking(book, day)
    for offer in list(book.giving)[:1]:
        ranking.rank_needs(offer, BEST)
    return ranking


def _open_needs(session: RegistrySession) -> list[str]:
    statement = select(col(Need.id)).where(col(Need.status).in_(MATCHED_NEED_STATUSES))
    return list(session.exec(statement.order_by(col(Need.id))))


def _open_offers(session: RegistrySession) -> list[str]:
    statement = select(col(Offer.id)).where(col(Offer.status).in_(MATCHED_OFFER_STATUSES))
    return list(session.exec(statement.order_by(col(Offer.id))))


def _parts(ids: Sequence[str]) -> Iterator[list[str]]:
    remaining = iter(ids)
    while part := list(islice(remaining, READ_AT_ONCE)):
        yield part


def _hide_names(vault: Vault, organisation: OrganisationFacts) -> OrganisationFacts:
    return replace(
        organisation,
        external_id=_hide(vault, organisation.external_id),
        handle=_hide(vault, organisation.handle),
    )


def _hide_excluded(vault: Vault, offer: OfferFacts) -> OfferFacts:
    names = (_hide(vault, each) for each in offer.excluded_organisations)
    return replace(offer, excluded_organisations=tuple(each for each in names if each))


def _hide(vault: Vault, name: str | None) -> str | None:
    return vault.lookup(HASHED, name).hex() if name else None
