"""Key pairs of accounts: only the passphrase or the recovery code opens the private half."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import sleep

from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from registry.privacy import account_keys
from registry.privacy.account_keys import Cost, make_key, make_pair, unwrap_key, wrap_key
from tests.conftest import USUAL_COST

PASSPHRASE, CODE = "seven quiet words", "1234567890123456789012345"


def test_both_secrets_open_the_private_half():
    pair = make_pair(PASSPHRASE, CODE)

    assert unwrap_key(pair.by_passphrase, PASSPHRASE, "passphrase") == pair.private
    assert unwrap_key(pair.by_recovery, CODE, "recovery code") == pair.private
    assert bytes(PrivateKey(pair.private).public_key) == pair.public


def test_no_other_secret_does_and_neither_in_the_others_place():
    pair = make_pair(PASSPHRASE, CODE)

    assert unwrap_key(pair.by_passphrase, PASSPHRASE + ".", "passphrase") is None
    assert unwrap_key(pair.by_recovery, PASSPHRASE, "recovery code") is None
    assert unwrap_key(pair.by_recovery, CODE, "passphrase") is None


@given(place=st.integers(min_value=8), bit=st.integers(0, 7))
def test_a_changed_bit_opens_nothing(place, bit):
    wrapped = bytearray(wrap_key(b"k" * 32, PASSPHRASE, "passphrase"))
    wrapped[8 + place % (len(wrapped) - 8)] ^= 1 << bit

    assert unwrap_key(bytes(wrapped), PASSPHRASE, "passphrase") is None


def test_no_two_wrappings_look_alike():
    private, _ = make_key()

    assert wrap_key(private, CODE, "passphrase") != wrap_key(private, CODE, "passphrase")


def test_what_was_wrapped_at_another_cost_still_opens(monkeypatch):
    wrapped = wrap_key(b"k" * 32, PASSPHRASE, "passphrase")
    monkeypatch.setattr(account_keys, "COST", Cost(rounds=2, memory_kib=16))

    assert unwrap_key(wrapped, PASSPHRASE, "passphrase") == b"k" * 32


def test_outside_of_tests_deriving_costs_what_was_agreed():
    assert USUAL_COST.rounds >= 3
    assert 64 * 1024 <= USUAL_COST.memory_kib <= 128 * 1024


def test_a_key_pair_prints_nothing_of_itself():
    pair = make_pair(PASSPHRASE, CODE)

    assert repr(pair) == str(replace(pair)) == "<key pair>"


def test_looking_for_nobody_derives_a_key_too(monkeypatch):
    asked = []

    def derive(*_: object, **cost: int) -> bytes:
        asked.append(cost)
        return b"x" * 32

    monkeypatch.setattr(account_keys.argon2id, "kdf", derive)

    account_keys.unwrap_nothing(PASSPHRASE)

    cost = account_keys.COST
    assert asked == [{"opslimit": cost.rounds, "memlimit": cost.memory_kib * 1024}]


def test_in_one_process_keys_are_derived_one_at_a_time(monkeypatch):
    running, most = [0], [0]

    def derive(*_: object, **__: int) -> bytes:
        running[0] += 1
        most[0] = max(most[0], running[0])
        sleep(0.01)
        running[0] -= 1
        return b"x" * 32

    monkeypatch.setattr(account_keys.argon2id, "kdf", derive)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(account_keys.unwrap_nothing, [PASSPHRASE] * 8))

    assert most == [1]
