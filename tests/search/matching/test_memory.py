"""With a memory `examine` says of every pair exactly what it says without one."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.eligibility.catalogue import load_rules, optional_rules
from search.eligibility.pair import Pair
from search.eligibility.verdict import Waiver
from search.matching import memory
from search.matching.memory import Memory
from search.matching.pairing import examine
from search.matching.score import load_parts
from search.matching.weights import load_weights
from tests.search.eligibility.worlds import SETTINGS, World

OF_A_PROGRAMME = replace(
    load_weights(),
    version=load_weights().version,
    of_parts={code: place * 1.5 for place, code in enumerate(load_parts())},
    channel_safety=dict.fromkeys(load_weights().channel_safety, 0.3),
)


def pairs_of(world, needs=8, offers=6):
    asking = [(world.need(), world.organisation()) for _ in range(needs)]
    giving = [world.offer() for _ in range(offers)]
    return [Pair(*asker, offer, world.on, SETTINGS) for asker in asking for offer in giving]


def is_alike(pair, kept, **chosen):
    alone, among = examine(pair, 0.25, **chosen), examine(pair, 0.25, memory=kept, **chosen)
    return among == alone and among.to_record() == alone.to_record()


@settings(max_examples=12)
@given(seed=st.integers(0, 2**32))
def test_pairs_are_found_alike(seed):
    kept, world = Memory(), World(seed)
    for pair in pairs_of(world):
        assert is_alike(pair, kept)
        assert is_alike(pair, kept, weights=OF_A_PROGRAMME)


def test_waivers_and_rules_left_out_are_of_one_pair_and_leave_the_others_alone():
    kept, world = Memory(), World(7)
    some, left_out = tuple(map(Waiver, sorted(load_rules())[::3])), frozenset(optional_rules())
    for pair in pairs_of(world):
        assert is_alike(pair, kept, waivers=some)
        assert is_alike(pair, kept, left_out=left_out)
        assert is_alike(pair, kept)


def test_lists_in_another_order_and_numbers_written_otherwise_are_told_apart():
    kept, pair = Memory(), pairs_of(World(1))[0]
    for channels in (("cash", "bank_home"), ("bank_home", "cash")):
        assert is_alike(replace(pair, need=replace(pair.need, channels=channels)), kept)
    for percent in (Decimal(10), Decimal("10.0")):
        offer = replace(pair.offer, reallocation_percent=percent)
        assert is_alike(replace(pair, offer=offer), kept)


def test_what_has_been_forgotten_is_found_anew(monkeypatch):
    monkeypatch.setattr(memory, "MOST_KEPT", 3)
    kept = Memory()
    for pair in pairs_of(World(3)):
        assert is_alike(pair, kept)
        assert all(len(answers) <= 3 for answers in kept._verdicts)


def test_a_rule_is_asked_once_about_the_same_facts(monkeypatch):
    asked = []
    plain = memory.judge
    monkeypatch.setattr(
        memory, "judge", lambda rule, *rest: asked.append(rule.code) or plain(rule, *rest)
    )
    kept, pair = Memory(), pairs_of(World(5))[0]
    for _ in range(3):
        examine(replace(pair), memory=kept)
    once = [code for code in asked if code != "amount_within_range"]
    assert sorted(once) == sorted(set(load_rules()) - {"amount_within_range"})


@pytest.mark.parametrize("asking", [*load_rules().values(), *load_parts().values()])
def test_rules_and_parts_have_codes_of_their_own(asking):
    """Answers are kept by code."""
    assert [*load_rules(), *load_parts()].count(asking.code) == 1
