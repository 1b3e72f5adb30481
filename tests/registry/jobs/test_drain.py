"""The outbox is drained: indexed, matched, and done twice without harm."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from registry.app.parts import Parts
from registry.jobs import drain
from registry.jobs.by_hand import count_waiting, drain_all
from registry.jobs.drain import drain_once
from registry.jobs.pulse import StopWork, unwatched
from registry.services.index_records import check_index, count_indexed_rows
from registry.services.matches import best_pairs
from registry.services.matches.best_pairs import BestPairs
from registry.services.topics import (
    DAY_BEGAN,
    DONOR_CHANGED,
    INDEX_REBUILD,
    MATCH_CHANGED,
    NEED_CHANGED,
    OFFER_CHANGED,
    ORGANISATION_CHANGED,
)
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.organisations import Organisation
from registry.storage.outbox import ATTEMPTS, OutboxEntry, count_entries, put_outbox
from search.codes import MatchState, NeedStatus, RecordState
from search.index.protocol import IndexUnavailable, Kind, Query
from tests.factories import DonorFactory, NeedFactory, OfferFactory, OrganisationFactory

Rows = Callable[[], Any]


def ask(session: RegistrySession, topic: str, *subjects: str) -> None:
    put_outbox(session, topic, *subjects)
    session.commit()


def stored_matches(rows: Rows) -> list[tuple[str, str, str, int | None]]:
    with rows() as reading:
        found = reading.exec(select(Match).order_by(col(Match.id)))
        return [(each.need_id, each.offer_id, each.state, each.version) for each in found]


def entries(rows: Rows) -> list[OutboxEntry]:
    with rows() as reading:
        return list(reading.exec(select(OutboxEntry).order_by(col(OutboxEntry.id))))


@pytest.fixture
def pair(session: RegistrySession) -> tuple[Any, Any]:
    return NeedFactory.create(), OfferFactory.create()


def test_what_was_created_is_found_and_matched(parts: Parts, pair: Any, rows: Rows) -> None:
    need, offer = pair
    assert drain_all(parts.database) > 0
    assert set(parts.index.ids()) == {need.id, offer.id}
    assert [each[:3] for each in stored_matches(rows)] == [(need.id, offer.id, MatchState.PROPOSED)]
    assert entries(rows) == []
    with rows() as reading:
        assert check_index(reading)
        assert count_indexed_rows(reading) == parts.index.count()


@pytest.mark.parametrize("place", ["_index", "_judge", "_end_what_is_over", "delete_entries"])
def test_work_that_was_cut_off_anywhere_is_done_again(
    parts: Parts, pair: Any, rows: Rows, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """A kill shows as an end that nothing catches, after the piece of work was done."""
    done = getattr(drain, place)

    def cut_off(*given: Any) -> Any:
        done(*given)
        raise StopWork

    with monkeypatch.context() as patch:
        patch.setattr(drain, place, cut_off)
        with pytest.raises(StopWork):
            drain_once(parts.database, unwatched)
    assert len(entries(rows)) > 0
    drain_all(parts.database)
    once = stored_matches(rows)
    assert len(once) == 1
    assert parts.index.count() == 2


def test_every_topic_done_twice_leaves_the_same(
    parts: Parts, session: RegistrySession, pair: Any, rows: Rows
) -> None:
    need, offer = pair
    drain_all(parts.database)
    before, match_id = stored_matches(rows), session.exec(select(Match.id)).one()
    session.commit()
    for topic, subjects in (
        (NEED_CHANGED, (need.id, need.id)),
        (OFFER_CHANGED, (offer.id,)),
        (ORGANISATION_CHANGED, (need.organisation_id,)),
        (DONOR_CHANGED, (offer.donor_id,)),
        (MATCH_CHANGED, (match_id,)),
        (DAY_BEGAN, (offer.id,)),
        (INDEX_REBUILD, ()),
    ):
        ask(session, topic, *subjects)
        assert drain_once(parts.database, unwatched) == 1, topic
        assert stored_matches(rows) == before, topic
        assert set(parts.index.ids()) == {need.id, offer.id}, topic


def test_records_that_are_gone_leave_the_index(
    parts: Parts, session: RegistrySession, pair: Any
) -> None:
    need, _ = pair
    drain_all(parts.database)
    need_id = need.id
    session.delete(need)
    ask(session, NEED_CHANGED, need_id)
    drain_all(parts.database)
    assert parts.index.count(Kind.NEED) == 0


def test_a_frozen_organisation_leaves_index_and_lists(
    parts: Parts, session: RegistrySession, rows: Rows
) -> None:
    organisation = OrganisationFactory.create()
    NeedFactory.create(organisation=organisation)
    NeedFactory.create(organisation=organisation)
    OfferFactory.create()
    drain_all(parts.database)
    organisation.state = RecordState.FROZEN
    session.add(organisation)
    ask(session, ORGANISATION_CHANGED, organisation.id)
    drain_all(parts.database)
    assert parts.index.count(Kind.NEED) == 0
    assert {each[2] for each in stored_matches(rows)} == {MatchState.WITHDRAWN}


def test_what_a_donor_pauses_or_a_need_closes_is_ended(
    parts: Parts, session: RegistrySession, pair: Any, rows: Rows
) -> None:
    need, _ = pair
    drain_all(parts.database)
    need.status = NeedStatus.WITHDRAWN
    session.add(need)
    ask(session, NEED_CHANGED, need.id)
    drain_all(parts.database)
    assert stored_matches(rows)[0][2] == MatchState.WITHDRAWN
    assert parts.index.search(Query(Kind.NEED)).total == 1


# Failures


def test_an_entry_that_fails_is_counted_and_parked_and_others_go_on(
    parts: Parts, pair: Any, rows: Rows, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    need, offer = pair
    broken = drain.judge_need

    def judge_need(run: Any, row: Any) -> Any:
        if row.id == need.id:
            raise ValueError("Marigold, the secret of a need")
        return broken(run, row)

    monkeypatch.setattr(drain, "judge_need", judge_need)
    for _ in range(ATTEMPTS):
        drain_once(parts.database, unwatched)
    left = entries(rows)
    assert {each.topic for each in left} <= {NEED_CHANGED, ORGANISATION_CHANGED}
    assert all(each.parked and each.attempts == ATTEMPTS for each in left)
    assert count_waiting(parts.database) == 0
    assert offer.id in set(parts.index.ids())
    assert "ValueError" in caplog.text
    assert "parked" in caplog.text
    assert "Marigold" not in caplog.text
    assert need.id not in caplog.text


def test_a_busy_database_is_nobodys_failure(
    parts: Parts, pair: Any, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: Any) -> None:
        raise OperationalError("", {}, Exception("database is locked"))

    monkeypatch.setattr(drain, "store_judged", busy)
    with pytest.raises(OperationalError):
        drain_once(parts.database, unwatched)
    assert {each.attempts for each in entries(rows)} == {0}


def test_an_index_that_cannot_be_used_is_nobodys_failure(
    parts: Parts, pair: Any, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unusable(*_: Any) -> None:
        raise IndexUnavailable("broken", "")

    monkeypatch.setattr(drain, "index_needs", unusable)
    with pytest.raises(IndexUnavailable):
        drain_once(parts.database, unwatched)
    assert {each.attempts for each in entries(rows)} == {0}


def test_large_batches_are_worked_on_in_parts(
    parts: Parts, session: RegistrySession, monkeypatch: pytest.MonkeyPatch, rows: Rows
) -> None:
    """More pairs than one transaction holds: every one is stored, none twice."""
    monkeypatch.setattr(drain, "STORED_AT_ONCE", 4)
    for _ in range(3):
        NeedFactory.create()
        OfferFactory.create()
    drain_all(parts.database)
    assert len({each[:2] for each in stored_matches(rows)}) == 9


def test_an_entry_holds_back_the_ones_behind_it_only_by_its_size(
    parts: Parts, session: RegistrySession, rows: Rows
) -> None:
    drain_all(parts.database)
    ask(session, NEED_CHANGED, *(f"{number:032x}" for number in range(600)))
    ask(session, NEED_CHANGED, "f" * 32)
    assert drain_once(parts.database, unwatched) == 1
    assert drain_once(parts.database, unwatched) == 1
    assert drain_once(parts.database, unwatched) == 0
    with rows() as reading:
        assert count_entries(reading, parked=False) == 0


def test_a_begun_day_is_worked_on_in_parts_and_lets_changes_pass(
    parts: Parts, session: RegistrySession, monkeypatch: pytest.MonkeyPatch, rows: Rows
) -> None:
    monkeypatch.setattr("registry.jobs.entries.OFFERS_AT_ONCE", 4)
    offers = [OfferFactory.create().id for _ in range(6)]
    NeedFactory.create()
    drain_all(parts.database)
    ask(session, DAY_BEGAN, *offers)
    changed = NeedFactory.create()
    drain_once(parts.database, unwatched)
    assert changed.id in set(parts.index.ids())
    assert [each.subjects for each in entries(rows)] == [offers]
    drain_once(parts.database, unwatched)
    assert [each.subjects for each in entries(rows)] == [offers[4:]]
    drain_once(parts.database, unwatched)
    assert entries(rows) == []


def test_the_donor_of_an_offer_stands_for_all_its_offers(
    parts: Parts, session: RegistrySession, rows: Rows
) -> None:
    donor = DonorFactory.create(vetting="unverified")
    OfferFactory.create(donor=donor)
    NeedFactory.create()
    drain_all(parts.database)
    with rows() as reading:
        before = reading.exec(select(Match.confidence)).one()
    donor.vetting = "verified"
    session.add(donor)
    ask(session, DONOR_CHANGED, donor.id)
    drain_all(parts.database)
    with rows() as reading:
        assert reading.exec(select(Match.confidence)).one() > before


def test_what_a_day_asks_for_fills_the_lists_of_needs_too(
    parts: Parts, session: RegistrySession, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(best_pairs, "ALL_UP_TO", 1)
    monkeypatch.setattr(best_pairs, "BEST", 1)
    needs = [NeedFactory.create().id for _ in range(3)]
    drain_all(parts.database)
    offer = OfferFactory.create()
    drain_all(parts.database)
    assert len(stored_matches(rows)) == 1
    ask(session, DAY_BEGAN, offer.id, *needs)
    drain_all(parts.database)
    assert sorted(each[0] for each in stored_matches(rows)) == sorted(needs)


def test_whoever_drains_on_keeps_what_is_open_in_mind(
    parts: Parts, session: RegistrySession, pair: Any, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = BestPairs()
    while drain_once(parts.database, unwatched, best):
        pass
    need, offer = pair
    monkeypatch.setattr(best_pairs, "_open_needs", lambda _: pytest.fail("everything is read"))
    later, organisation = OfferFactory.create(), need.organisation_id
    drain_once(parts.database, unwatched, best)
    assert {each[1] for each in stored_matches(rows)} == {offer.id, later.id}
    frozen = session.get_one(Organisation, organisation)
    frozen.state = RecordState.FROZEN
    session.add(frozen)
    ask(session, ORGANISATION_CHANGED, organisation)
    drain_once(parts.database, unwatched, best)
    assert best.needs_of(offer.id) == []


@pytest.mark.parametrize("side", ["organisation", "donor"])
def test_of_a_party_that_is_gone_with_its_rows_nothing_stays_in_mind_or_index(
    parts: Parts, session: RegistrySession, pair: Any, side: str
) -> None:
    """No row is left by which its records could be found; the worker remembers whose they were."""
    need, offer = pair
    staying = {NeedFactory.create().id, OfferFactory.create().id}
    best = BestPairs()
    while drain_once(parts.database, unwatched, best):
        pass
    gone, table, owner_id, topic = {
        "organisation": (need.id, Organisation, need.organisation_id, ORGANISATION_CHANGED),
        "donor": (offer.id, Donor, offer.donor_id, DONOR_CHANGED),
    }[side]
    parts.vault.keys.destroy_key(owner_id)
    session.execute(delete(table).where(col(table.id) == owner_id))
    ask(session, topic, owner_id)
    assert drain_once(parts.database, unwatched, best) == 1
    assert best._book is not None
    kept = {*best._book.need_ids.values(), *best._book.offer_ids.values()}
    assert kept == {need.id, offer.id, *staying} - {gone}
    assert len(best._book.asking.facts) + len(best._book.giving.facts) == 3
    assert best.records_of([owner_id]) == ([], [])
    assert gone not in set(parts.index.ids())
