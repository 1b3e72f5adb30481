"""What a browser's session says of who is there, and for how long it counts."""

import time

import pytest

from registry.domain.errors import SignInNeededError
from registry.domain.roles import Role
from registry.identity import proof
from registry.identity.current import current_account
from registry.identity.proof import (
    CODE_DUE_SECONDS,
    FRESH_SECONDS,
    begin_second_factor,
    is_fresh,
    is_pending_for,
    note_proof,
    pending_account_id,
    try_code,
)
from tests.factories import AccountFactory
from tests.factories.accounts import present_code


@pytest.fixture
def account(session):
    return AccountFactory.create(role=Role.OFFICER)


@pytest.fixture
def clock(monkeypatch):
    now = [time.time()]
    monkeypatch.setattr(proof.time, "time", lambda: now[0])
    return now


def test_a_code_is_due_for_ten_minutes_and_no_longer(account, clock):
    browser = {}
    assert pending_account_id(browser) is None
    begin_second_factor(browser, account)
    assert pending_account_id(browser) == account.id
    clock[0] += CODE_DUE_SECONDS
    assert pending_account_id(browser) is None


@pytest.mark.parametrize(
    "change", [{"active": False}, {"fs_uniquifier": "0" * 64}], ids=["closed", "another secret"]
)
def test_what_was_begun_with_the_passphrase_ends_with_a_change_of_the_account(account, change):
    browser = {}
    assert not is_pending_for(browser, account)
    begin_second_factor(browser, account)
    assert is_pending_for(browser, account)
    for name, value in change.items():
        setattr(account, name, value)
    assert not is_pending_for(browser, account)


def test_a_proof_is_fresh_for_ten_minutes_and_ends_the_wait_for_a_code(account, clock):
    browser = {}
    assert not is_fresh(browser)
    begin_second_factor(browser, account)
    note_proof(browser)
    assert pending_account_id(browser) is None
    assert is_fresh(browser)
    clock[0] += FRESH_SECONDS
    assert not is_fresh(browser)


def test_no_code_is_right_for_an_account_that_is_gone(parts, session):
    session.commit()
    assert not try_code(parts.database, "0" * 32, present_code())


def test_without_anybody_signed_in_there_is_no_account(app):
    with app.test_request_context("/"), pytest.raises(SignInNeededError):
        current_account()
