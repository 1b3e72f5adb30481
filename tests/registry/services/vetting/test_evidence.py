"""Evidence of a decision on trust: sealed to officers, counted when opened, nobody else's."""

import pytest

from registry.domain.errors import LimitReachedError, NotAllowedError, NotFoundError
from registry.domain.roles import Role
from registry.services.envelopes.own_envelopes import list_own_envelopes
from registry.services.vetting import evidence
from registry.services.vetting.evidence import has_evidence, open_evidence, seal_evidence
from registry.storage.envelopes import find_envelope
from tests.factories import DonorFactory, OrganisationFactory
from tests.factories.accounts import give_key_pair

TEXT = "Two people of ours met their editor in Vilnius"
FACTORIES = {"organisation": OrganisationFactory, "donor": DonorFactory}
PARTIES = pytest.mark.parametrize("record", list(FACTORIES))


@pytest.fixture
def private(session, officer) -> bytes:
    return give_key_pair(session, officer.account_id)


@PARTIES
def test_officers_open_what_one_of_them_sealed(session, officer, private, make_actor, record):
    colleague = make_actor(Role.ADMIN)
    theirs = give_key_pair(session, colleague.account_id)
    party = FACTORIES[record].create()
    assert not has_evidence(session, party.id)
    seal_evidence(session, officer, record, party.id, "First")
    seal_evidence(session, colleague, record, party.id, TEXT)

    assert has_evidence(session, party.id)
    assert open_evidence(session, officer, record, party.id, private) == TEXT
    assert open_evidence(session, colleague, record, party.id, theirs) == TEXT
    assert open_evidence(session, colleague, record, party.id, None) is None
    assert TEXT not in (session.vault.read(find_envelope(session, party.id, "evidence"), "body"))


def test_an_officer_who_came_later_reads_once_another_one_opened_it(
    session, officer, private, make_actor
):
    party = OrganisationFactory.create()
    seal_evidence(session, officer, "organisation", party.id, TEXT)
    later = make_actor(Role.OFFICER)
    theirs = give_key_pair(session, later.account_id)
    assert open_evidence(session, later, "organisation", party.id, theirs) is None
    open_evidence(session, officer, "organisation", party.id, private)
    assert open_evidence(session, later, "organisation", party.id, theirs) == TEXT


def test_only_so_many_are_opened_in_a_day(session, officer, private, calendar, monkeypatch):
    monkeypatch.setattr(evidence, "EVIDENCE_A_DAY", 2)
    parties = [OrganisationFactory.create().id for _ in range(3)]
    for party_id in parties:
        seal_evidence(session, officer, "organisation", party_id, TEXT)
    for party_id in (*parties[:2], *parties[:2]):
        assert open_evidence(session, officer, "organisation", party_id, private) == TEXT
    with pytest.raises(LimitReachedError):
        open_evidence(session, officer, "organisation", parties[2], private)
    session.today = calendar.pass_days(1)
    assert open_evidence(session, officer, "organisation", parties[2], private) == TEXT


def test_nobody_else_seals_or_opens_it_and_its_party_sees_nothing_of_it(
    session, officer, private, holder, auditor
):
    mine = give_key_pair(session, holder.account_id)
    party_id = holder.organisation_id
    seal_evidence(session, officer, "organisation", party_id, TEXT)
    for who in (holder, auditor):
        with pytest.raises(NotAllowedError):
            open_evidence(session, who, "organisation", party_id, mine)
        with pytest.raises(NotAllowedError):
            seal_evidence(session, who, "organisation", party_id, "Mine")
    lines = list_own_envelopes(session, holder, mine)
    assert not any(line["written"] for line in lines)


def test_there_is_nothing_to_open_where_nothing_was_sealed(session, officer, private):
    with pytest.raises(NotFoundError):
        open_evidence(session, officer, "donor", DonorFactory.create().id, private)


def test_without_an_officers_key_nothing_is_sealed(session, officer):
    with pytest.raises(NotAllowedError):
        seal_evidence(session, officer, "donor", DonorFactory.create().id, TEXT)
