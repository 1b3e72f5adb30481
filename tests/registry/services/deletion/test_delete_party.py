"""Who deletes itself is gone: key, rows, log, index, the worker's memory."""

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from registry.domain.errors import KeyGoneError, NotAllowedError, NotFoundError
from registry.domain.roles import Role, Scope
from registry.jobs.drain import drain_once
from registry.jobs.pulse import Heart, unwatched
from registry.jobs.worker import Worker
from registry.services.deletion import remove_party
from registry.services.deletion.finish_deletions import finish_deletions
from registry.services.donors.delete_donor import delete_donor
from registry.services.funding import read_funding, read_funding_of
from registry.services.matches.best_pairs import BestPairs
from registry.services.offers.get_offer import get_offer
from registry.services.organisations.delete_organisation import delete_organisation
from registry.storage.accounts import Account
from registry.storage.audit import AuditEntry, verify_audit
from registry.storage.awards import Award, KeptAward
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.questions import Question
from search.codes import MatchState, Vetting
from search.money import Money
from tests.conftest import TODAY
from tests.factories import DonorFactory, NeedFactory, OfferFactory, OrganisationFactory
from tests.factories.matches import bring_to

PLANTED = "Zweigstelle am Fluss"


def drain(parts, best=None) -> None:
    while drain_once(parts.database, unwatched, best):
        pass


