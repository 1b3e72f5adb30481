"""What has been kept long enough goes by itself, with the clock; what is younger stays."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from registry.domain.retention import CLOSED_NEEDS, CLOSED_OFFERS, DECLINED_ORGANISATIONS, RETENTION
from registry.domain.trust import VettingReason
from registry.identity.actor import HOUSE
from registry.jobs.pulse import Heart
from registry.jobs.worker import Worker
from registry.privacy.rotation import begin_rotation, read_rotation
from registry.services.matches.note_match import note_match
from registry.services.needs.change_need import change_need
from registry.services.vetting.set_vetting import set_vetting
from registry.storage.audit import AuditEntry, verify_audit
from registry.storage.awards import KeptAward
from registry.storage.match_changes import MatchChange
from registry.storage.matches import Match, Review
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.web import ROOT
from search.codes import MatchState, NeedStatus, OfferStatus, Vetting
from tests.conftest import TODAY
from tests.factories import NeedFactory, OfferFactory, OrganisationFactory
from tests.factories.matches import bring_to


@pytest.fixture
def work(parts, calendar):
    """Let some days pass and the worker do what they bring about."""
    worker = Worker(parts.database, Heart(parts.settings))

    def go_on(days: int = 0) -> None:
        calendar.pass_days(days)
        while worker.step():
            pass

    return go_on


def test_a_need_goes_180_days_after_it_closed(session, pair, officer, work, rows):
    bring_to(session, pair, officer, MatchState.AWARDED)
    note_match(session, officer, pair.id, note="Paid by the shop itself")
    change_need(session, pair.holder, pair.need.id, {"status": "met"}, pair.need.version)
    need_id = pair.need.id
    session.commit()
    work(CLOSED_NEEDS.kept.days - 1)
    with rows() as reading:
        assert reading.get(Need, need_id) is not None
    work(1)
    with rows() as reading:
        assert reading.get(Need, need_id) is None
        for kind in (Match, Review, MatchChange):
            assert reading.exec(select(kind)).all() == []
        kept = reading.exec(select(KeptAward)).one()
        assert (kept.need_id, kept.month, kept.category_group) == (
            None,
            TODAY.replace(day=1),
            "fixed_costs",
        )
        acts = set(reading.exec(select(AuditEntry.act)))
        assert "need_retired" in acts
        assert verify_audit(reading) is None


def test_needs_that_are_open_or_drafts_stay_however_old(session, work, rows):
    open_need = NeedFactory.create(needed_by=TODAY + timedelta(days=3000))
    draft = NeedFactory.create(status=NeedStatus.DRAFT, needed_by=None)
    ids = [open_need.id, draft.id]
    work(2000)
    with rows() as reading:
        assert all(reading.get(Need, each) for each in ids)


def test_more_than_one_transaction_holds_go_too(session, work, rows, monkeypatch, parts):
    monkeypatch.setattr("registry.services.deletion.retire_due.MOST_AT_ONCE", 2)
    for _ in range(5):
        NeedFactory.create(status=NeedStatus.OPEN, needed_by=TODAY)
    work()
    before = parts.index.count()
    work(1)
    work(CLOSED_NEEDS.kept.days)
    with rows() as reading:
        assert reading.exec(select(Need)).all() == []
    assert (before, parts.index.count()) == (5, 0)


def test_an_offer_goes_two_years_after_it_closed(session, work, rows):
    offer = OfferFactory.create(closes_on=TODAY)
    stays = OfferFactory.create(status=OfferStatus.PAUSED)
    ids = offer.id, stays.id
    session.commit()
    work(1)
    work(CLOSED_OFFERS.kept.days - 1)
    with rows() as reading:
        assert reading.get(Offer, ids[0]) is not None
    work(1)
    with rows() as reading:
        assert [reading.get(Offer, each) is None for each in ids] == [True, False]


def decide(session, party, vetting) -> None:
    reason = {
        Vetting.SUSPENDED: VettingReason.IMPOSTOR_SUSPECTED,
        Vetting.VERIFIED: VettingReason.EVIDENCE_SEEN,
    }[vetting]
    set_vetting(session, HOUSE, "organisation", party.id, vetting=vetting, reason=reason)


def test_who_was_declined_goes_after_30_days(session, officer, parts, work, rows):
    declined = OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
    trusted_once = OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
    waiting = OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
    decide(session, declined, Vetting.SUSPENDED)
    decide(session, trusted_once, Vetting.VERIFIED)
    decide(session, trusted_once, Vetting.SUSPENDED)
    ids = [declined.id, trusted_once.id, waiting.id]
    session.commit()
    work(DECLINED_ORGANISATIONS.kept.days - 1)
    with rows() as reading:
        assert all(reading.get(Organisation, each) for each in ids)
    work(1)
    with rows() as reading:
        found = [reading.get(Organisation, each) is not None for each in ids]
    assert found == [False, True, True]
    assert ids[0] not in parts.vault.keys.owners()


def test_the_trail_is_pruned_after_two_years(session, work, rows):
    NeedFactory.create()
    session.commit()
    work()
    work(731)
    with rows() as reading:
        days = set(reading.exec(select(AuditEntry.day)))
        assert days == {TODAY + timedelta(days=731)}
        assert verify_audit(reading) is None


def test_a_broken_trail_is_told_of_and_kept(session, work, rows, caplog):
    NeedFactory.create()
    session.execute(text("UPDATE audit SET actor = 'x' WHERE id = 1"))
    session.commit()
    work(731)
    assert "none of it was pruned" in caplog.text
    with rows() as reading:
        assert reading.get(AuditEntry, 1) is not None


def test_a_rotation_that_was_left_half_done_is_brought_to_its_end(
    session, parts, work, monkeypatch
):
    monkeypatch.setattr("registry.services.keys.rotate_keys.REMEMBER_SECONDS", 0)
    OrganisationFactory.create()
    session.commit()
    begin_rotation(parts.vault.keys, TODAY)
    work(1)
    assert read_rotation(parts.vault.keys).done
    work(35)
    assert read_rotation(parts.vault.keys).retired


@pytest.mark.check
def test_the_document_names_every_class_and_its_days():
    document = (ROOT / "docs" / "operations.md").read_text("utf-8")
    for each in RETENTION:
        assert f"| {each.what} | {each.kept.days} | {each.since} | {each.stays} |" in document
