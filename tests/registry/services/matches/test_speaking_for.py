"""Officers speak for a party only where it has no account; a hub speaks for those it hosts."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from registry.domain.errors import InvalidMoveError, NotFoundError, RecordRefusedError
from registry.domain.obstacles import ObstacleCode
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.services.matches.consent_match import consent_match
from registry.services.matches.get_match import get_match
from registry.services.matches.record_interest import record_interest
from registry.storage.accounts import Account
from registry.storage.audit import AuditEntry
from registry.storage.database import RegistrySession
from search.codes import MatchState, ReviewKind
from tests.factories import OrganisationFactory
from tests.factories.matches import Pair, bring_to

S = MatchState
HEARD = "It said so on the telephone, and will write to us next week."


def close_account(session: RegistrySession, actor: Actor) -> None:
    session.get_one(Account, actor.account_id).active = False
    session.flush()


def test_a_donor_with_an_account_speaks_for_itself(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.OFFERED)
    with pytest.raises(InvalidMoveError) as refused:
        record_interest(session, officer, pair.id, note=HEARD)
    assert [each.code for each in refused.value.why] == [ObstacleCode.PARTY_HAS_ACCOUNT]


def test_an_officer_passes_on_the_word_of_a_donor_without_an_account(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.OFFERED)
    close_account(session, pair.giver)
    with pytest.raises(RecordRefusedError):
        record_interest(session, officer, pair.id)
    record_interest(session, officer, pair.id, note=HEARD)
    act = get_match(session, officer, pair.id, "en")["reviews"][-1]
    assert (act["kind"], act["by_role"], act["for_party"]) == (
        ReviewKind.INTEREST,
        "officer",
        "donor",
    )
    entry = session.exec(select(AuditEntry).where(col(AuditEntry.act) == "match_interest")).one()
    assert (entry.actor, entry.detail) == (officer.account_id, "for_donor")


def test_an_officer_passes_on_the_word_of_an_organisation_without_an_account(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.INTERESTED)
    with pytest.raises(InvalidMoveError):
        consent_match(session, officer, pair.id, note=HEARD)
    close_account(session, pair.holder)
    assert consent_match(session, officer, pair.id, note=HEARD)["state"] == S.INTRODUCED


def test_a_yes_in_stead_stands_among_the_officers_moves_only_where_it_is_possible(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.OFFERED)
    kinds = [move["kind"] for move in get_match(session, officer, pair.id, "en")["moves"]]
    assert ReviewKind.INTEREST not in kinds
    close_account(session, pair.giver)
    moves = {move["kind"]: move for move in get_match(session, officer, pair.id, "en")["moves"]}
    assert moves[ReviewKind.INTEREST]["possible"]
    assert moves[ReviewKind.INTEREST]["in_stead"]


def test_a_hub_says_yes_for_whom_it_hosts_and_for_nobody_else(
    session: RegistrySession, pair: Pair, officer: Actor, make_actor: Callable[..., Actor]
) -> None:
    hub = OrganisationFactory.create()
    speaker = make_actor(Role.ORGANISATION, organisation_id=hub.id)
    bring_to(session, pair, officer, S.INTERESTED)
    with pytest.raises(NotFoundError):
        consent_match(session, speaker, pair.id)
    pair.organisation.hosted_by_id = hub.id
    assert consent_match(session, speaker, pair.id)["state"] == S.INTRODUCED


def test_a_partner_says_yes_for_what_its_key_registered(
    session: RegistrySession, pair: Pair, officer: Actor, partner: Actor
) -> None:
    bring_to(session, pair, officer, S.INTERESTED)
    pair.organisation.registered_by_id = partner.account_id
    consent_match(session, partner, pair.id)
    act = get_match(session, officer, pair.id, "en")["reviews"][-1]
    assert (act["kind"], act["by_role"]) == (ReviewKind.CONSENT, "partner")
