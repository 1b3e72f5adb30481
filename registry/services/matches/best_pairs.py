"""Which pairs are worth storing: the facts of all open records, kept by the worker and ranked.

The worker keeps the facts of every need and offer that is matched, coded and without any text, and
brings them in step with what it drains. Names of organisations are kept as keyed hashes only.
What is left out here is only not proposed: every pair is judged by itself before it is stored.
Needs numpy, so neither pages nor API may import this.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
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
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.offers import Offer
from search.codes import MATCHED_NEED_STATUSES, MATCHED_OFFER_STATUSES
from search.eligibility.bulk.bits import Row, places_in
from search.eligibility.bulk.judging import Judging
from search.eligibility.bulk.tables import NOT_MET
from search.eligibility.facts import OfferFacts, OrganisationFacts
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
        parties = frozenset(party_ids)
        owned = {each for each, owner in self._owners.items() if owner in parties}
        return [each for each in self._needs if each in owned], [
            each for each in self._offers if each in owned
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
        rows = matched_needs(run.session, col(Need.id).in_(need_ids))
        run.look_up_keys(organisation for _, organisation in rows)
        for need_id in set(need_ids) - {need.id for need, _ in rows}:
            self._drop_need(book, need_id)
        for need, organisation in rows:
            self._drop_need(book, need.id)
            with suppress(KeyGoneError):  # its owner deleted itself; the rows follow
                facts, party = run.read_asking(need, organisation)
                hidden = _hide_names(run.session.vault, party)
                self._owners[need.id] = organisation.id
                self._needs[need.id] = book.add_need(need.id, facts, hidden)

    def _read_offers(self, run: MatchRun, book: Book, offer_ids: Sequence[str]) -> None:
        rows = matched_offers(run.session, col(Offer.id).in_(offer_ids))
        run.look_up_keys(donor for _, donor in rows)
        for offer_id in set(offer_ids) - {offer.id for offer, _ in rows}:
            self._drop_offer(book, offer_id)
        for offer, donor in rows:
            self._drop_offer(book, offer.id)
            with suppress(KeyGoneError):
                facts = _hide_excluded(run.session.vault, run.read_giving(offer, donor))
                terms = run.terms_of(offer)
                self._owners[offer.id] = donor.id
                self._offers[offer.id] = book.add_offer(
                    offer.id, facts, weights=terms.weights, left_out=terms.left_out
                )

    def _drop_need(self, book: Book, need_id: str) -> None:
        place = self._needs.pop(need_id, None)
        if place is not None:
            del self._owners[need_id]
            book.remove_need(place)

    def _drop_offer(self, book: Book, offer_id: str) -> None:
        place = self._offers.pop(offer_id, None)
        if place is not None:
            del self._owners[offer_id]
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
