"""The second factor: a code works once, spare codes too, and nothing of it stands in clear."""

import time

import pytest

from registry.domain.roles import Role
from registry.identity.second_factor import (
    MANDATORY,
    SPARE_CODES,
    STEP_SECONDS,
    address_for_app,
    check_code,
    code_of,
    count_spare_codes,
    make_shared_secret,
    match_step,
    needs_set_up,
    remove_second_factor,
    set_up_second_factor,
    shared_secret,
)
from tests.factories import AccountFactory
from tests.factories.accounts import SHARED_SECRET, give_second_factor

NOW = 1_795_000_000.0


@pytest.fixture
def account(session):
    return AccountFactory.create(role=Role.OFFICER)


def test_the_published_example_gives_the_published_code():
    """RFC 6238, appendix B, at 59 seconds: 94287082, of which six digits are shown."""
    assert code_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59) == "287082"


def test_all_but_organisations_must_have_one(session, make_account):
    assert set(Role) - {Role.ORGANISATION} == MANDATORY
    assert not needs_set_up(make_account(Role.ORGANISATION))
    officer = make_account(Role.OFFICER)
    remove_second_factor(session, officer, officer.id)
    assert needs_set_up(officer)


@pytest.mark.parametrize("off", [-STEP_SECONDS, 0, STEP_SECONDS])
def test_a_clock_may_be_half_a_minute_off(off):
    assert match_step(SHARED_SECRET, code_of(SHARED_SECRET, NOW + off), NOW) is not None


@pytest.mark.parametrize("off", [-3 * STEP_SECONDS, 3 * STEP_SECONDS])
def test_not_more(off):
    assert match_step(SHARED_SECRET, code_of(SHARED_SECRET, NOW + off), NOW) is None


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "1234567", "\u0663" * 6])
def test_what_is_no_code_is_wrong(typed):
    assert match_step(SHARED_SECRET, typed, NOW) is None


def test_a_code_works_once_and_the_next_one_again(session, account):
    code = code_of(SHARED_SECRET, NOW)
    assert check_code(session, account, f"{code[:3]} {code[3:]}", NOW)
    assert not check_code(session, account, code, NOW)
    later = NOW + STEP_SECONDS
    assert check_code(session, account, code_of(SHARED_SECRET, later), later)
    assert not check_code(session, account, code, later)


def test_a_spare_code_works_once_instead(session, account):
    codes = give_second_factor(session, account)
    assert len(set(codes)) == SPARE_CODES
    assert check_code(session, account, codes[0], NOW)
    assert not check_code(session, account, codes[0], NOW)
    assert check_code(session, account, codes[1].replace(" ", ""), NOW)
    assert count_spare_codes(session.vault, account) == SPARE_CODES - 2


def test_the_spare_code_of_another_account_is_wrong(session, account):
    other = AccountFactory.create(role=Role.OFFICER)
    (code, *_) = give_second_factor(session, other)
    assert not check_code(session, account, code, NOW)


def test_setting_up_anew_ends_the_old_app_and_the_old_spare_codes(session, account):
    (old, *_) = give_second_factor(session, account)
    fresh = make_shared_secret()
    set_up_second_factor(session, account, fresh, step=0)
    assert not check_code(session, account, old, NOW)
    assert not check_code(session, account, code_of(SHARED_SECRET, NOW), NOW)
    assert check_code(session, account, code_of(fresh, NOW), NOW)


def test_without_one_no_code_is_right(session, make_account):
    account = make_account(Role.ORGANISATION)
    assert not check_code(session, account, "000000", time.time())
    assert count_spare_codes(session.vault, account) == 0
    assert shared_secret(session.vault, account) is None


def test_nothing_of_it_stands_in_clear_and_it_goes_with_its_organisation(session, make_account):
    account = make_account(Role.ORGANISATION)
    (code, *_) = give_second_factor(session, account)
    body = account.second_factor.body
    assert SHARED_SECRET.encode() not in body
    assert code.replace(" ", "").encode() not in body
    assert account.key_owner == account.organisation_id


def test_the_address_for_the_app_names_nobody():
    address = address_for_app(SHARED_SECRET)
    assert address.startswith("otpauth://totp/")
    assert "egistry" not in address
