"""Decisions on trust: whose they are, which reasons they need, what a suspension takes away."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, delete, select

from registry.domain.errors import (
    ConflictError,
    InvalidMoveError,
    NotAllowedError,
    NotFoundError,
    ReasonMissingError,
)
from registry.domain.pipeline import Mover, moves_from
from registry.domain.trust import VETTING_REASONS, VettingReason, VettingStage, vetting_reasons
from registry.identity.actor import Actor
from registry.services.matches.list_queue import list_queue
from registry.services.matches.match_history import match_history
from registry.services.matches.propose_matches import propose_for_need
from registry.services.topics import DONOR_CHANGED, ORGANISATION_CHANGED
from registry.services.vetting.get_trust import get_trust
from registry.services.vetting.set_vetting import set_vetting
from registry.storage.audit import AuditEntry
from registry.storage.database import RegistrySession
from registry.storage.outbox import OutboxEntry
from registry.storage.vetting import VettingDecision
from search.codes import MatchState, ReasonCode, RecordState, Vetting
from tests.factories import DonorFactory, OrganisationFactory
from tests.factories.matches import Pair, bring_to

NOTE = "Met them in Vilnius twice."
FACTORIES = {"organisation": OrganisationFactory, "donor": DonorFactory}
PARTIES = pytest.mark.parametrize("record", list(FACTORIES))


@PARTIES
def test_an_officer_vouches_and_the_decision_is_kept(
    session: RegistrySession, officer: Actor, record: str
) -> None:
    party = FACTORIES[record].create(vetting=Vetting.UNVERIFIED)
    session.today += timedelta(days=1)
    done = set_vetting(
        session,
        officer,
        record,
        party.id,
        vetting=Vetting.VOUCHED,
        reason=VettingReason.VOUCHED_BY_OTHERS,
        note=NOTE,
        version=party.version,
    )
    assert (party.vetting, party.vetted_on) == (Vetting.VOUCHED, session.today)
    assert (done["vetting"], done["version"]) == (Vetting.VOUCHED, party.version)
    (decision,) = get_trust(session, officer, record, party.id)["decisions"]
    assert decision == {
        "before": Vetting.UNVERIFIED,
        "vetting": Vetting.VOUCHED,
        "stage": VettingStage.DECIDED,
        "reason_code": VettingReason.VOUCHED_BY_OTHERS,
        "day": session.today,
        "by": officer.account_id[:4],
        "by_me": True,
        "note": NOTE,
    }


@PARTIES
def test_the_trail_says_that_one_officer_decided(
    session: RegistrySession, officer: Actor, record: str
) -> None:
    party = FACTORIES[record].create(vetting=Vetting.UNVERIFIED)
    set_vetting(
        session,
        officer,
        record,
        party.id,
        vetting=Vetting.VOUCHED,
        reason=VettingReason.VOUCHED_BY_OTHERS,
    )
    entry = session.exec(select(AuditEntry).where(col(AuditEntry.act) == "vetting_set")).one()
    assert (entry.actor, entry.subject) == (officer.account_id, party.id)
    assert entry.detail == "vouched_by_one_officer"


@PARTIES
def test_the_worker_is_asked_to_look(session: RegistrySession, officer: Actor, record: str) -> None:
    party = FACTORIES[record].create(vetting=Vetting.UNVERIFIED)
    for entry in session.exec(select(OutboxEntry)).all():
        session.delete(entry)
    set_vetting(
        session,
        officer,
        record,
        party.id,
        vetting=Vetting.VOUCHED,
        reason=VettingReason.VOUCHED_BY_OTHERS,
    )
    topic = ORGANISATION_CHANGED if record == "organisation" else DONOR_CHANGED
    assert (topic, [party.id]) in [
        (each.topic, each.subjects) for each in session.exec(select(OutboxEntry))
    ]


@PARTIES
def test_trust_is_the_officers_to_set(
    *,
    session: RegistrySession,
    record: str,
    make_actor: Callable[..., Actor],
    holder: Actor,
    giver: Actor,
    partner: Actor,
    auditor: Actor,
) -> None:
    party = FACTORIES[record].create(vetting=Vetting.UNVERIFIED)
    for actor in (holder, giver, partner, auditor):
        with pytest.raises(NotAllowedError):
            set_vetting(
                session,
                actor,
                record,
                party.id,
                vetting=Vetting.VERIFIED,
                reason=VettingReason.EVIDENCE_SEEN,
            )
        with pytest.raises(NotAllowedError):
            get_trust(session, actor, record, party.id)
    assert party.vetting == Vetting.UNVERIFIED
    assert session.exec(select(VettingDecision)).all() == []


def test_a_decision_from_an_old_page_is_refused(session: RegistrySession, officer: Actor) -> None:
    party = OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
    with pytest.raises(ConflictError):
        set_vetting(
            session,
            officer,
            "organisation",
            party.id,
            vetting=Vetting.VERIFIED,
            reason=VettingReason.EVIDENCE_SEEN,
            version=(party.version or 0) - 1,
        )
    assert party.vetting == Vetting.UNVERIFIED


def test_trust_after_a_suspension_is_built_from_the_beginning(
    session: RegistrySession, officer: Actor
) -> None:
    party = DonorFactory.create(vetting=Vetting.SUSPENDED)
    with pytest.raises(InvalidMoveError) as refused:
        set_vetting(
            session,
            officer,
            "donor",
            party.id,
            vetting=Vetting.VERIFIED,
            reason=VettingReason.CLEARED_UP,
        )
    assert (refused.value.record, refused.value.possible) == ("vetting", (Vetting.UNVERIFIED,))


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (Vetting.UNVERIFIED, Vetting.VERIFIED, VettingReason.IMPOSTOR_SUSPECTED),
        (Vetting.VERIFIED, Vetting.SUSPENDED, VettingReason.EVIDENCE_SEEN),
        (Vetting.VERIFIED, Vetting.VOUCHED, VettingReason.VOUCHED_BY_OTHERS),
        (Vetting.SUSPENDED, Vetting.UNVERIFIED, VettingReason.EVIDENCE_SEEN),
        (Vetting.UNVERIFIED, Vetting.VOUCHED, None),
    ],
)
def test_a_decision_needs_a_reason_that_belongs_to_it(
    session: RegistrySession,
    officer: Actor,
    before: Vetting,
    after: Vetting,
    reason: VettingReason,
) -> None:
    party = OrganisationFactory.create(vetting=before)
    with pytest.raises(ReasonMissingError):
        set_vetting(session, officer, "organisation", party.id, vetting=after, reason=reason)
    assert party.vetting == before


def test_every_possible_decision_has_reasons_and_every_reason_a_name() -> None:
    used = set()
    for before in Vetting:
        for after in moves_from("vetting", before, Mover.OFFICER):
            reasons = vetting_reasons(before, Vetting(after))
            assert reasons
            used |= set(reasons)
    assert used == set(VettingReason) == set(VETTING_REASONS)


@PARTIES
def test_a_suspension_ends_every_match_that_is_not_over(
    session: RegistrySession, pair: Pair, officer: Actor, record: str
) -> None:
    bring_to(session, pair, officer, MatchState.INTERESTED)
    done = set_vetting(
        session,
        officer,
        record,
        getattr(pair, record).id,
        vetting=Vetting.SUSPENDED,
        reason=VettingReason.IMPOSTOR_SUSPECTED,
    )
    assert (done["withdrawn"], pair.match.state) == (1, MatchState.WITHDRAWN)
    assert list_queue(session, officer).proposals == 0


def test_a_suspension_leaves_what_was_awarded(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, MatchState.AWARDED)
    done = set_vetting(
        session,
        officer,
        "donor",
        pair.donor.id,
        vetting=Vetting.SUSPENDED,
        reason=VettingReason.HELP_ABUSED,
    )
    assert (done["withdrawn"], pair.match.state) == (0, MatchState.AWARDED)


@pytest.mark.parametrize(
    ("vetting", "brought_to", "after"),
    [
        (Vetting.UNVERIFIED, MatchState.OFFERED, MatchState.WITHDRAWN),
        (Vetting.UNVERIFIED, MatchState.INTRODUCED, MatchState.WITHDRAWN),
        (Vetting.UNVERIFIED, MatchState.SHORTLISTED, MatchState.SHORTLISTED),
        (Vetting.VOUCHED, MatchState.OFFERED, MatchState.OFFERED),
    ],
)
def test_what_only_a_hub_answered_for_goes_with_it(
    session: RegistrySession,
    pair: Pair,
    officer: Actor,
    *,
    vetting: Vetting,
    brought_to: MatchState,
    after: MatchState,
) -> None:
    hub = OrganisationFactory.create()
    pair.organisation.hosted_by_id, pair.organisation.vetting = hub.id, vetting
    bring_to(session, pair, officer, brought_to)
    session.exec(delete(OutboxEntry))
    set_vetting(
        session,
        officer,
        "organisation",
        hub.id,
        vetting=Vetting.SUSPENDED,
        reason=VettingReason.IMPOSTOR_SUSPECTED,
    )
    assert pair.match.state == after
    changed = select(OutboxEntry).where(col(OutboxEntry.topic) == ORGANISATION_CHANGED)
    told = [subject for entry in session.exec(changed) for subject in entry.subjects]
    assert (pair.organisation.id in told) is (after is MatchState.WITHDRAWN)


def test_the_other_side_is_not_told_why(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, MatchState.INTERESTED)
    set_vetting(
        session,
        officer,
        "donor",
        pair.donor.id,
        vetting=Vetting.SUSPENDED,
        reason=VettingReason.IMPOSTOR_SUSPECTED,
    )
    last = match_history(session, pair.holder, pair.match, Mover.ORGANISATION)[-1]
    assert (last["by_role"], last["reason_code"]) == ("worker", ReasonCode.NO_LONGER_AVAILABLE)


def test_a_pair_comes_back_once_the_suspension_is_lifted(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    steps = (
        (Vetting.SUSPENDED, VettingReason.DOUBTS_RAISED),
        (Vetting.UNVERIFIED, VettingReason.CLEARED_UP),
    )
    for vetting, reason in steps:
        set_vetting(
            session,
            officer,
            "organisation",
            pair.organisation.id,
            vetting=vetting,
            reason=reason,
        )
        propose_for_need(session, pair.need.id)
        expected = {Vetting.SUSPENDED: "withdrawn", Vetting.UNVERIFIED: "proposed"}[vetting]
        assert pair.match.state == expected


def test_a_deleted_party_and_one_that_never_was_look_the_same(
    session: RegistrySession, officer: Actor
) -> None:
    party = OrganisationFactory.create()
    party.state = RecordState.DELETED
    session.flush()
    for record, wanted in (("organisation", party.id), ("donor", party.id), ("hub", party.id)):
        with pytest.raises(NotFoundError):
            get_trust(session, officer, record, wanted)


def test_what_can_be_decided_next_comes_with_its_reasons(
    session: RegistrySession, officer: Actor
) -> None:
    party = OrganisationFactory.create(vetting=Vetting.VERIFIED)
    possible = get_trust(session, officer, "organisation", party.id)["possible"]
    assert [each["vetting"] for each in possible] == [
        Vetting.VOUCHED,
        Vetting.UNVERIFIED,
        Vetting.SUSPENDED,
    ]
    assert VettingReason.IMPOSTOR_SUSPECTED in possible[-1]["reasons"]


def test_decisions_stand_newest_first_and_their_notes_are_guarded(
    session: RegistrySession, officer: Actor
) -> None:
    party = OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
    for vetting, reason in (
        (Vetting.VOUCHED, VettingReason.VOUCHED_BY_OTHERS),
        (Vetting.VERIFIED, VettingReason.EVIDENCE_SEEN),
    ):
        set_vetting(
            session,
            officer,
            "organisation",
            party.id,
            vetting=vetting,
            reason=reason,
            note=NOTE,
        )
    decisions = get_trust(session, officer, "organisation", party.id)["decisions"]
    assert [each["vetting"] for each in decisions] == [Vetting.VERIFIED, Vetting.VOUCHED]
    for row in session.exec(select(VettingDecision)):
        assert row.key_owner == party.id
        assert row.note is not None
        assert b"Vilnius" not in row.note.body
