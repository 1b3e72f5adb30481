"""Accounts and keys: made once, kept as hashes, known again until they are revoked."""

from datetime import timedelta

import pytest

from registry.domain.errors import (
    AlreadyExistsError,
    NotAllowedError,
    NotFoundError,
    SignInNeededError,
)
from registry.domain.roles import Role, Scope
from registry.identity.accounts import (
    actor_of_api_key,
    create_account,
    create_api_key,
    note_use_of_key,
    prepare_secret,
    revoke_api_key,
)
from registry.identity.passphrases import make_passphrase, words_of
from registry.storage.accounts import Account

READS = frozenset({Scope.NEEDS_READ})


@pytest.fixture
def account(app, session) -> Account:
    with app.app_context():
        made, _ = create_account(session, Role.PARTNER, name="hub")
    return made


def test_a_secret_does_not_print_itself(app, session):
    with app.app_context():
        _, secret = create_account(session, Role.OFFICER)

    assert repr(secret) == "<secret>"
    assert secret.passphrase not in repr([secret])


def test_two_accounts_cannot_share_a_sign_in_name(app, session, account):
    with app.app_context(), pytest.raises(AlreadyExistsError):
        create_account(session, Role.PARTNER, name="  HUB ")


def test_a_key_acts_for_its_account_within_its_scopes(session, account):
    key = create_api_key(session, account, READS)

    actor, _ = actor_of_api_key(session, key)

    assert (actor.account_id, actor.scopes) == (account.id, READS)
    with pytest.raises(NotAllowedError):
        actor.require(Scope.NEEDS_WRITE)


def test_an_unknown_key_opens_nothing(session, account):
    with pytest.raises(SignInNeededError):
        actor_of_api_key(session, "x" * 43)


def test_a_key_ends_with_its_last_day(session, account):
    key = create_api_key(session, account, READS, expires_on=session.today)
    assert actor_of_api_key(session, key)

    session.today += timedelta(days=1)

    with pytest.raises(SignInNeededError):
        actor_of_api_key(session, key)


def test_a_key_of_a_closed_account_opens_nothing(session, account):
    key = create_api_key(session, account, READS)
    account.active = False
    session.flush()

    with pytest.raises(SignInNeededError):
        actor_of_api_key(session, key)


def test_a_revoked_key_opens_nothing_and_can_be_revoked_again(session, account):
    key = create_api_key(session, account, READS)
    row_id = account_key_id(session, account)

    revoke_api_key(session, row_id)
    revoke_api_key(session, row_id)

    with pytest.raises(SignInNeededError):
        actor_of_api_key(session, key)


def test_revoking_what_is_not_there_says_so(session):
    with pytest.raises(NotFoundError, match="apikey list"):
        revoke_api_key(session, "0" * 32)


def test_a_language_without_a_word_list_gets_english_words():
    assert words_of("xx") == words_of("en")
    assert set(make_passphrase("be").split()) <= set(words_of("be"))


def account_key_id(session, account) -> str:
    from sqlmodel import col, select

    from registry.storage.accounts import ApiKey

    statement = select(ApiKey.id).where(col(ApiKey.account_id) == account.id)
    return session.exec(statement).one()


def test_noting_the_use_of_a_key_that_is_gone_changes_nothing(session):
    note_use_of_key(session, "0" * 32)

    assert not session.dirty


def test_a_prepared_secret_does_not_print_itself(app):
    with app.app_context():
        prepared = prepare_secret("en")

    assert "secret" in repr(prepared)
    assert prepared.shown.passphrase not in repr(prepared)