def rows_with(session, value: str) -> list[str]:
    """Return the tables in which an id still stands, the trail and the worker's list aside."""
    tables = session.exec(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
    found = []
    for table in tables:
        if table not in ("audit", "outbox"):
            every = session.exec(text(f"SELECT * FROM {table}")).all()
            found += [table for row in every if value in map(str, row)]
    return found


def test_an_organisation_goes_with_everything_it_had(parts, session, pair):
    organisation_id, need_id = pair.organisation.id, pair.need.id
    delete_organisation(session, pair.holder, organisation_id)
    session.commit()

    for kind, gone in ((Organisation, organisation_id), (Need, need_id), (Match, pair.match.id)):
        assert session.get(kind, gone) is None
    assert session.get(Account, pair.holder.account_id) is None
    assert rows_with(session, organisation_id) == []
    assert session.get(Offer, pair.offer.id) is not None
    with pytest.raises(KeyGoneError):
        parts.vault.keys.newest_key(organisation_id)
    last = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
    assert (last.act, last.subject) == ("organisation_deleted", organisation_id)
    assert verify_audit(session) is None


def test_a_donor_goes_with_everything_it_had(parts, session, pair):
    donor_id = pair.donor.id
    delete_donor(session, pair.giver, donor_id)
    session.commit()

    assert session.get(Donor, donor_id) is None
    assert session.get(Match, pair.match.id) is None
    assert rows_with(session, donor_id) == []
    assert session.get(Need, pair.need.id) is not None
    assert donor_id not in parts.vault.keys.owners()


def test_index_and_memory_of_the_worker_forget_it(parts, session, pair):
    need = NeedFactory.create(organisation=pair.organisation, title=PLANTED)
    best = BestPairs()
    drain(parts, best)
    assert best.records_of((pair.organisation.id,))[0]
    before = parts.index.count()

    delete_organisation(session, pair.holder, pair.organisation.id)
    session.commit()
    drain(parts, best)

    assert best.records_of((pair.organisation.id,)) == ([], [])
    assert parts.index.count() == before - 2
    assert need.id not in str(vars(best))


def test_the_log_of_the_database_is_emptied(settings, session, pair):
    log = settings.data_dir / "registry.db-wal"
    assert log.stat().st_size > 0
    delete_organisation(session, pair.holder, pair.organisation.id)
    session.commit()
    assert log.stat().st_size == 0


def test_who_reads_long_does_not_keep_anybody_from_going(parts, session, pair, monkeypatch):
    monkeypatch.setattr("registry.storage.database.LOG_MILLISECONDS", 10)
    with parts.database.reading() as reading:
        reading.get(Organisation, pair.organisation.id)
        delete_organisation(session, pair.holder, pair.organisation.id)
        session.commit()
        assert not parts.database.empty_log()
    assert parts.database.empty_log()


def test_a_kill_after_the_key_is_mended_by_the_worker(parts, session, pair, monkeypatch):
    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(remove_party, "remove_rows", die)
    with pytest.raises(KeyboardInterrupt):
        delete_organisation(session, pair.holder, pair.organisation.id)
    session.rollback()
    organisation_id = pair.holder.organisation_id
    assert session.get(Organisation, organisation_id) is not None
    assert organisation_id not in parts.vault.keys.owners()
    session.rollback()

    assert finish_deletions(parts.database) == 1
    assert session.get(Organisation, organisation_id) is None
    assert rows_with(session, organisation_id) == []
    session.rollback()
    assert finish_deletions(parts.database) == 0
    assert parts.vault.keys.leaving() == set()


def test_a_donor_that_was_cut_off_goes_too(parts, session, pair):
    donor_id = pair.donor.id
    session.rollback()
    parts.vault.keys.begin_leaving(donor_id)
    assert finish_deletions(parts.database) == 1
    session.expire_all()
    assert session.get(Donor, donor_id) is None


def test_the_worker_ends_what_was_cut_off(parts, session, pair):
    organisation_id = pair.organisation.id
    session.rollback()
    parts.vault.keys.begin_leaving(organisation_id)
    Worker(parts.database, Heart(parts.settings)).step()
    session.expire_all()
    assert session.get(Organisation, organisation_id) is None


def test_a_row_without_a_key_that_nobody_deleted_stays(parts, session, pair):
    """A key store that is the wrong one must not make the worker delete everything."""
    parts.vault.keys.destroy_key(pair.organisation.id)
    assert finish_deletions(parts.database) == 0
    assert session.get(Organisation, pair.organisation.id) is not None


def test_offers_forget_whom_they_excluded(parts, session, pair, officer):
    names = [session.vault.read(pair.organisation, "handle"), "another"]
    offer = OfferFactory.create(donor=pair.donor, excluded_organisations=names)
    keyless = OfferFactory.create(excluded_organisations=names)
    parts.vault.keys.destroy_key(keyless.donor_id)
    delete_organisation(session, pair.holder, pair.organisation.id)
    session.commit()
    view = get_offer(session, officer, offer.id)
    assert view["excluded_organisations"] == ["another"]


def test_what_others_were_asked_about_it_goes(session, pair, officer):
    about = {"about_kind": "match", "about_id": pair.match.id}
    session.add(
        Question(
            id="1" * 32,
            to_role="donor",
            donor_id=pair.donor.id,
            asked_by_role="officer",
            asked_on=session.today,
            **about,
        )
    )
    session.commit()
    delete_organisation(session, pair.holder, pair.organisation.id)
    session.commit()
    assert session.get(Question, "1" * 32) is None


def test_what_a_hub_hosted_stays(session, make_actor):
    hub = OrganisationFactory.create(vetting=Vetting.VERIFIED)
    hosted = OrganisationFactory.create(hosted_by=hub.id)
    delete_organisation(session, make_actor(Role.ORGANISATION, organisation_id=hub.id), hub.id)
    session.commit()
    session.expire_all()
    assert session.get(Organisation, hosted.id).hosted_by_id is None


def test_officers_delete_only_who_cannot_sign_in(session, officer, pair):
    alone, giver = OrganisationFactory.create(), DonorFactory.create()
    delete_organisation(session, officer, alone.id)
    delete_donor(session, officer, giver.id)
    for delete, party_id in (
        (delete_organisation, pair.organisation.id),
        (delete_donor, pair.donor.id),
    ):
        with pytest.raises(NotAllowedError):
            delete(session, officer, party_id)


def test_nobody_deletes_another_or_by_a_key(session, pair, make_actor):
    stranger = make_actor(Role.ORGANISATION)
    with pytest.raises(NotFoundError):
        delete_organisation(session, stranger, pair.organisation.id)
    with pytest.raises(NotFoundError):
        delete_donor(session, pair.holder, pair.donor.id)
    by_key = make_actor(
        Role.ORGANISATION, organisation_id=pair.organisation.id, scopes=frozenset(Scope)
    )
    with pytest.raises(NotAllowedError):
        delete_organisation(session, by_key, pair.organisation.id)
    donor_key = make_actor(Role.DONOR, donor_id=pair.donor.id, scopes=frozenset(Scope))
    with pytest.raises(NotAllowedError):
        delete_donor(session, donor_key, pair.donor.id)


@pytest.mark.parametrize("side", ["organisation", "donor"])
def test_what_was_given_stays_without_who_it_was(session, pair, officer, rows, side):
    bring_to(session, pair, officer, MatchState.AWARDED)
    need_id, offer_id = pair.need.id, pair.offer.id
    if side == "organisation":
        delete_organisation(session, pair.holder, pair.organisation.id)
    else:
        delete_donor(session, pair.giver, pair.donor.id)
    session.commit()
    with rows() as reading:
        kept = reading.exec(select(KeptAward)).one()
        assert reading.exec(select(Award)).all() == []
        assert (kept.amount, kept.month) == (Money(100_000, "EUR"), TODAY.replace(day=1))
        assert kept.category_group == "fixed_costs"
        funding = read_funding(reading)
        if side == "organisation":
            assert (kept.need_id, kept.offer_id) == (None, offer_id)
            offer = reading.get(Offer, offer_id)
            assert funding.left_of(offer).hundredths == offer.budget.hundredths - 100_000
            assert read_funding_of(reading, [offer]).left_of(offer) == funding.left_of(offer)
        else:
            assert (kept.need_id, kept.offer_id) == (need_id, None)
            need = reading.get(Need, need_id)
            assert funding.given_to(need) == Money(100_000, "EUR")
            assert funding.givers_of(need_id) == ()
