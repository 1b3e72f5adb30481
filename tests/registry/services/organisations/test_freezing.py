"""Freezing and holders as services: who may, and what it ends."""

import pytest
from sqlmodel import select

from registry.domain.errors import InvalidMoveError, NotAllowedError, NotFoundError
from registry.domain.roles import Role, Scope
from registry.identity.accounts import prepare_secret
from registry.identity.actor import HOUSE
from registry.services.accounts.holders import add_holder, list_holders, remove_holder
from registry.services.envelopes.give_envelope import give_envelope
from registry.services.envelopes.own_envelopes import write_own_envelope
from registry.services.organisations.freeze_organisation import (
    freeze_by_code,
    freeze_organisation,
    make_freeze_code,
    unfreeze_organisation,
)
from registry.services.topics import ORGANISATION_CHANGED
from registry.storage.accounts import Account
from registry.storage.envelopes import AccountKey, keys_held_by
from registry.storage.matches import Match
from registry.storage.organisations import Organisation
from registry.storage.outbox import OutboxEntry
from search.codes import EnvelopeKind, MatchState
from tests.factories.accounts import give_key_pair
from tests.factories.matches import bring_to, make_pair


def state_of(session, organisation_id):
    return session.get_one(Organisation, organisation_id).state


def test_it_and_officers_may_freeze_it_nobody_else_and_no_key(session, holder, officer, make_actor):
    own = holder.organisation_id
    for stranger in (make_actor(Role.ORGANISATION), make_actor(Role.DONOR), make_actor("auditor")):
        with pytest.raises(NotFoundError):
            freeze_organisation(session, stranger, own)
    by_key = make_actor(
        Role.ORGANISATION, organisation_id=own, scopes=frozenset({Scope.ORGANISATIONS_WRITE})
    )
    with pytest.raises(NotAllowedError):
        freeze_organisation(session, by_key, own)
    assert state_of(session, own) == "active"
    freeze_organisation(session, officer, own)
    assert state_of(session, own) == "frozen"


def test_sessions_end_and_the_worker_hears_of_it_once(session, holder):
    before = session.get_one(Account, holder.account_id).fs_uniquifier
    for _ in range(2):
        freeze_organisation(session, holder, holder.organisation_id)
    assert session.get_one(Account, holder.account_id).fs_uniquifier != before
    told = session.exec(select(OutboxEntry).where(OutboxEntry.topic == ORGANISATION_CHANGED)).all()
    assert [each.subjects for each in told].count([holder.organisation_id]) == 2, "made, frozen"


def test_a_new_code_makes_the_old_one_worthless(session, holder):
    old = make_freeze_code(session, holder)
    new = make_freeze_code(session, holder)
    assert not freeze_by_code(session, old)
    assert not freeze_by_code(session, "")
    assert state_of(session, holder.organisation_id) == "active"
    assert freeze_by_code(session, new)
    assert state_of(session, holder.organisation_id) == "frozen"


def test_the_code_stands_nowhere_in_clear(session, holder):
    code = make_freeze_code(session, holder).replace(" ", "")
    kept = session.get_one(Organisation, holder.organisation_id).freeze_code
    assert len(kept) == 16
    assert code.encode() not in kept


def test_only_an_officer_opens_what_is_frozen(session, holder, officer):
    own = holder.organisation_id
    with pytest.raises(InvalidMoveError):
        unfreeze_organisation(session, officer, own)
    freeze_organisation(session, holder, own)
    with pytest.raises(NotAllowedError):
        unfreeze_organisation(session, holder, own)
    with pytest.raises(NotFoundError):
        unfreeze_organisation(session, officer, "0" * 32)
    unfreeze_organisation(session, officer, own)
    assert state_of(session, own) == "active"


def test_who_belongs_to_no_organisation_has_no_holders_and_no_code(session, officer, giver):
    for nobody in (officer, giver):
        with pytest.raises(NotFoundError):
            list_holders(session, nobody)
        with pytest.raises(NotFoundError):
            make_freeze_code(session, nobody)


def test_nobody_removes_oneself_or_a_programmes_account(session, holder, make_actor):
    programme = make_actor(Role.PARTNER, organisation_id=holder.organisation_id)
    for account_id in (holder.account_id, programme.account_id, "0" * 32):
        with pytest.raises(NotFoundError):
            remove_holder(session, holder, account_id)
    assert [line["is_me"] for line in list_holders(session, holder)] == [True]


def test_what_was_given_opens_no_more_also_of_a_pairing_that_is_over(session):
    pair = make_pair()
    private = give_key_pair(session, pair.holder.account_id)
    give_key_pair(session, pair.giver.account_id)
    write_own_envelope(session, pair.holder, EnvelopeKind.CONTACT, "Ales, red door", None)
    bring_to(session, pair, HOUSE, MatchState.INTRODUCED)
    give_envelope(session, pair.holder, pair.id, EnvelopeKind.CONTACT, private)
    session.get_one(Match, pair.id).state = MatchState.AWARDED
    assert len(keys_held_by(session, pair.giver.account_id)) == 1
    freeze_organisation(session, pair.holder, pair.organisation.id)
    assert keys_held_by(session, pair.giver.account_id) == []
    assert len(keys_held_by(session, pair.holder.account_id)) == 1


def test_to_a_new_holder_opens_what_opens_to_the_old_one_and_to_a_removed_one_nothing(
    app, session, holder
):
    private = give_key_pair(session, holder.account_id)
    write_own_envelope(session, holder, EnvelopeKind.CONTACT, "Ales, red door", None)
    with app.app_context():
        prepared = prepare_secret("en")
    add_holder(session, holder, prepared, language="en", private=private)
    (new,) = (line["id"] for line in list_holders(session, holder) if not line["is_me"])
    assert len(keys_held_by(session, new)) == 1
    remove_holder(session, holder, new)
    assert keys_held_by(session, new) == []
    assert session.get(AccountKey, new) is None
    assert len(keys_held_by(session, holder.account_id)) == 1
