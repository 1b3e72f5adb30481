"""Rounding many at once gives the decimals of one."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.matching.bulk.best import best_of_rows
from search.matching.bulk.numbered import Numbered
from search.matching.bulk.rows import Rows
from search.matching.bulk.steps import STEPS, in_steps, share_in_steps

HALVES = st.integers(0, STEPS - 1).map(lambda step: (step + 0.5) / STEPS)


@given(st.lists(st.floats(0, 1) | HALVES, max_size=20))
@example([0.03125, 0.00005, 0.00015, 0.28125, 1.0])
def test_values_are_rounded_as_python_rounds(values):
    found = in_steps(np.array(values))
    assert (found / STEPS).tolist() == [round(each, 4) for each in values]


@given(st.integers(0, 10**9), st.integers(1, 10**5))
def test_shares_are_rounded_half_to_even(total, count):
    assert share_in_steps(np.array([total]), count).tolist() == [round(Fraction(total, count))]


@given(
    st.lists(st.lists(st.integers(-1, 5), min_size=4, max_size=4), min_size=1), st.integers(1, 6)
)
def test_the_best_of_rows_are_those_of_a_sorted_list(rows, k):
    places, values = best_of_rows(np.array(rows), k)
    for row, found, valued in zip(rows, places.tolist(), values.tolist(), strict=True):
        ordered = sorted((-value, place) for place, value in enumerate(row) if value >= 0)[:k]
        short = k - len(ordered)
        assert found == [place for _, place in ordered] + [-1] * short
        assert valued == [-value for value, _ in ordered] + [-1] * short


@pytest.mark.parametrize("high", [2**29, 2**30 - 1, 2**30, 2**31 - 1, 2**31, 2**40])
def test_large_values_are_ordered_like_small_ones(high):
    places, values = best_of_rows(np.array([[high - 1, high, high - 1]]), 3)
    assert places.tolist() == [[1, 0, 2]]
    assert values.tolist() == [[high, high - 1, high - 1]]
    places, values = best_of_rows(np.array([[3, high]]), 1)
    assert (places.tolist(), values.tolist()) == ([[1]], [[high]])


def test_the_best_keep_the_type_of_the_values():
    places, values = best_of_rows(np.array([[1, 2]], np.int16), 3)
    assert (places.dtype, values.dtype) == (np.int64, np.int16)


@given(
    st.lists(st.tuples(st.integers(0, 6), st.lists(st.integers(0, 99), max_size=400)), max_size=40)
)
def test_rows_read_back_after_any_changes(changes):
    rows, expected = Rows(), {}
    for position, numbers in changes:
        rows.put(position, numbers)
        expected[position] = numbers
    assert [rows.read(position) for position in range(9)] == [
        expected.get(position, []) for position in range(9)
    ]
    numbers, bounds = rows.gather(np.array([5, 0, 8]))
    parts = [expected.get(position, []) for position in (5, 0, 8)]
    assert numbers.tolist() == [each for part in parts for each in part]
    assert np.diff(bounds).tolist() == [len(part) for part in parts]


def test_rows_that_fill_every_position_keep_their_lists_when_gaps_are_closed():
    rows = Rows()
    for position in range(64):
        rows.put(position, [position] * 10)
    rows.put(5, list(range(4000)))
    assert rows.read(5) == list(range(4000))
    assert [rows.read(position) for position in (0, 62, 63)] == [[0] * 10, [62] * 10, [63] * 10]


def test_a_number_is_used_again_once_nobody_holds_it():
    numbers = Numbered()
    assert [numbers.hold(each) for each in "abab"] == [0, 1, 0, 1]
    assert numbers.release(0) is None
    assert numbers.release(0) == "a"
    assert numbers.hold("c") == 0
    assert numbers.hold("a") == 2
    assert len(numbers) == 3
