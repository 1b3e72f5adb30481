"""The arithmetic below the bulk engine: bits, order, currencies."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.eligibility.bulk import bits
from search.eligibility.bulk.amounts import VAST
from search.eligibility.bulk.columns import KeyColumn, NameColumn, grown
from search.eligibility.bulk.conversion import Rates, multiply
from search.eligibility.bulk.ranges import RangeIndex
from search.eligibility.pair import Settings
from search.money import Rate, convert

ON = date(2026, 5, 4)
ENTERED = (Rate("VND", ON, Decimal("28000.123456789"), "an officer"),)


@given(st.sets(st.integers(0, 200)), st.integers(0, 200))
def test_bits_stand_for_places(places, changed):
    row = bits.row_of(sorted(places), bits.words_for(201))
    assert bits.places_in(row).tolist() == sorted(places)
    assert bits.count(row) == len(places)
    assert bits.is_on(row, changed) is (changed in places)
    bits.switch(row, changed, on=True)
    assert set(bits.places_in(row)) == places | {changed}
    bits.switch(row, changed, on=False)
    assert set(bits.places_in(row)) == places - {changed}


@given(st.lists(st.none() | st.integers(-5, 40), max_size=400), st.integers(-6, 41))
def test_places_by_size(values, bound):
    known = np.array([each is not None for each in values], dtype=np.bool_)
    numbers = np.array([each or 0 for each in values], dtype=np.int64)
    index = RangeIndex(numbers, known, bits.words_for(max(1, len(values))))
    below = [place for place, each in enumerate(values) if each is not None and each < bound]
    up_to = [place for place, each in enumerate(values) if each is not None and each <= bound]
    assert bits.places_in(index.below(bound)).tolist() == below
    assert bits.places_in(index.up_to(bound)).tolist() == up_to


@given(
    st.lists(st.integers(0, 10**8) | st.integers(0, 2**50), min_size=1, max_size=20),
    st.sampled_from(["EUR", "USD", "PLN", "VND"]),
    st.sampled_from(["EUR", "USD", "PLN", "VND"]),
)
def test_a_column_is_converted_as_each_amount_is(amounts, given_in, wanted_in):
    factor = Rates(ON, Settings(entered_rates=ENTERED)).factor(given_in, wanted_in)
    alone = [convert(each, given_in, wanted_in, ON, ENTERED).hundredths for each in amounts]
    found = multiply(np.array(amounts, dtype=np.int64), factor).tolist()
    assert found == [min(each, VAST) if factor != 1 else each for each in alone]


def test_halves_are_rounded_to_even():
    numbers = np.array([1, 3, 5, 7, 2], dtype=np.int64)
    assert multiply(numbers, Fraction(1, 2)).tolist() == [0, 2, 2, 4, 1]
    assert multiply(numbers[:0], Fraction(1, 2)).tolist() == []


def test_a_currency_without_a_rate_has_no_factor():
    rates = Rates(ON, Settings())
    assert rates.factor("BYN", "EUR") is None
    assert rates.factor("EUR", "BYN") is None
    assert rates.factor("BYN", "BYN") == 1


def test_a_column_grows_by_half_and_keeps_what_it_holds():
    column = grown(np.arange(4), 5, -1)
    assert column[:4].tolist() == [0, 1, 2, 3]
    assert set(column[4:].tolist()) == {-1}
    assert grown(column, 5, -1) is column


@given(st.lists(st.integers(0, 9), min_size=1, max_size=150), st.sets(st.integers(0, 9)))
def test_keys_become_rows_however_they_are_made(keys, chosen):
    words = bits.words_for(len(keys))
    alive = bits.row_of(range(len(keys)), words)
    column = KeyColumn(keys.__getitem__)
    for place, key in enumerate(keys):
        column.put(place, key)
    flags = np.array([key in chosen for key in column.keys], dtype=np.bool_)
    row = column.select(flags, alive)
    expected = [place for place, key in enumerate(keys) if key in chosen]
    assert ([] if row is None else bits.places_in(row).tolist()) == expected


def test_a_column_with_room_to_spare_gives_no_longer_row():
    """Two hundred places stand, and the column has grown ahead of them by half."""
    column, words = KeyColumn(lambda place: place), bits.words_for(200)
    for place in range(200):
        column.put(place, place)
    assert len(column.numbers) > words * 64
    every_second = np.arange(200) % 2 == 0
    row = column.select(every_second, bits.row_of(range(200), words))
    assert len(row) == words
    assert bits.places_in(row).tolist() == list(range(0, 200, 2))


@given(st.lists(st.tuples(st.integers(0, 70), st.none() | st.integers(0, 9)), max_size=150))
def test_a_key_goes_with_its_last_bearer(steps):
    """Whatever comes and goes, only borne keys are kept, and rows are those of what stands."""
    stands, column, words = {}, KeyColumn(lambda place: stands[place]), bits.words_for(71)
    for place, value in steps:
        if value is None and stands.pop(place, None):
            column.drop(place)
        elif value is not None:
            stands[place] = (value + 1, 7)
            column.put(place, stands[place])
        assert column.members.shape[1] == len(column)
        wanted = {key for key in stands.values() if key[0] % 2}
        flags = np.array([key in wanted for key in column.keys], dtype=np.bool_)
        row = column.select(flags, bits.row_of(sorted(stands), words))
        found = set() if row is None else set(bits.places_in(row).tolist())
        assert found == {each for each, key in stands.items() if key in wanted}
    assert sorted(set(column.keys) - {(0, 0)}) == sorted(set(stands.values()))
    assert {tuple(each) for each in column.members.T.tolist()} == set(column.keys)
    for number, key in enumerate(column.keys):
        assert column.is_borne(number) is (key != (0, 0))
        assert not column.is_borne(number) or column.bearer(number) == key


def test_a_place_that_gets_another_key_leaves_the_row_of_the_one_before():
    column, alive = KeyColumn(lambda place: place), bits.row_of(range(4), 1)
    for place, key in enumerate("abca"):
        column.put(place, key)

    def places_of(key):
        row = column.select(np.array([each == key for each in column.keys]), alive)
        return bits.places_in(row).tolist()

    assert (places_of("a"), places_of("b")) == ([0, 3], [1])
    column.put(0, "b")
    assert (places_of("a"), places_of("b")) == ([3], [0, 1])


def test_a_key_of_another_kind_is_forgotten_too():
    column = KeyColumn(lambda place: place)
    column.put(3, frozenset({"BY"}))
    column.drop(3)
    assert column.keys == [None]


def test_names_are_forgotten_with_their_place():
    column = NameColumn()
    column.put(1, frozenset({"a", "b"}))
    column.put(2, frozenset({"b"}))
    assert column.naming(frozenset({"b", "c"})) == [1, 2]
    column.put(1, frozenset({"c"}))
    assert column.naming(frozenset({"a", "b"})) == [2]
    column.drop(2)
    assert column.naming(frozenset({"b"})) == []
    assert column.names_at(2) == frozenset()


def test_many_places_become_a_row_as_few_do():
    places = list(range(1, 900, 2))
    assert bits.places_in(bits.row_of(places, bits.words_for(900))).tolist() == places
