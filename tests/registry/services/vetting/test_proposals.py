"""Full trust in two steps: who may confirm, when one alone may, and what ends a proposal."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select

from registry.domain.errors import (
    ConflictError,
    InvalidMoveError,
    NotAllowedError,
    NotFoundError,
)
from registry.domain.roles import Role
from registry.domain.trust import ALONE_WAITS, VettingReason
from registry.identity.actor import HOUSE, Actor
from registry.services.vetting.drop_proposal import drop_proposal
from registry.services.vetting.get_trust import get_trust
from registry.services.vetting.list_proposals import list_proposals
from registry.services.vetting.set_vetting import set_vetting
from registry.storage.accounts import Account
from registry.storage.audit import AuditEntry
from registry.storage.database import RegistrySession
from registry.storage.organisations import Organisation
from registry.storage.outbox import OutboxEntry
from search.codes import RecordState, Vetting
from tests.factories import OrganisationFactory

Decide = Callable[..., dict[str, object]]


@pytest.fixture
def party(session: RegistrySession) -> Organisation:
    return OrganisationFactory.create(vetting=Vetting.VOUCHED)


@pytest.fixture
def second(make_actor: Callable[..., Actor]) -> Actor:
    return make_actor(Role.ADMIN)


@pytest.fixture
def verify(session: RegistrySession, party: Organisation) -> Decide:
    def do(actor: Actor, **fields: object) -> dict[str, object]:
        given = {"vetting": Vetting.VERIFIED, "reason": VettingReason.EVIDENCE_SEEN} | fields
        return set_vetting(session, actor, "organisation", party.id, **given)  # type: ignore[arg-type]

    return do


def details(session: RegistrySession) -> list[tuple[str, str | None]]:
    entries = session.exec(select(AuditEntry).order_by(col(AuditEntry.id)))
    return [(each.act, each.detail) for each in entries if each.act.startswith("vetting")]


def test_a_first_word_changes_nothing_and_a_second_one_decides(
    session: RegistrySession, party: Organisation, officer: Actor, second: Actor, verify: Decide
) -> None:
    since, version = party.vetted_on, party.version
    queued = len(session.exec(select(OutboxEntry)).all())
    done = verify(officer, version=version)
    assert (done["proposed"], done["vetting"]) == (True, Vetting.VOUCHED)
    assert (party.vetting, party.vetted_on) == (Vetting.VOUCHED, since)
    assert len(session.exec(select(OutboxEntry)).all()) == queued
    done = verify(second, version=party.version)
    assert (done["proposed"], party.vetting) == (False, Vetting.VERIFIED)
    assert details(session) == [
        ("vetting_proposed", "verified"),
        ("vetting_set", "verified_by_two_officers"),
    ]


@pytest.mark.usefixtures("second")
def test_nobody_confirms_its_own_word_however_long_it_waits(
    session: RegistrySession, party: Organisation, officer: Actor, verify: Decide
) -> None:
    verify(officer)
    session.today += timedelta(days=400)
    with pytest.raises(InvalidMoveError) as refused:
        verify(officer)
    assert Vetting.VERIFIED not in refused.value.possible
    assert party.vetting == Vetting.VOUCHED


def test_the_only_officer_confirms_once_a_whole_day_has_passed(
    session: RegistrySession, party: Organisation, officer: Actor, verify: Decide
) -> None:
    verify(officer)
    for _ in range(ALONE_WAITS.days):
        with pytest.raises(InvalidMoveError):
            verify(officer)
        session.today += timedelta(days=1)
    verify(officer)
    assert party.vetting == Vetting.VERIFIED
    assert details(session)[-1] == ("vetting_set", "verified_by_one_officer")


@pytest.mark.parametrize("change", [{"active": False}, {"role": Role.PARTNER}])
def test_the_word_of_somebody_who_is_no_officer_any_more_is_none(
    *,
    session: RegistrySession,
    party: Organisation,
    officer: Actor,
    second: Actor,
    verify: Decide,
    change: dict[str, object],
) -> None:
    verify(officer)
    account = session.get_one(Account, officer.account_id)
    for name, value in change.items():
        setattr(account, name, value)
    session.flush()
    assert list_proposals(session, second, "organisation") == []
    assert verify(second)["proposed"] is True
    assert party.vetting == Vetting.VOUCHED


def test_any_other_decision_ends_a_proposal(
    session: RegistrySession, party: Organisation, officer: Actor, second: Actor, verify: Decide
) -> None:
    verify(officer)
    verify(second, vetting=Vetting.SUSPENDED, reason=VettingReason.DOUBTS_RAISED)
    verify(second, vetting=Vetting.UNVERIFIED, reason=VettingReason.CLEARED_UP)
    assert get_trust(session, second, "organisation", party.id)["proposal"] is None
    assert verify(second)["proposed"] is True


def test_a_proposal_for_another_state_of_things_does_not_hold(
    session: RegistrySession, party: Organisation, officer: Actor, second: Actor, verify: Decide
) -> None:
    verify(officer)
    party.vetting = Vetting.UNVERIFIED  # as an import sets it, without a decision
    session.flush()
    assert list_proposals(session, second, "organisation") == []
    assert verify(second)["proposed"] is True


def test_nobody_confirms_what_stood_there_before(
    session: RegistrySession, party: Organisation, officer: Actor, second: Actor, verify: Decide
) -> None:
    seen = party.version
    verify(officer, version=seen)
    with pytest.raises(ConflictError):
        verify(second, version=seen)
    seen = party.version
    drop_proposal(session, officer, "organisation", party.id, version=seen)
    with pytest.raises(ConflictError):
        verify(second, version=seen)
    assert party.vetting == Vetting.VOUCHED


def test_what_is_dropped_is_no_first_word(
    session: RegistrySession, party: Organisation, officer: Actor, second: Actor, verify: Decide
) -> None:
    verify(officer)
    drop_proposal(session, second, "organisation", party.id, version=party.version)
    assert details(session)[-1] == ("vetting_dropped", "verified")
    with pytest.raises(NotFoundError):
        drop_proposal(session, second, "organisation", party.id)
    assert verify(second)["proposed"] is True
    assert party.vetting == Vetting.VOUCHED


def test_the_operator_needs_no_second_one(
    session: RegistrySession, party: Organisation, verify: Decide
) -> None:
    verify(HOUSE)
    assert party.vetting == Vetting.VERIFIED
    assert details(session) == [("vetting_set", "verified_by_the_house")]


def test_what_waits_is_shown_to_officers_and_auditors_alone(
    *,
    session: RegistrySession,
    party: Organisation,
    officer: Actor,
    auditor: Actor,
    holder: Actor,
    verify: Decide,
) -> None:
    verify(officer)
    expected = {
        "party_id": party.id,
        "vetting": Vetting.VERIFIED,
        "by": officer.account_id[:4],
        "day": session.today,
        "alone_from": session.today + ALONE_WAITS,
    }
    for actor in (officer, auditor):
        assert list_proposals(session, actor, "organisation") == [expected]
        assert list_proposals(session, actor, "donor") == []
    for actor in (holder, auditor):
        with pytest.raises(NotAllowedError):
            drop_proposal(session, actor, "organisation", party.id)
    with pytest.raises(NotAllowedError):
        list_proposals(session, holder, "organisation")
    party.state = RecordState.DELETED
    session.flush()
    assert list_proposals(session, officer, "organisation") == []
