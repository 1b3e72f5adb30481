"""What a party sealed of itself: only its own accounts read it back, and no two overwrite it."""

import pytest

from registry.domain.errors import ConflictError, KeyGoneError, NotAllowedError, NotFoundError
from registry.domain.roles import Role
from registry.services.accounts.close_account import close_account
from registry.services.envelopes.own_envelopes import list_own_envelopes, write_own_envelope
from registry.services.envelopes.share_envelopes import share_envelopes
from registry.storage.accounts import Account
from search.codes import EnvelopeKind
from tests.factories.accounts import give_key_pair

K = EnvelopeKind
TEXT = "Ask for Ales at the red door"


def texts(session, actor, private) -> dict[str, str | None]:
    return {line["kind"]: line["text"] for line in list_own_envelopes(session, actor, private)}


def line_of(session, actor, private, kind=K.CONTACT) -> dict:
    lines = list_own_envelopes(session, actor, private)
    return next(line for line in lines if line["kind"] == kind)


def test_an_organisation_has_three_envelopes_and_a_donor_two(session, holder, giver):
    assert list(texts(session, holder, None)) == [K.CONTACT, K.LEGAL_NAME, K.PAYOUT]
    assert list(texts(session, giver, None)) == [K.CONTACT, K.LEGAL_NAME]


def test_what_was_written_is_read_back_with_the_key_and_not_without(session, holder):
    private = give_key_pair(session, holder.account_id)
    write_own_envelope(session, holder, K.CONTACT, TEXT, None)

    assert texts(session, holder, private)[K.CONTACT] == TEXT
    assert texts(session, holder, private)[K.PAYOUT] is None
    locked = line_of(session, holder, None)
    assert (locked["written"], locked["text"], locked["version"]) == (True, None, 1)


def test_writing_again_replaces_it_and_writing_nothing_takes_it_away(session, holder):
    private = give_key_pair(session, holder.account_id)
    write_own_envelope(session, holder, K.CONTACT, TEXT, None)
    write_own_envelope(session, holder, K.CONTACT, "Another door", 1)
    assert line_of(session, holder, private)["text"] == "Another door"

    write_own_envelope(session, holder, K.CONTACT, None, 2)
    write_own_envelope(session, holder, K.CONTACT, None, None)
    assert not line_of(session, holder, private)["written"]


@pytest.mark.parametrize("version", [None, 2])
def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(session, holder, version):
    private = give_key_pair(session, holder.account_id)
    write_own_envelope(session, holder, K.CONTACT, TEXT, None)
    with pytest.raises(ConflictError):
        write_own_envelope(session, holder, K.CONTACT, "Mine", version)
    assert line_of(session, holder, private)["text"] == TEXT


def test_all_holders_of_the_party_read_it_and_nobody_elses(session, holder, make_actor):
    colleague = make_actor(Role.ORGANISATION, organisation_id=holder.organisation_id)
    stranger = make_actor(Role.ORGANISATION)
    keys = {each: give_key_pair(session, each.account_id) for each in (holder, colleague, stranger)}
    write_own_envelope(session, holder, K.PAYOUT, TEXT, None)

    assert texts(session, colleague, keys[colleague])[K.PAYOUT] == TEXT
    assert texts(session, stranger, keys[stranger])[K.PAYOUT] is None
    assert texts(session, colleague, keys[stranger])[K.PAYOUT] is None


def test_a_new_holder_reads_once_another_one_shared_with_it(session, holder, make_actor):
    mine = give_key_pair(session, holder.account_id)
    write_own_envelope(session, holder, K.CONTACT, TEXT, None)
    newcomer = make_actor(Role.ORGANISATION, organisation_id=holder.organisation_id)
    theirs = give_key_pair(session, newcomer.account_id)
    account = session.get_one(Account, newcomer.account_id)
    assert texts(session, newcomer, theirs)[K.CONTACT] is None

    assert share_envelopes(session, holder, account, None) == 0
    assert share_envelopes(session, holder, account, mine) == 1
    assert share_envelopes(session, holder, account, mine) == 0
    assert texts(session, newcomer, theirs)[K.CONTACT] == TEXT


def test_nothing_is_shared_with_an_account_of_somebody_else(session, holder, giver, officer):
    mine = give_key_pair(session, holder.account_id)
    account = session.get_one(Account, giver.account_id)
    for actor in (holder, officer):
        with pytest.raises(NotAllowedError):
            share_envelopes(session, actor, account, mine)


def test_a_closed_account_holds_no_key_any_more(session, holder, make_actor):
    private = give_key_pair(session, holder.account_id)
    write_own_envelope(session, holder, K.CONTACT, TEXT, None)
    close_account(session, make_actor(Role.ADMIN), holder.account_id)
    assert texts(session, holder, private)[K.CONTACT] is None


def test_there_is_no_payout_of_a_donor_and_nothing_of_an_officer(session, giver, officer):
    give_key_pair(session, giver.account_id)
    with pytest.raises(NotFoundError):
        write_own_envelope(session, giver, K.PAYOUT, TEXT, None)
    with pytest.raises(NotFoundError):
        list_own_envelopes(session, officer, None)


def test_an_account_without_a_key_pair_seals_nothing_it_could_not_read(session, holder):
    with pytest.raises(NotAllowedError):
        write_own_envelope(session, holder, K.CONTACT, TEXT, None)


def test_nobody_reads_it_once_the_key_of_its_owner_is_destroyed(session, holder):
    private = give_key_pair(session, holder.account_id)
    write_own_envelope(session, holder, K.CONTACT, TEXT, None)
    session.vault.keys.destroy_key(holder.organisation_id)
    with pytest.raises(KeyGoneError):
        list_own_envelopes(session, holder, private)
