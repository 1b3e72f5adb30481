"""The worker stores the best pairs of long lists, and keeps in mind only what is open."""

import subprocess
import sys
from typing import Any

import pytest
from sqlmodel import select

from registry.services.matches import best_pairs
from registry.services.matches.best_pairs import BestPairs
from registry.services.matches.judge_pair import judge_sides
from registry.services.matches.match_run import MatchRun
from registry.services.matches.propose_matches import (
    judge_all,
    judge_missing,
    judge_need,
    judge_offer,
    propose_for_offer,
)
from registry.services.matches.store_judged import Stored, store_judged
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.records import write_record
from search.codes import MatchState, NeedStatus, OfferStatus, PairOutcome, RecordState, Vetting
from search.money import Money
from tests.conftest import Calendar
from tests.factories import DonorFactory, NeedFactory, OfferFactory, OrganisationFactory

NOBODY: tuple[str, ...] = ()


@pytest.fixture
def best() -> BestPairs:
    return BestPairs()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let lists be long with three pairs, and store two of them."""
    monkeypatch.setattr(best_pairs, "ALL_UP_TO", 2)
    monkeypatch.setattr(best_pairs, "BEST", 2)


def change(session: RegistrySession, row: Any, **fields: Any) -> None:
    write_record(session.vault, row, fields)
    session.add(row)
    session.flush()


def ranked(session: RegistrySession, offer: Offer) -> list[str]:
    """Return the needs of an offer as one pair after the other says, best first."""
    run = MatchRun(session)
    found = [judge_sides(run, asking, giving) for asking in run.needs for giving in run.offers]
    own = [each for each in found if each.offer_id == offer.id]
    kept = [each for each in own if each.outcome is not PairOutcome.NOT_ELIGIBLE]
    order = sorted(
        kept, key=lambda each: (each.outcome is not PairOutcome.ELIGIBLE, -each.score, each.need_id)
    )
    return [each.need_id for each in order]


def make_needs(many: int) -> list[Any]:
    """Make needs that an offer of 5,000 euros covers less and less."""
    return [
        NeedFactory.create(amount_requested=Money(400_000 + 150_000 * step, "EUR"))
        for step in range(many)
    ]


def test_short_lists_are_stored_whole(session: RegistrySession, best: BestPairs) -> None:
    needs, offers = make_needs(3), [OfferFactory.create() for _ in range(2)]
    best.bring_in_step(session, NOBODY, NOBODY)
    for offer in offers:
        assert sorted(best.needs_of(offer.id)) == sorted(ranked(session, offer))
    for need in needs:
        assert sorted(best.offers_of(need.id)) == sorted(each.id for each in offers)


@pytest.mark.usefixtures("few")
def test_of_long_lists_the_best_are_stored(session: RegistrySession, best: BestPairs) -> None:
    make_needs(5)
    offer = OfferFactory.create()
    best.bring_in_step(session, NOBODY, NOBODY)
    order = ranked(session, offer)
    assert len(order) == 5
    store_judged(session, list(judge_offer(MatchRun(session, best=best), offer)))
    assert {each.need_id for each in session.exec(select(Match))} == set(order[:2])


@pytest.mark.usefixtures("few")
def test_the_next_best_moves_up(session: RegistrySession, best: BestPairs) -> None:
    needs = {need.id: need for need in make_needs(5)}
    offer = OfferFactory.create()
    best.bring_in_step(session, NOBODY, NOBODY)
    first, second, third, *_ = ranked(session, offer)
    change(session, needs[first], status=NeedStatus.WITHDRAWN)
    best.bring_in_step(session, [first], NOBODY)
    assert best.needs_of(offer.id) == [second, third]


@pytest.mark.usefixtures("few")
def test_what_is_stored_is_judged_anew_however_it_ranks(
    session: RegistrySession, best: BestPairs
) -> None:
    needs, offer = make_needs(5), OfferFactory.create()
    assert propose_for_offer(session, offer.id).proposed == 5
    change(session, offer, countries=["GE"])
    best.bring_in_step(session, NOBODY, NOBODY)
    counts = store_judged(session, list(judge_offer(MatchRun(session, best=best), offer)))
    assert counts.expired == len(needs)


@pytest.mark.usefixtures("few")
def test_every_need_gets_its_best_offers_in_the_end(
    session: RegistrySession, best: BestPairs
) -> None:
    needs = make_needs(5)
    offers = [OfferFactory.create() for _ in range(2)]
    best.bring_in_step(session, NOBODY, NOBODY)
    store_judged(session, list(judge_all(MatchRun(session, best=best))))
    assert len(session.exec(select(Match)).all()) == len(needs) * len(offers)
    assert list(judge_missing(MatchRun(session, best=best), needs[4])) == []
    assert list(judge_missing(MatchRun(session), needs[4])) == []


@pytest.mark.usefixtures("few")
def test_a_need_finds_the_best_of_many_offers(session: RegistrySession, best: BestPairs) -> None:
    need = NeedFactory.create()
    offers = [OfferFactory.create(decision_days=days) for days in (60, 5, 30)]
    best.bring_in_step(session, NOBODY, NOBODY)
    judged = list(judge_need(MatchRun(session, best=best), need))
    assert {each.offer_id for each in judged} == set(best.offers_of(need.id))
    assert len(judged) == 2 < len(offers)


@pytest.mark.parametrize("up_to", [1, 2, 3, 5, 100])
def test_all_that_are_chosen_at_once_are_those_chosen_one_by_one(
    session: RegistrySession, best: BestPairs, monkeypatch: pytest.MonkeyPatch, up_to: int
) -> None:
    assert best.choose_all() == {}
    monkeypatch.setattr(best_pairs, "ALL_UP_TO", up_to)
    monkeypatch.setattr(best_pairs, "BEST", 1)
    needs = [*make_needs(3), NeedFactory.create(category="advocacy.domestic")]
    offers = [OfferFactory.create(decision_days=days) for days in (60, 5, 30)]
    offers.append(OfferFactory.create(categories=["advocacy"]))
    best.bring_in_step(session, NOBODY, NOBODY)
    pairs = {(need.id, offer) for need in needs for offer in best.offers_of(need.id)}
    pairs |= {(need, offer.id) for offer in offers for need in best.needs_of(offer.id)}
    found = best.choose_all()
    assert {(need, offer) for need, named in found.items() for offer in named} == pairs
    assert set(found) == {need.id for need in needs}


def test_it_stays_in_step_with_what_changes(session: RegistrySession, best: BestPairs) -> None:
    best.bring_in_step(session, NOBODY, NOBODY)
    needs, offers = make_needs(4), [OfferFactory.create() for _ in range(3)]
    ids = [each.id for each in needs], [each.id for each in offers]
    best.bring_in_step(session, *ids)
    change(session, needs[0], category="advocacy.domestic")
    change(session, needs[1], status=NeedStatus.MET)
    change(session, offers[0], categories=["advocacy"])
    change(session, offers[1], status=OfferStatus.PAUSED)
    best.bring_in_step(session, *ids)
    anew = BestPairs()
    anew.bring_in_step(session, NOBODY, NOBODY)
    for need in needs:
        assert best.offers_of(need.id) == anew.offers_of(need.id)
    for offer in offers:
        assert best.needs_of(offer.id) == anew.needs_of(offer.id)
    assert best.needs_of(offers[0].id) == [needs[0].id]
    assert best.needs_of(offers[1].id) == best.offers_of(needs[1].id) == []


def sizes(best: BestPairs) -> list[int]:
    """Return how much is kept of what was ever seen: keys of rules, of parts, and places."""
    book = best._book
    assert book is not None
    keys = [*book.asking.keys.values(), *book.giving.keys.values()]
    parts = [
        column for side in (book.need_keys, book.offer_keys) for _, column in side._columns.values()
    ]
    places = [book.asking.places.many, book.giving.places.many]
    return [*map(len, keys), *map(len, parts), *places, len(best._owners), len(best._owned)]


def test_its_tables_do_not_grow_with_the_number_of_runs(
    session: RegistrySession, best: BestPairs
) -> None:
    needs = [NeedFactory.create(months_covered=months) for months in range(1, 5)]
    offers = [OfferFactory.create(decision_days=days) for days in (5, 30, 60)]
    ids = [need.id for need in needs], [offer.id for offer in offers]
    best.bring_in_step(session, NOBODY, NOBODY)
    found, before = [best.needs_of(each) for each in ids[1]], sizes(best)
    for _ in range(20):
        best.bring_in_step(session, *ids)
        assert [best.needs_of(each) for each in ids[1]] == found
    assert sizes(best) == before


def test_of_a_party_its_records_are_known_until_they_are_gone(
    session: RegistrySession, best: BestPairs
) -> None:
    organisation, offer = OrganisationFactory.create(), OfferFactory.create()
    needs = [NeedFactory.create(organisation=organisation) for _ in range(2)]
    NeedFactory.create()
    best.bring_in_step(session, NOBODY, NOBODY)
    named = best.records_of([organisation.id, offer.donor_id, "nobody"])
    assert (set(named[0]), named[1]) == ({need.id for need in needs}, [offer.id])
    for need in needs:
        change(session, need, status=NeedStatus.MET)
        best.bring_in_step(session, [need.id], NOBODY)
    assert best.records_of([organisation.id]) == ([], [])


@pytest.mark.parametrize(
    "away", [{"state": RecordState.FROZEN}, {"vetting": Vetting.SUSPENDED}, {"state": "deleted"}]
)
def test_of_a_party_out_of_sight_nothing_is_kept_in_mind(
    session: RegistrySession, best: BestPairs, away: dict[str, Any]
) -> None:
    organisation, donor = OrganisationFactory.create(), DonorFactory.create()
    need, offer = NeedFactory.create(organisation=organisation), OfferFactory.create(donor=donor)
    best.bring_in_step(session, NOBODY, NOBODY)
    assert best.needs_of(offer.id) == [need.id]
    for party in (organisation, donor):
        change(session, party, **away)
    best.bring_in_step(session, [need.id], [offer.id])
    assert best._book is not None
    assert best._book.asking.facts == best._book.giving.facts == {}


def test_who_deleted_itself_is_passed_over(session: RegistrySession, best: BestPairs) -> None:
    need, offer = NeedFactory.create(), OfferFactory.create()
    session.commit()
    session.vault.keys.destroy_key(need.organisation_id)
    session.vault.keys.destroy_key(offer.donor_id)
    best.bring_in_step(session, NOBODY, NOBODY)
    assert best.offers_of(need.id) == best.needs_of(offer.id) == []


def test_names_are_kept_as_hashes_and_still_exclude(
    session: RegistrySession, best: BestPairs
) -> None:
    shut_out = OrganisationFactory.create(external_id="O-7", handle="quiet-lime")
    need, other = NeedFactory.create(organisation=shut_out), NeedFactory.create()
    offer = OfferFactory.create(excluded_organisations=["quiet-lime"])
    best.bring_in_step(session, NOBODY, NOBODY)
    assert best.needs_of(offer.id) == [other.id]
    assert best.offers_of(need.id) == []
    assert best._book is not None
    in_mind = [*best._book.asking.facts.values(), *best._book.giving.facts.values()]
    facts = [side for each in in_mind for side in (each if isinstance(each, tuple) else (each,))]
    written = str([side.to_record() for side in facts])
    assert "quiet-lime" not in written
    assert "O-7" not in written


def test_another_day_reads_everything_anew(
    session: RegistrySession, best: BestPairs, calendar: Calendar
) -> None:
    need, offer = NeedFactory.create(), OfferFactory.create()
    best.bring_in_step(session, NOBODY, NOBODY)
    closing = OfferFactory.create()
    assert best.offers_of(need.id) == [offer.id]
    calendar.pass_days(1)
    session.commit()
    with session.no_autoflush:
        best._day = None
        best.bring_in_step(session, NOBODY, NOBODY)
    assert sorted(best.offers_of(need.id)) == sorted([offer.id, closing.id])


def test_after_a_failure_everything_is_read_anew(
    session: RegistrySession, best: BestPairs, monkeypatch: pytest.MonkeyPatch
) -> None:
    need = NeedFactory.create()
    best.bring_in_step(session, NOBODY, NOBODY)
    offer = OfferFactory.create()
    with monkeypatch.context() as patch:
        patch.setattr(MatchRun, "read_giving", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            best.bring_in_step(session, NOBODY, [offer.id])
    assert best._book is best._ranking is None, "the ranking would hold the facts on"
    assert best.offers_of(need.id) == []
    best.bring_in_step(session, NOBODY, NOBODY)
    assert best.offers_of(need.id) == [offer.id]


def test_nothing_is_known_before_anything_was_read(best: BestPairs) -> None:
    assert best.offers_of("n") == best.needs_of("o") == []


# Between judging and storing


def test_a_pair_of_a_party_suspended_meanwhile_is_not_proposed(session: RegistrySession) -> None:
    need, offer = NeedFactory.create(), OfferFactory.create()
    judged = list(judge_offer(MatchRun(session), offer))
    change(session, session.get_one(Organisation, need.organisation_id), vetting=Vetting.SUSPENDED)
    assert len(judged) == 1
    assert store_judged(session, judged) == Stored()
    assert session.exec(select(Match)).all() == []


def test_a_pair_whose_offer_closed_meanwhile_does_not_come_back(session: RegistrySession) -> None:
    NeedFactory.create()
    offer = OfferFactory.create()
    propose_for_offer(session, offer.id)
    match = session.exec(select(Match)).one()
    match.state, match.facts_hash = MatchState.WITHDRAWN, None
    session.add(match)
    session.flush()
    judged = list(judge_offer(MatchRun(session), offer))
    change(session, offer, status=OfferStatus.CLOSED)
    assert store_judged(session, judged) == Stored()
    assert match.state == MatchState.WITHDRAWN
    change(session, offer, status=OfferStatus.OPEN)
    assert store_judged(session, judged).reopened == 1


def test_pages_and_api_start_without_numpy() -> None:
    code = "import sys, registry.app, registry.web, registry.api.v1; print('numpy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
